"""Rows sent as differences: an emulator that showed the old rows must show the new ones."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.driver import Terminal, TerminalStream
from tui.output.abilities import Abilities
from tui.output.difference import Frame, Row, changed_columns, runs
from tui.output.pen import PLAIN, UNSEEN, Pen
from tui.output.sgr import change
from tui.output.shadow import Shadow

WIDTH = 24
PENS: tuple[Pen, ...] = (
    *(PLAIN, ("38;5;1", "48;5;2", 0, ""), ("38;5;1", "49", 1, ""), ("39", "48;2;1;2;3", 8 | 64, "")),
    ("38;5;9", "49", 0, "https://example.org/"),
)
BLANKS: tuple[Pen, ...] = (("", "49", UNSEEN, ""), ("", "48;5;2", UNSEEN, ""), ("", "48;2;1;2;3", UNSEEN, ""))
abilities = st.builds(Abilities, st.booleans(), st.booleans())
GLYPHS = (("a",), ("─",), ("─",) * 9, ("漢", ""), ("e\u0301",), ("👨", ""), (" ",), ("█",))
pieces = st.tuples(st.sampled_from(GLYPHS), st.sampled_from(PENS)) | st.tuples(
    st.integers(1, WIDTH).map(lambda count: (" ",) * count), st.sampled_from(BLANKS)
)


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """A row of text, wide characters and stretches of blanks."""
    chars: list[str] = []
    pens: list[Pen] = []
    while len(chars) < WIDTH:
        piece, pen = draw(pieces)
        chars += piece
        pens += [pen] * len(piece)
    if len(chars) > WIDTH and not chars[WIDTH]:
        chars[WIDTH - 1] = " "
    return Row(chars[:WIDTH], pens[:WIDTH])


def show(screen: Terminal, row: Row, y: int) -> None:
    """Draw a row cell by cell, the plain way."""
    stream = TerminalStream(screen)
    for x, (char, pen) in enumerate(zip(row.chars, row.pens, strict=True)):
        if char:
            stream.feed(f"\x1b[{y + 1};{x + 1}H\x1b[m" + change(PLAIN, pen)[0] + char)
    stream.feed("\x1b[m")


@given(st.lists(st.tuples(rows(), rows(), st.booleans()), min_size=1, max_size=4), abilities)
def test_the_terminal_shows_the_new_rows(pairs: Sequence[tuple[Row, Row, bool]], able: Abilities) -> None:
    screen, wanted = Terminal(WIDTH, len(pairs)), Terminal(WIDTH, len(pairs))
    screen.garble()
    frame = Frame(able)
    for y, (old, new, known) in enumerate(pairs):
        if known:
            show(screen, old, y)
        show(wanted, new, y)
        frame.row(y, new, old if known else None)
    TerminalStream(screen).feed(frame.finished())
    assert [screen.cells(y) for y in range(len(pairs))] == [wanted.cells(y) for y in range(len(pairs))]
    assert screen.cursor.attrs == screen.default_char


@given(rows(), abilities)
def test_nothing_differs_nothing_is_sent(row: Row, able: Abilities) -> None:
    frame = Frame(able)
    frame.row(0, row, Row(list(row.chars), list(row.pens)))
    assert frame.finished() == ""


@given(rows(), rows())
def test_runs_hold_all_that_changed_and_cut_no_wide_character(new: Row, old: Row) -> None:
    changed = changed_columns(new, old)
    covered = [x for start, stop in runs(changed, new) for x in range(start, stop)]
    assert covered == sorted(set(covered))
    assert set(changed) <= set(covered)
    for start, stop in runs(changed, new):
        assert new.chars[start]
        assert stop == WIDTH or new.chars[stop]


def test_short_gaps_are_written_again_long_ones_stepped_over() -> None:
    old = Row(list("abcdefghijklmnopqrstuvwx"), [PLAIN] * WIDTH)
    new = Row(list("AbcDefghijklmnopqrstuvwX"), [PLAIN] * WIDTH)
    frame = Frame(Abilities())
    frame.row(0, new, old)
    assert frame.finished() == "\x1b[HAbcD\x1b[19CX"


def test_a_blank_end_is_erased_only_where_that_fills_it() -> None:
    green: Pen = ("", "48;5;2", UNSEEN, "")
    new = Row([" "] * WIDTH, [green] * WIDTH)
    written, erased = Frame(Abilities()), Frame(Abilities(erase=True))
    for frame in (written, erased):
        frame.row(0, new, None)
    assert erased.finished() == "\x1b[H\x1b[48;5;2m\x1b[K\x1b[m"
    assert written.finished() == f"\x1b[H\x1b[48;5;2m{' ' * WIDTH}\x1b[m"


def test_a_wide_character_cut_by_what_comes_over_it_becomes_a_blank() -> None:
    shadow = Shadow(Abilities())
    shadow.resize(4, 1)
    shadow.compose(0, 0, ["漢", "", "字", ""], [PLAIN] * 4)
    shadow.difference()
    shadow.compose(0, 1, ["x", "y"], [PLAIN] * 2)
    assert shadow.difference() == "\x1b[H xy "


def test_what_lies_outside_the_screen_is_left_out() -> None:
    shadow = Shadow(Abilities())
    shadow.resize(3, 2)
    shadow.difference()
    shadow.compose(5, 0, ["a"], [PLAIN])
    shadow.compose(0, 3, ["a"], [PLAIN])
    shadow.compose(1, 1, list("abcdef"), [PLAIN] * 6)
    assert shadow.difference() == "\x1b[2;2Hab"
