"""Changes of the pen, drawn by an emulator."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.driver import Cell, Terminal, TerminalStream
from tui.output.pen import PLAIN, UNSEEN, Pen
from tui.output.sgr import change

colours = st.sampled_from(("39", "31", "38;5;200", "38;2;1;2;3"))
papers = st.sampled_from(("49", "41", "48;5;20", "48;2;9;8;7"))
attributes = st.integers(0, (1 << 13) - 1)
links = st.sampled_from(("", "https://example.org/"))
pens = st.tuples(colours, papers, attributes, links)
blanks = st.tuples(st.just(""), papers, st.just(UNSEEN), st.just(""))


def drawn(codes: str, text: str = "x") -> Cell:
    screen = Terminal(4, 2)
    TerminalStream(screen).feed(codes + text)
    return screen.cells(0)[0]


@given(pens, pens)
def test_a_change_leads_to_the_same_as_beginning_afresh(old: Pen, new: Pen) -> None:
    first, has = change(PLAIN, old)
    second, now = change(has, new)
    afresh, _ = change(PLAIN, new)
    assert now == new
    assert drawn(first + second) == drawn("\x1b[m" + afresh)
    assert len(second) <= len("\x1b[0;m" + afresh) + len("\x1b]8;;\x1b\\" * 2)


@given(pens, blanks)
def test_a_blank_changes_only_what_is_seen(old: Pen, blank: Pen) -> None:
    first, has = change(PLAIN, old)
    second, now = change(has, blank)
    assert now[0] == old[0]
    background = drawn(change(PLAIN, ("39", blank[1], 0, ""))[0], " ")[2]
    assert drawn(first + second, " ") == (" ", "", background, frozenset())


def test_no_change_is_no_byte() -> None:
    assert change(PLAIN, PLAIN) == ("", PLAIN)
