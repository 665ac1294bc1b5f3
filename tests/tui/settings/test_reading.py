"""Settings: flag before environment before file before default, and every mistake is a sentence that stops nothing."""

from pathlib import Path

import pytest

from engine.errors import SpecError
from tui.settings import FILE
from tui.settings.chosen import Origin, Settings
from tui.settings.declared import names, setting
from tui.settings.reading import read_config


def settings(folder: Path, text: str = "", flag: str = "", **environ: str) -> Settings:
    """Of a folder whose file says this."""
    if text:
        (folder / FILE).write_text(text)
    return Settings(read_config(folder), environ, {"graphics": flag})


def test_the_flag_goes_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    text = 'version = 1\ngraphics = "sixel"\n'
    environ = {"SAFELIGHT_GRAPHICS": "quadrants"}
    assert settings(tmp_path).origin("graphics") == Origin("auto", "")
    assert settings(tmp_path, text).origin("graphics") == Origin("sixel", FILE)
    assert settings(tmp_path, text, **environ).origin("graphics") == Origin("quadrants", "SAFELIGHT_GRAPHICS")
    assert settings(tmp_path, text, "kitty", **environ).origin("graphics") == Origin("kitty", "--graphics")


def test_a_mistake_in_the_flag_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="--graphics knows auto, kitty"):
        settings(tmp_path, flag="hologram").word("graphics")


@pytest.mark.parametrize("name", names())
def test_every_setting_takes_each_of_its_words_from_file_and_environment(name: str, tmp_path: Path) -> None:
    declared = setting(name)
    assert declared.help.endswith(".")
    assert len(declared.words) > 1
    for word in declared.words:
        plain = str(declared.plain(word)).lower() if isinstance(declared.plain(word), bool) else f'"{word}"'
        by_file = settings(tmp_path, f"version = 1\n{name} = {plain}\n")
        assert (by_file.origin(name), by_file.problems()) == (Origin(word, FILE), ())
        by_environment = settings(tmp_path, **{declared.variable: word})
        assert by_environment.origin(name) == Origin(word, declared.variable)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('graphics = "hologram"', "config.toml asks for graphics 'hologram', which is none of auto, kitty"),
        ("graphics = 7", "graphics 7, which is none of"),
        ("tour = 12", "tour 12, which is neither true nor false"),
        (
            'graphcis = "half"',
            "config.toml has the key 'graphcis', which means nothing: there may be batches, edits, graphics",
        ),
        ("[colours]\nred = 1", "has the key 'colours'"),
        ('theme = "daylight"\n\ngraphics =', "config.toml, line 3: Invalid value, so it is no TOML"),
        ('theme = "daylight"\ntheme = "contrast"', "line 2: Cannot overwrite a value, so it is no TOML"),
        ('theme = "\\q"', "line 1:"),
        ("\0" * 200_000, "more than 100000 bytes"),
        ("a" + ".a" * 10_000 + " = 1", "dots"),
        ("keys = 3", "keys must be a table"),
        ("version = 900", "is of version 900, and this Safelight knows 1"),
        ('version = "one"', "version must be 1, not 'one'"),
    ],
)
def test_a_mistake_in_the_file_is_told_and_stops_nothing(tmp_path: Path, text: str, words: str) -> None:
    found = settings(tmp_path, text)
    (told,) = found.problems()
    assert words in told
    assert found.word("graphics") == "auto"


def test_what_is_wrong_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    found = settings(tmp_path, 'graphics = "hologram"\ntheme = "daylight"\nodd = 1\n[keys]\nundo = "z"\n')
    assert (found.word("theme"), found.word("graphics")) == ("daylight", "auto")
    assert found.config.keys == {"undo": "z"}
    assert len(found.problems()) == 2


@pytest.mark.parametrize("data", [b"\xff\xfe", b"theme = \xff"])
def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(b"version = 1\n" + data)
    (told,) = read_config(tmp_path).problems
    assert told.startswith("config.toml, line 2: this is no UTF-8 text")


def test_a_folder_in_its_place_or_no_leave_to_read_it_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    (told,) = read_config(tmp_path).problems
    assert "cannot be read" in told


def test_a_later_version_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    assert settings(tmp_path, 'version = 900\ntheme = "daylight"').word("theme") == "daylight"


def test_a_word_of_the_environment_that_means_nothing_leaves_it_to_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, 'theme = "daylight"', SAFELIGHT_THEME="neon")
    assert found.origin("theme") == Origin("daylight", FILE)
    assert found.problems() == (
        "SAFELIGHT_THEME asks for theme 'neon', which is none of safelight, daylight, contrast: it is ignored.",
    )
