"""Names on a terminal: harmless, inside their width, and never an error."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.files.name import show

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Århus cups.jpg", "Århus cups.jpg"),
        ("写真 1.png", "写真 1.png"),
        (b"caf\xc3\xa9.jpg", "café.jpg"),
        (Path("a/b.png"), "a/b.png"),
        ("\x1b]52;c;evil\x07.jpg", r"\x1b]52;c;evil\x07.jpg"),
        ("two\nlines\t.jpg", r"two\x0alines\x09.jpg"),
        ("\x7f\x9b31m", r"\x7f\x9b31m"),
        (b"\xff\xfe.jpg", r"\xff\xfe.jpg"),
        ("gpj.\u202eevil", r"gpj.\u202eevil"),
        ("a\u200bb\ufeffc\u00add", r"a\u200bb\ufeffc\xadd"),
        ("\u3164\u115f\u2800", r"\u3164\u115f\u2800"),
        ("\ud83d", r"\ud83d"),
        ("\U000e0041", r"\U000e0041"),
        ("line\u2028end", r"line\u2028end"),
        ("[red]a[/red]", "[red]a[/red]"),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u0301a", r"\u0301a"),
    ],
)
def test_what_is_shown(name: str | bytes | os.PathLike[str], shown: str) -> None:
    assert show(name) == shown


def test_marks_do_not_pile_up() -> None:
    assert show("x" + "\u0316" * 5) == "x" + "\u0316" * 3 + r"\u0316\u0316"


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("photograph-of-a-bird.jpg", 24, "photograph-of-a-bird.jpg"),
        ("photograph-of-a-bird.jpg", 11, "photo….jpg"[:5] + "…d.jpg"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("abcdef", -3, ""),
        ("写真写真", 8, "写真写真"),
        ("写真写真", 7, "写…真"[:1] + "…写真"),
        ("a\x1bb\x1bc", 6, "a…c"),
    ],
)
def test_the_middle_gives_way(name: str, width: int, shown: str) -> None:
    assert show(name, width) == shown


@given(st.one_of(ANY_TEXT, st.binary(max_size=60)))
def test_nothing_that_acts_on_a_terminal_gets_through(name: str | bytes) -> None:
    shown = show(name)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    shown.encode("utf-8")


@given(st.one_of(ANY_TEXT, st.binary(max_size=60)), st.integers(-1, 30))
def test_the_width_in_cells_holds(name: str | bytes, width: int) -> None:
    assert cell_len(show(name, width)) <= max(width, 0)


@given(ANY_TEXT)
def test_what_fits_is_not_shortened(name: str) -> None:
    assert show(name, 1000) == show(name)


@given(st.binary(max_size=60))
def test_bytes_and_the_name_that_python_makes_of_them_look_alike(name: bytes) -> None:
    assert show(name) == show(name.decode("utf-8", "surrogateescape"))
