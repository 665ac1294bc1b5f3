"""How little comes from another machine: headers and small pictures of files that are large."""

import contextlib
import threading
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import ImageError
from engine.files.header import REACH, examine_file, read_header
from engine.files.limits import Limits
from engine.files.proxy import proxy
from engine.files.remote import fetched, heads, ranged
from engine.files.remote.giving_up import GivenUpError, until
from engine.files.source import opened
from tests.engine.files import camera_raws
from tests.far import Far

LIMITS = Limits()
SIDES = (1500, 1400)


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes of each request."""
    asked = list[int]()
    real = fetched.fetch

    def fetch(url: str, start: int, end: int) -> bytes:
        asked.append(end - start)
        return real(url, start, end)

    for module in (ranged, fetched, heads):
        monkeypatch.setattr(module, "fetch", fetch)
    return asked


def noise() -> Image.Image:
    """What no format makes small."""
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (*SIDES[::-1], 3), np.uint8))


@pytest.mark.parametrize("suffix", ["png", "webp", "tiff", "heic"])
def test_headers_of_a_large_picture_take_little(far: Far, suffix: str, came: list[int], tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "heic":
        heif = pytest.importorskip("pillow_heif")
        with path.open("wb") as file:
            heif.encode("RGB", SIDES, noise().tobytes(), file, quality=100)
    else:
        noise().save(path, **({"lossless": True} if suffix == "webp" else {}))
    far.put(path.name, path.read_bytes())
    form, facts, edition = examine_file(f"{far.url}/{path.name}", LIMITS, REACH)
    assert (form.name, facts.width, facts.height, edition.size) == (suffix, *SIDES, path.stat().st_size)
    assert sum(came) <= REACH < path.stat().st_size


def test_headers_of_a_raw_file_take_little(sftp: Far, came: list[int], tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    data = camera_raws.dng(np.random.default_rng(1).integers(0, 16_000, (800, 1200)).astype(np.uint16))
    (tmp_path / "a.dng").write_bytes(data)
    sftp.put("a.dng", data)
    facts = examine_file(f"{sftp.url}/a.dng", LIMITS, REACH)[1]
    here = read_header(tmp_path / "a.dng", LIMITS)
    assert (facts.width, facts.height) == (here.width, here.height)
    assert sum(came) <= REACH < len(data)


def test_what_follows_a_pngs_pixels_counts_where_it_is_used(far: Far, came: list[int]) -> None:
    """The file is fetched once for that, and what shows it has it, too."""
    file, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    noise().save(file, "PNG")
    block = b"eXIf" + exif.tobytes().removeprefix(b"Exif\0\0")
    from zlib import crc32

    chunk = (len(block) - 4).to_bytes(4) + block + crc32(block).to_bytes(4)
    data = file.getvalue()
    far.put("a.png", data[:-12] + chunk + data[-12:])
    assert read_header(f"{far.url}/a.png", LIMITS).width == SIDES[1]
    assert proxy(f"{far.url}/a.png", 300, 300, LIMITS).source_width == SIDES[1]
    assert sum(came) <= len(data) + len(chunk) + heads.FIRST


def test_nothing_comes_for_a_small_picture_that_cannot_be_had(far: Far, came: list[int]) -> None:
    file = BytesIO()
    noise().save(file, "JPEG", quality=95)
    far.put("a.jpg", file.getvalue())
    with pytest.raises(ImageError, match="when it has been looked at"):
        proxy(f"{far.url}/a.jpg", 200, 200, LIMITS, coarse=True, reach=REACH)
    assert sum(came) == heads.FIRST
    proxy(f"{far.url}/a.jpg", 300, 300, LIMITS)
    proxy(f"{far.url}/a.jpg", 200, 200, LIMITS, coarse=True, reach=REACH)
    assert sum(came) == heads.FIRST + len(file.getvalue())


def test_what_nobody_waits_for_any_more_is_given_up(far: Far, came: list[int]) -> None:
    data = np.random.default_rng(1).bytes(12 << 20)
    far.put("a.bin", data)
    url = f"{far.url}/a.bin"
    with until(lambda: sum(came) > 2 << 20), pytest.raises(GivenUpError), opened(url, LIMITS) as (file, size):
        file.read(size)
    assert sum(came) < len(data) // 2
    with until(lambda: False), opened(url, LIMITS) as (file, size):
        assert file.read(size) == data


def test_who_gives_up_takes_it_from_nobody_else(far: Far) -> None:
    data = np.random.default_rng(1).bytes(8 << 20)
    far.put("a.bin", data)
    left, found = threading.Event(), list[bytes]()

    def leaving() -> None:
        with contextlib.suppress(GivenUpError), until(left.is_set), opened(f"{far.url}/a.bin", LIMITS) as (file, size):
            left.set()
            file.read(size)

    def staying() -> None:
        left.wait()
        with until(lambda: False), opened(f"{far.url}/a.bin", LIMITS) as (file, size):
            found.append(file.read(size))

    threads = [threading.Thread(target=each) for each in (leaving, staying)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [data]
