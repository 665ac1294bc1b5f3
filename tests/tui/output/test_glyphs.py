"""Text as cells: as many as Textual counts, and nothing a terminal could obey."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.output.glyphs import cells, is_sure

NASTY = st.text(
    st.sampled_from("a é\x00\x1b\x07\x9b\r\n\t漢한👨👩👧❤☀🏳🇩🇪\u200d\ufe0f\u0301\u20dd\u202e\ud800\udce9ล\u093e"),
    max_size=20,
)


@given(st.text(st.characters(), max_size=30) | NASTY)
def test_every_cell_is_harmless(text: str) -> None:
    for cell in cells(text):
        assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in cell)
        assert not {"\u200d", "\ufe0f", "\u202e"} & set(cell)
        assert len(cell) <= 5


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | NASTY)
def test_there_are_as_many_cells_as_textual_counted(text: str) -> None:
    sane = "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= char <= "\udfff" else char for char in text)
    sane = "".join(char for char in sane if unicodedata.category(char) != "Cc")
    assert len(cells(text)) == cell_len(sane)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ab", ("a", "b")),
        ("漢", ("漢", "")),
        ("e\u0301x", ("e\u0301", "x")),
        ("a\x1b[2Jb", ("a", "[", "2", "J", "b")),
        ("\udce9", ("\N{REPLACEMENT CHARACTER}",)),
        ("❤\ufe0f!", ("❤", " ", "!")),
        ("\u0301x", ("x",)),
        ("z" + "\u0301" * 50, ("z" + "\u0301" * 4,)),
        ("का", ("का",)),
    ],
)
def test_cells(text: str, shown: tuple[str, ...]) -> None:
    assert cells(text) == shown


@pytest.mark.parametrize(("cell", "sure"), [("a", True), ("─", True), ("漢", True), ("👨", False), ("e\u0301", False)])
def test_where_terminals_agree(cell: str, sure: bool) -> None:
    assert is_sure(cell) is sure
