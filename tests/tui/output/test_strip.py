"""Rows of ready cells behave as Textual's strips do."""

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.output.pen import PLAIN, Pen, Pens
from tui.output.strip import CellStrip, cells_of

RED: Pen = ("38;2;255;0;0", "48;5;20", 1, "")
strips = st.lists(st.tuples(st.sampled_from("ab▀ "), st.sampled_from((PLAIN, RED))), min_size=1, max_size=12).map(
    lambda cells: CellStrip([char for char, _ in cells], [pen for _, pen in cells])
)


def plain(strip: Strip) -> Strip:
    """The same as a strip of Textual's own."""
    return Strip(list(strip), strip.cell_length)


@given(strips, st.integers(0, 12), st.integers(0, 12))
def test_cutting_is_as_textual_cuts(strip: CellStrip, start: int, end: int) -> None:
    start, end = min(start, end, strip.cell_length), min(max(start, end), strip.cell_length)
    assert strip.crop(start, end).text == plain(strip).crop(start, end).text
    cuts = sorted({start, end, strip.cell_length} - {0})
    assert [piece.text for piece in strip.divide(cuts)] == [piece.text for piece in plain(strip).divide(cuts)]


@given(strips)
def test_segments_and_back(strip: CellStrip) -> None:
    chars, pens = cells_of(plain(strip), Pens("truecolor"))
    assert chars == strip.chars
    for char, pen, back in zip(chars, strip.pens, pens, strict=True):
        assert pen[1] == back[1]
        assert char == " " or pen == back
    assert strip.cell_length == len(strip.text)


def test_segments_are_made_only_when_looked_at() -> None:
    strip = CellStrip(["a", "a"], [RED, RED])
    assert cells_of(strip, Pens("truecolor")) == (["a", "a"], [RED, RED])
    assert not hasattr(strip, "nothing")
    assert list(strip) == [Segment("aa", Style.parse("bold #ff0000 on color(20)"))]


def test_equal_cells_are_equal_strips() -> None:
    assert CellStrip(["a"], [RED]) == CellStrip(["a"], [RED])
    assert CellStrip(["a"], [RED]) != CellStrip(["a"], [PLAIN])
    assert CellStrip(["a"], [PLAIN]) != Strip([Segment("a")])


def test_padding_and_controls() -> None:
    padded = CellStrip(["a"], [RED]).padded(2, 1, PLAIN)
    assert (padded.text, padded.pens) == ("  a ", [PLAIN, PLAIN, RED, PLAIN])
    strip = Strip([Segment("a\x1b[1m"), Segment("\x1b[2J", None, []), Segment("  ")])
    assert "".join(cells_of(strip, Pens("truecolor"))[0]) == "a[1m[2J  "
