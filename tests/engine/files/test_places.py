"""Folders of this user: where they are, who may enter, and what happens when they cannot be had."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import SafelightError
from engine.files import places

PRIVATE = [
    ("XDG_STATE_HOME", places.state_folder),
    ("XDG_CACHE_HOME", places.cache_folder),
    ("XDG_RUNTIME_DIR", places.runtime_folder),
]


@pytest.mark.parametrize(("variable", "folder"), [*PRIVATE, ("XDG_CONFIG_HOME", places.config_folder)])
def test_a_folder_is_made_for_this_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: Callable[[], Path]
) -> None:
    above = tmp_path if variable == "XDG_RUNTIME_DIR" else tmp_path / "not" / "yet"
    monkeypatch.setenv(variable, str(above))
    path = folder()
    assert path.is_relative_to(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert folder() == path


@pytest.mark.parametrize(("variable", "folder"), PRIVATE)
def test_an_open_folder_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: Callable[[], Path]
) -> None:
    monkeypatch.setenv(variable, str(tmp_path))
    path = folder()
    path.chmod(0o777)
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


@pytest.mark.parametrize("obstacle", ["link", "file"])
def test_a_link_or_file_in_its_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if obstacle == "link":
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "safelight").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "safelight").touch()
    with pytest.raises(SafelightError, match=r"safelight cannot be used \(it is a link or a file\)"):
        places.state_folder()


def test_settings_may_be_kept_behind_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "safelight").symlink_to(tmp_path / "dotfiles")
    assert places.config_folder().resolve() == tmp_path / "dotfiles"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    places.state_folder()
    monkeypatch.setattr(os, "geteuid", lambda: 1_000_000)
    with pytest.raises(SafelightError, match="belongs to another user"):
        places.state_folder()


@pytest.mark.parametrize("obstacle", ["missing", "file", "open to others", "relative"])
def test_sockets_fall_back_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str
) -> None:
    above = tmp_path / "above"
    if obstacle == "file":
        above.touch()
    elif obstacle == "open to others":
        above.mkdir()
        above.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "above" if obstacle == "relative" else str(above))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os, "getuid", lambda: 1_000_000)
    path = places.runtime_folder()
    assert path == tmp_path / "safelight-1000000"
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
