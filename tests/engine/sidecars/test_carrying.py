"""Copying, moving and binning: sidecars go along, nothing is written over, and a failure leaves all as it was."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from engine.confinement import READ_ONLY
from engine.errors import ImageError
from engine.sidecars import carrying
from engine.sidecars.carrying import bin_picture, copy, family, move
from engine.sidecars.edits import elsewhere, read_edits, write_edits
from engine.sidecars.rating import read_rating, write_rating
from engine.stack import Stack

STACK = Stack.parse(["sepia"])


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """With edits and a rating."""
    folder = tmp_path / "from"
    folder.mkdir()
    path = str(folder / "a.jpg")
    Image.new("RGB", (6, 4), (90, 80, 70)).save(path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    write_edits(path, STACK, None)
    write_rating(path, 3)
    return path


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "to")


def names(folder: str | Path) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


ALL = ["a.jpg", "a.jpg.safelight.toml", "a.jpg.xmp"]


@pytest.mark.parametrize("carry", [copy, move])
@pytest.mark.parametrize("other_disk", [False, True])
def test_sidecars_go_along(
    picture: str, target: str, carry: Callable[[str, str], str], other_disk: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(picture).read_bytes()
    if other_disk:

        def refused(*_: object, **__: object) -> None:
            raise OSError(errno.EXDEV, "another disk")

        monkeypatch.setattr(carrying.os, "link", refused)
        monkeypatch.setattr("engine.files.write.NO_LINKS", (errno.EXDEV,))
    there = carry(picture, target)
    assert there == os.path.join(target, "a.jpg")
    assert names(target) == ALL
    assert Path(there).read_bytes() == before
    assert os.stat(there).st_mtime == 1_000_000_000
    assert (read_edits(there).stack, read_rating(there)) == (STACK, 3)
    assert names(os.path.dirname(picture)) == (ALL if carry is copy else [])


@pytest.mark.parametrize("carry", [copy, move])
@pytest.mark.parametrize("there", ALL)
def test_nothing_is_written_over_and_nothing_half_done(
    picture: str, target: str, carry: Callable[[str, str], str], there: str
) -> None:
    os.mkdir(target)
    Path(target, there).write_text("mine", encoding="utf-8")
    with pytest.raises(ImageError, match="exists already"):
        carry(picture, target)
    assert names(target) == [there]
    assert Path(target, there).read_text(encoding="utf-8") == "mine"
    assert names(os.path.dirname(picture)) == ALL


def test_edits_kept_elsewhere_go_along(picture: str, target: str) -> None:
    os.makedirs(os.path.dirname(elsewhere(picture)), exist_ok=True)
    os.rename(f"{picture}.safelight.toml", elsewhere(picture))
    assert read_edits(copy(picture, target)).stack == STACK


def test_what_another_picture_shares_stays_with_it(tmp_path: Path) -> None:
    for name in ("b.jpg", "b.nef"):
        (tmp_path / name).write_bytes(b"picture")
    (tmp_path / "b.xmp").write_text("shared", encoding="utf-8")
    assert family(str(tmp_path / "b.jpg")) == (str(tmp_path / "b.jpg"),)
    (tmp_path / "b.jpg").unlink()
    assert family(str(tmp_path / "b.nef")) == (str(tmp_path / "b.nef"), str(tmp_path / "b.xmp"))


def test_a_link_is_not_moved(tmp_path: Path, picture: str, target: str) -> None:
    (tmp_path / "link.jpg").symlink_to(picture)
    with pytest.raises(ImageError, match="is a link"):
        move(str(tmp_path / "link.jpg"), target)


def test_what_cannot_be_taken_away_is_told(picture: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    unlink = os.unlink

    def refusing(path: str, **more: int) -> None:
        if path == picture:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        unlink(path, **more)

    monkeypatch.setattr(carrying.os, "unlink", refusing)
    with pytest.raises(ImageError, match=r"a\.jpg cannot be taken away"):
        move(picture, target)
    assert os.path.exists(picture)
    assert os.path.exists(os.path.join(target, "a.jpg"))


def test_read_only_moves_nothing(picture: str, target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    for act in (lambda: copy(picture, target), lambda: move(picture, target), lambda: bin_picture(picture)):
        with pytest.raises(ImageError, match="read-only"):
            act()
    assert names(os.path.dirname(picture)) == ALL


def test_the_bin_has_the_picture_and_its_sidecars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path.home()
    folder = home / f".safelight-test-{os.getpid()}"
    folder.mkdir()
    try:
        path = folder / "a.jpg"
        Image.new("RGB", (6, 4)).save(path)
        write_rating(str(path), 3)
        import send2trash.plat_other as bins

        monkeypatch.setattr(bins, "HOMETRASH_B", os.fsencode(folder / "Trash"))
        monkeypatch.setattr(bins, "XDG_DATA_HOME", os.fsencode(folder))
        bin_picture(str(path))
        assert names(folder) == ["Trash"]
        assert names(folder / "Trash" / "files") == ["a.jpg", "a.jpg.xmp"]
    finally:
        import shutil

        shutil.rmtree(folder)


def test_a_bin_that_refuses_says_why(picture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import send2trash

    def refusing(_path: str) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(send2trash, "send2trash", refusing)
    with pytest.raises(ImageError, match=r"a\.jpg cannot be put into the bin \(Permission denied\)"):
        bin_picture(picture)
    assert names(os.path.dirname(picture)) == ALL
