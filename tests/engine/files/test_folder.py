"""Which pictures folders hold, in which order, and how folders below are walked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ImageError
from engine.files.folder import Found, natural, pictures, scan, walk


def put(folder: Path, *names: str | bytes) -> None:
    for name in names:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb"):
            pass


def test_pictures_are_found_by_suffix_and_counted_as_people_do(tmp_path: Path) -> None:
    put(
        tmp_path,
        "img10.jpg",
        "IMG2.JPG",
        "a.Png",
        "notes.txt",
        ".hidden.jpg",
        ".safelight-0123",
        "b.webp",
        "c.tiff",
        "d",
    )
    put(tmp_path, "folder.jpg/inside.jpg")
    entries = list(scan(str(tmp_path)))
    assert [entry.name for entry in entries] == ["a.Png", "b.webp", "c.tiff", "IMG2.JPG", "img10.jpg"]
    assert entries[0].path == str(tmp_path / "a.Png")


def test_names_that_are_no_utf8_come_back_as_they_were(tmp_path: Path) -> None:
    put(tmp_path, b"\xff\xfe.jpg")
    (entry,) = scan(str(tmp_path))
    assert os.fsencode(entry.name) == b"\xff\xfe.jpg"
    assert os.path.exists(entry.path)


@pytest.mark.parametrize("name", ["missing", "a\0b"])
def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ImageError, match=r"The folder .* cannot be read \(.+\): check its name\."):
        list(scan(str(tmp_path / name)))


def test_a_walk_mirrors_the_tree_and_leaves_out_results_links_and_hidden_folders(tmp_path: Path) -> None:
    put(tmp_path, "2.jpg", "10.jpg", "sub/a.png", "sub/deep/b.png", "out/c.png", ".thumbs/d.png")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(walk([str(tmp_path)], leave_out=[str(tmp_path / "out")]))
    assert [each.relative for each in found] == ["2.jpg", "10.jpg", "sub/a.png", "sub/deep/b.png"]
    assert all(each.path == os.path.join(tmp_path, each.relative) for each in found)


def test_files_named_are_taken_whatever_they_are_called(tmp_path: Path) -> None:
    put(tmp_path, "sub/scan.dat")
    path = str(tmp_path / "sub" / "scan.dat")
    assert list(walk([path, "missing.jpg"])) == [Found(path, "scan.dat"), Found("missing.jpg", "missing.jpg")]


def test_the_folder_of_results_by_another_name_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "out/a.jpg")
    (tmp_path / "link").symlink_to(tmp_path / "out")
    assert list(walk([str(tmp_path / "out")], leave_out=[str(tmp_path / "link")])) == []


def test_an_unreadable_folder_below_is_told_or_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.jpg", "closed/b.jpg", "open/c.jpg")
    real = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "closed":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    told: list[ImageError] = []
    assert [each.relative for each in walk([str(tmp_path)], unreadable=told.append)] == ["a.jpg", "open/c.jpg"]
    assert "closed" in str(told[0])
    with pytest.raises(ImageError, match="closed"):
        list(walk([str(tmp_path)]))


@given(st.lists(st.text(alphabet="ab01.²٣", max_size=8)))
def test_the_order_is_one_for_any_names(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(names, key=natural) == sorted(backwards, key=natural)


@pytest.mark.parametrize(
    "module", ["name", "folder", "places", "limits", "encode", "formats", "log", "header", "write"]
)
def test_names_and_folders_load_no_pixels(root: Path, module: str) -> None:
    code = f"import sys, engine.files.{module}; print({{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert not {"numpy", "PIL", "simplejpeg", "numba"} & set(eval(done.stdout))


def test_each_picture_is_found_once_and_raw_files_go_with_theirs(tmp_path: Path) -> None:
    put(tmp_path, "IMG_1.jpg", "IMG_1.nef", "IMG_2.nef", "below/IMG_1.jpg", "below/note.txt")
    (tmp_path / "again").symlink_to(tmp_path / "below")
    here = str(tmp_path)
    named = [f"{here}/IMG_1.jpg", here, f"{here}/again", f"{here}/below/note.txt", f"{here}/below/"]
    found = [os.path.relpath(path, here) for path in pictures(named)]
    assert found == ["IMG_1.jpg", "IMG_2.nef", "below/IMG_1.jpg", "below/note.txt"]


def test_a_folder_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    put(tmp_path, "a.jpg")
    told: list[str] = []
    found = pictures([str(tmp_path), str(tmp_path / "missing.jpg")], lambda error: told.append(str(error)))
    assert found == (str(tmp_path / "a.jpg"), str(tmp_path / "missing.jpg"))
