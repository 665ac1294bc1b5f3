"""Pictures and folders on other machines, looked at and read: the same as those on a disk."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import ImageError
from engine.files.decode import decode
from engine.files.edition import edition
from engine.files.folder import scan, walk
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.listing import Listings
from engine.files.looking import exists, is_folder
from engine.files.proxy import proxy
from engine.files.remote import fetched, heads, ranged
from engine.files.source import expect, opened, read
from engine.files.tree import branch
from tests.far import Far

LIMITS = Limits()


@pytest.fixture
def picture(photographs: Path) -> bytes:
    return (photographs / "two-dogs.jpg").read_bytes()


def test_a_folder_is_listed_as_a_disks(far: Far) -> None:
    for name in ("b10.jpg", "b2.jpg", "c.txt", ".hidden.jpg", "more/d.jpg", "more/deep/e.png"):
        far.put(name, b"x")
    assert [entry.name for entry in scan(far.url)] == ["b2.jpg", "b10.jpg"]
    assert [found.relative for found in walk([far.url])] == ["b2.jpg", "b10.jpg", "more/d.jpg", "more/deep/e.png"]
    found = branch(far.url)
    assert (found.folders, found.pictures, found.error) == (("more",), 2, "")
    assert found.around == far.url.rpartition("/")[0]
    assert Listings().identity(f"{far.url}/b2.jpg") != Listings().identity(f"{far.url}/b10.jpg")
    assert Listings().entry(f"{far.url}/none.jpg") is None


def test_what_is_there(far: Far) -> None:
    far.put("a.jpg", b"12345")
    assert is_folder(far.url)
    assert not is_folder(f"{far.url}/a.jpg")
    assert exists(f"{far.url}/a.jpg")
    assert not exists(f"{far.url}/b.jpg")
    found = edition(f"{far.url}/a.jpg")
    assert found is not None
    assert found.size == 5
    assert edition(f"{far.url}/b.jpg") is None


def test_an_edition_is_told_from_the_next(far: Far) -> None:
    far.put("a.jpg", b"12345")
    first = edition(f"{far.url}/a.jpg")
    far.put("a.jpg", b"123456")
    assert edition(f"{far.url}/a.jpg") != first


def test_stores_tell_an_edition_of_the_same_size_and_second(bucket: Far) -> None:
    bucket.put("a.jpg", b"12345")
    first = edition(f"{bucket.url}/a.jpg")
    bucket.put("a.jpg", b"54321")
    assert edition(f"{bucket.url}/a.jpg") != first


def test_a_picture_is_the_same_as_on_a_disk(far: Far, photographs: Path) -> None:
    for name in ("two-dogs.jpg", "Århus cups.jpg"):
        here = photographs / name
        far.put(name, here.read_bytes())
        there = f"{far.url}/{name}"
        assert read(there, LIMITS) == here.read_bytes()
        assert read_header(there, LIMITS) == read_header(here, LIMITS)
        assert np.array_equal(decode(there, LIMITS).image.pixels, decode(here, LIMITS).image.pixels)
        assert np.array_equal(proxy(there, 300, 300, LIMITS).pixels, proxy(here, 300, 300, LIMITS).pixels)


def test_formats_whose_headers_are_read_apart(far: Far, tmp_path: Path) -> None:
    from PIL import Image

    for suffix in ("webp", "tiff", "png", "gif"):
        path = tmp_path / f"a.{suffix}"
        Image.new("RGB", (70, 50), (9, 8, 7)).save(path)
        far.put(path.name, path.read_bytes())
        assert read_header(f"{far.url}/{path.name}", LIMITS) == read_header(path, LIMITS)


def test_headers_take_a_beginning(far: Far, photographs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far.put("large.jpg", (photographs / "nuthatch.jpg").read_bytes())
    asked = list[tuple[int, int]]()
    real = fetched.fetch

    def fetch(url: str, start: int, end: int) -> bytes:
        asked.append((start, end))
        return real(url, start, end)

    for module in (ranged, fetched, heads):
        monkeypatch.setattr(module, "fetch", fetch)
    read_header(f"{far.url}/large.jpg", LIMITS)
    read_header(f"{far.url}/large.jpg", LIMITS)
    assert asked == [(0, heads.FIRST)]


def test_a_small_picture_takes_no_more_than_its_reach(far: Far, photographs: Path) -> None:
    data = (photographs / "nuthatch.jpg").read_bytes()
    far.put("large.jpg", data)
    with opened(f"{far.url}/large.jpg", LIMITS, 200_000) as (file, _), pytest.raises(ImageError, match="more than"):
        file.read()


def test_ranges_are_those_of_the_file(far: Far) -> None:
    data = np.random.default_rng(1).bytes(1_000_003)
    far.put("a.bin", data)
    with opened(f"{far.url}/a.bin", LIMITS) as (file, size):
        assert size == len(data)
        for at, count in ((999_990, 100), (0, 10), (65_530, 20), (400_000, 200_000), (1_000_003, 5), (3, 0)):
            file.seek(at)
            assert file.read(count) == data[at : at + count]


def test_what_is_expected_comes_once(far: Far, picture: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    far.put("a.jpg", picture)
    asked = list[int]()
    real = fetched.fetch
    monkeypatch.setattr(fetched, "fetch", lambda *words: asked.append(1) or real(*words))
    expect(f"{far.url}/a.jpg")
    expect(f"{far.url}/a.jpg")
    assert read_header(f"{far.url}/a.jpg", LIMITS).bytes == len(picture)
    assert read(f"{far.url}/a.jpg", LIMITS) == picture
    assert len(asked) == 1
    expect(f"{far.url}/none.jpg")
    with pytest.raises(ImageError, match="does not exist"):
        read(f"{far.url}/none.jpg", LIMITS)


def test_the_limits_hold(far: Far, picture: bytes) -> None:
    far.put("a.jpg", picture)
    far.put("empty.jpg", b"")
    with pytest.raises(ImageError, match="raise --max-bytes"):
        read(f"{far.url}/a.jpg", Limits(max_bytes=1000))
    with pytest.raises(ImageError, match="is empty"):
        read(f"{far.url}/empty.jpg", LIMITS)
    with pytest.raises(ImageError, match="is a folder"):
        read(far.url, LIMITS)


def test_what_was_written_anew_is_seen_anew(far: Far, photographs: Path) -> None:
    url, first, second = f"{far.url}/a.jpg", "two-dogs.jpg", "pier-in-fog.jpg"
    for name in (first, second):
        far.put("a.jpg", (photographs / name).read_bytes())
        # As who watches the folder does.
        assert [entry.name for entry in scan(far.url)] == ["a.jpg"]
        assert np.array_equal(proxy(url, 200, 200, LIMITS).pixels, proxy(photographs / name, 200, 200, LIMITS).pixels)
