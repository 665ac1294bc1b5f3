"""Small pictures from the cache: like their pictures, made anew when these change, never more than they may take."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.confinement import READ_ONLY
from engine.errors import ImageError
from engine.run import thumbnails
from engine.run.thumbnails import SIDE, Thumbnails


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder / "safelight" / "thumbnails"


def files(cache: Path) -> list[Path]:
    return sorted(cache.glob("*/*"))


def picture(path: Path, grey: int = 90, size: tuple[int, int] = (1200, 800)) -> str:
    Image.new("RGB", size, (grey, grey, grey)).save(path)
    return str(path)


def test_it_is_small_and_like_its_picture(photographs: Path, cache: Path) -> None:
    path = str(photographs / "nuthatch.jpg")
    found = Thumbnails().of(path)
    assert max(found.shape[:2]) == SIDE
    with Image.open(path) as whole:
        expected = np.asarray(whole.convert("RGB").resize(found.shape[1::-1], Image.Resampling.BOX), float)
    assert np.abs(found - expected).mean() < 4
    assert len(files(cache)) == 1


def test_the_second_time_the_picture_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = picture(tmp_path / "a.jpg")
    first = Thumbnails().of(path)
    monkeypatch.setattr(thumbnails, "proxy", None)
    assert np.abs(Thumbnails().of(path).astype(int) - first).max() <= 2


def test_another_picture_of_the_same_name_has_another(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", 20)
    assert abs(int(Thumbnails().of(path)[0, 0, 0]) - 20) <= 1
    picture(tmp_path / "a.png", 200, (900, 800))
    assert abs(int(Thumbnails().of(path)[0, 0, 0]) - 200) <= 1


def test_nothing_lies_beside_the_picture_and_nobody_else_reads_it(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "pictures").mkdir()
    Thumbnails().of(picture(tmp_path / "pictures" / "a.png"))
    assert os.listdir(tmp_path / "pictures") == ["a.png"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (*files(cache), *cache.iterdir()))


def test_it_never_takes_more_than_it_may_and_the_oldest_go(tmp_path: Path, cache: Path) -> None:
    paths = [picture(tmp_path / f"{number}.png", number) for number in range(12)]
    Thumbnails().of(paths[0])
    most = 6 * files(cache)[0].stat().st_size
    made = Thumbnails(most=most)
    for number, path in enumerate(paths):
        made.of(path)
        for file in files(cache):
            os.utime(file, (file.stat().st_mtime - 1, file.stat().st_mtime - 1))
        assert sum(file.stat().st_size for file in files(cache)) <= most + 2000, number
    before = {file.stat().st_mtime_ns for file in files(cache)}
    made.of(paths[-1])
    assert {file.stat().st_mtime_ns for file in files(cache)} != before


def test_a_damaged_one_is_made_anew(tmp_path: Path, cache: Path) -> None:
    path = picture(tmp_path / "a.png")
    Thumbnails().of(path)
    (file,) = files(cache)
    file.write_bytes(b"nonsense")
    assert Thumbnails().of(path).shape == (171, 256, 3)
    assert file.read_bytes()[:2] == b"\xff\xd8"


def test_without_a_cache_there_are_pictures_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert Thumbnails().of(picture(tmp_path / "a.png")).shape == (171, 256, 3)


def test_read_only_keeps_nothing(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    Thumbnails().of(picture(tmp_path / "a.png"))
    assert not files(cache)


def test_what_is_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"nonsense")
    with pytest.raises(ImageError, match=r"a\.jpg is no"):
        Thumbnails().of(str(tmp_path / "a.jpg"))


def test_many_threads_at_once(tmp_path: Path, cache: Path) -> None:
    paths = [picture(tmp_path / f"{number}.png", number * 20) for number in range(8)]
    made, found = Thumbnails(), {}

    def work(path: str) -> None:
        found[path] = int(made.of(path)[0, 0, 0])

    threads = [threading.Thread(target=work, args=(path,)) for path in paths * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[path] for path in paths] == pytest.approx([number * 20 for number in range(8)], abs=1)
    assert len(files(cache)) == 8
