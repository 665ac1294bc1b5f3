"""How a person wants pictures drawn: flag before environment before file, and mistakes are told."""

from pathlib import Path

import pytest

from engine.errors import SpecError
from tui.cli.opening.wanted import FILE, THEME_VARIABLE, VARIABLE, wanted_graphics, wanted_theme


def test_the_flag_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('graphics = "sixel"\n')
    environ = {VARIABLE: "quadrants"}
    assert wanted_graphics("kitty", environ, tmp_path) == (("kitty", "--graphics"), "")
    assert wanted_graphics("", environ, tmp_path) == (("quadrants", VARIABLE), "")
    assert wanted_graphics("", {}, tmp_path) == (("sixel", FILE), "")
    assert wanted_graphics("", {}, tmp_path / "none") == (("", ""), "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('graphics = "hologram"', "'hologram', which is none of auto, kitty"),
        ("graphics = 7", "'7'"),
        ("graphcis = 1", "has the key 'graphcis'"),
        ("graphics =", "cannot be read"),
        ("\0" * 200_000, "more than"),
    ],
)
def test_a_mistake_in_the_file_is_told_and_stops_nothing(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE).write_text(text)
    wanted, problem = wanted_graphics("", {}, tmp_path)
    assert wanted == ("", "")
    assert words in problem


def test_a_mistake_in_the_flag_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="--graphics knows auto, kitty"):
        wanted_graphics("hologram", {}, tmp_path)


def test_a_theme_by_the_environment_or_the_file(tmp_path: Path) -> None:
    names = ("safelight", "daylight")
    (tmp_path / FILE).write_text('theme = "daylight"\ngraphics = "half"')
    assert wanted_theme({}, tmp_path, names) == ("daylight", "")
    assert wanted_theme({THEME_VARIABLE: "safelight"}, tmp_path, names) == ("safelight", "")
    assert wanted_theme({}, tmp_path / "none", names) == ("safelight", "")
    assert wanted_graphics("", {}, tmp_path) == (("half", FILE), "")
    theme, problem = wanted_theme({THEME_VARIABLE: "neon"}, tmp_path, names)
    assert theme == "safelight"
    assert "'neon', which is none of safelight, daylight" in problem
