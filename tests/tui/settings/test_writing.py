"""Writing `config.toml`: comments stay, what was there stays, and an older file is kept beside the new one."""

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.confinement import READ_ONLY, ROOT
from engine.errors import SafelightError
from tui.settings import FILE, writing
from tui.settings.declared import names, setting
from tui.settings.reading import read_config
from tui.settings.writing import write_migrated, write_setting

MINE = """\
# my own
version = 1
theme = "contrast"   # for the eyes

[keys]
# as in vi
undo = "u"
"""
OLD = MINE.replace("version = 1\n", "")


def said(folder: Path) -> dict[str, object]:
    """What the file says."""
    return tomllib.loads((folder / FILE).read_text())


def test_the_first_setting_makes_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "safelight"
    assert write_setting(folder, "theme", "daylight") == ""
    assert said(folder) == {"version": 1, "theme": "daylight"}
    assert read_config(folder).problems == ()
    assert [each.name for each in folder.iterdir()] == [FILE]


def test_everything_else_stays_with_its_comments(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(MINE)
    write_setting(tmp_path, "theme", "daylight")
    assert (tmp_path / FILE).read_text() == MINE.replace('"contrast"', '"daylight"')
    write_setting(tmp_path, "tour", False)
    assert said(tmp_path) == {"version": 1, "theme": "daylight", "tour": False, "keys": {"undo": "u"}}
    assert {"# my own", "# as in vi"} <= set((tmp_path / FILE).read_text().splitlines())
    write_setting(tmp_path, "theme", None)
    write_setting(tmp_path, "tour", None)
    assert said(tmp_path) == {"version": 1, "keys": {"undo": "u"}}


CHOICES = st.sampled_from(names()).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from((None, *setting(name).words)))
)
LINES = (
    *("# a remark", "", 'theme = "contrast"  # why', "tour = false", "[keys]", 'undo = "u"', 'redo = ["a", # b\n "c"]'),
    *("[other]", "x = 1", "[[many]]", "y = {a = 1}", 'link = "thin"', "version = 1", '"restore" = true', "a.b = 2"),
    'keys.quit = "x"',
)


@given(changes=st.lists(CHOICES, max_size=5), lines=st.lists(st.sampled_from(LINES), unique=True), end=st.booleans())
def test_whatever_is_written_one_after_another_is_read_again_and_all_else_stays(
    changes: list[tuple[str, str | None]], lines: list[str], end: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / FILE).write_text("\n".join(lines) + "\n" * end)
    begin = read_config(folder)
    assume(not any("no TOML" in each for each in begin.problems))
    expected = dict(begin.values)
    for name, word in changes:
        value = None if word is None else setting(name).plain(word)
        write_setting(folder, name, value)
        expected |= {name: value}
    config = read_config(folder)
    assert (config.keys, config.problems) == (begin.keys, begin.problems)
    assert config.values == {name: value for name, value in expected.items() if value is not None}


def test_a_change_that_would_change_something_else_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(OLD)
    # As a library would that puts the line into the wrong place.
    with pytest.raises(SafelightError, match="change it by hand"):
        writing._rewrite(tmp_path, lambda values: values.update(theme="daylight" if type(values) is dict else "odd"))
    assert [each.name for each in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).read_text() == OLD


def test_an_old_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(OLD)
    assert read_config(tmp_path).old
    assert write_migrated(tmp_path) == "config.toml is of version 1 now; config.toml.1 beside it is what it was."
    assert (tmp_path / f"{FILE}.1").read_text() == OLD
    assert said(tmp_path) == tomllib.loads(MINE)
    assert "# for the eyes" in (tmp_path / FILE).read_text()
    assert not read_config(tmp_path).old
    assert write_migrated(tmp_path) == ""
    assert sorted(each.name for each in tmp_path.iterdir()) == [FILE, f"{FILE}.1"]


def test_no_earlier_backup_is_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.1").write_text("precious")
    (tmp_path / FILE).write_text(OLD)
    assert "config.toml.2" in write_setting(tmp_path, "theme", "daylight")
    assert (tmp_path / f"{FILE}.1").read_text() == "precious"
    assert (tmp_path / f"{FILE}.2").read_text() == OLD
    assert said(tmp_path)["theme"] == "daylight"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theme = "daylight"\noops', "line 2: "),
        ("version = 900", "later Safelight"),
        ("version = true", "version must be 1"),
        ("#" * 200_000, "more than 100000 bytes"),
    ],
)
def test_what_is_not_understood_is_not_written(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SafelightError, match=words):
        write_setting(tmp_path, "theme", "contrast")
    assert (tmp_path / FILE).read_text() == text
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def test_a_link_is_followed_and_permissions_stay(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "dotfiles.toml", tmp_path / "config"
    folder.mkdir()
    elsewhere.write_text(MINE)
    elsewhere.chmod(0o640)
    (folder / FILE).symlink_to(elsewhere)
    write_setting(folder, "theme", "daylight")
    assert (folder / FILE).is_symlink()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o640
    assert tomllib.loads(elsewhere.read_text())["theme"] == "daylight"


def test_where_nothing_may_be_written_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(MINE)
    monkeypatch.setenv(READ_ONLY, "1")
    with pytest.raises(SafelightError, match="read-only"):
        write_setting(tmp_path, "theme", "daylight")
    monkeypatch.delenv(READ_ONLY)
    monkeypatch.setenv(ROOT, str(tmp_path / "pictures"))
    with pytest.raises(SafelightError, match="outside the only folder"):
        write_setting(tmp_path, "theme", "daylight")
    assert (tmp_path / FILE).read_text() == MINE


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / FILE).write_text(MINE)
    monkeypatch.setattr(os, "fsync", _no_room)
    with pytest.raises(SafelightError, match=r"cannot be written \(No space left on device\)"):
        write_setting(tmp_path, "theme", "daylight")
    assert (tmp_path / FILE).read_text() == MINE
    assert [each.name for each in tmp_path.iterdir()] == [FILE]


def _no_room(_: int) -> None:
    raise OSError(28, os.strerror(28))
