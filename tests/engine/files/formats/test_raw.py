"""Camera raw: embedded previews without the extra, development with it, and refusals in sentences."""

import contextlib
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.in_place import plan_in_place
from engine.batch.outputs import plan_outputs
from engine.errors import BatchError, ImageError
from engine.files import camera_raw
from engine.files.decode import decode
from engine.files.encode import FORMATS, encode
from engine.files.format import Extra
from engine.files.formats import formats, raw
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.proxy import proxy
from engine.image import Image
from tests.engine.files.camera_raws import arw, cr3, dng, jpeg, nef

SMALL, LARGE = jpeg((96, 64), "blue"), jpeg((480, 320))
FILES = {"a.nef": nef(SMALL, LARGE, 6), "a.arw": arw(LARGE, 6), "a.cr3": cr3(SMALL, LARGE, 6)}
LIMITS = Limits()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setattr(Extra, "installed", property(lambda _: False))


def sensor(orientation: int) -> bytes:
    """A raw file that grows brighter to the right."""
    levels = np.linspace(0, 65535, 96).astype(np.uint16)
    return dng(np.broadcast_to(levels, (64, 96)).copy(), orientation)


@pytest.mark.parametrize("name", FILES)
def test_the_largest_embedded_picture_is_shown_upright_without_the_extra(
    tmp_path: Path, without: None, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    header = read_header(path, LIMITS)
    assert (header.format, header.width, header.height) == ("raw", 320, 480)
    shown = proxy(path, 100, 150, LIMITS)
    assert shown.notes == (raw.EMBEDDED,)
    assert shown.pixels.shape == (150, 100, 3)
    # The red left half stands on top once it is turned by a quarter to the right.
    assert shown.pixels[30, 50, 0] > 200
    assert shown.pixels[120, 50].max() < 60
    with pytest.raises(ImageError) as refused:
        decode(path, LIMITS)
    assert str(refused.value).endswith(
        "is a camera raw picture, which needs an extra: pip install 'safelight[raw]', or convert it first."
    )


def test_a_plain_tiff_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(encode(Image(np.zeros((8, 8, 3), np.uint16)), "tiff", 90))
    assert read_header(path, LIMITS).format == "tiff"


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_it_is_developed_to_sixteen_bits_and_turned_once(tmp_path: Path, orientation: int) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "a.dng"
    path.write_bytes(sensor(orientation))
    decoded = decode(path, LIMITS)
    pixels = decoded.image.pixels
    assert pixels.dtype == np.uint16
    assert decoded.notes == (raw.DEVELOPED,)
    upright = np.rot90(pixels, {1: 0, 3: 2, 6: 1, 8: 3}[orientation])
    assert upright.shape == (64, 96, 3)
    row = upright[32, 4:-4, 1].astype(int)
    assert (np.diff(row) >= 0).all()
    # The curve of sRGB: half of the light is 0.735 of the numbers.
    middle = np.interp(32768, np.linspace(0, 65535, 96), upright[32, :, 1])
    assert abs(middle / 65535 - 0.735) < 0.02
    assert len(np.unique(pixels & 255)) > 50
    assert b"Camera maker" in decoded.image.metadata.exif


def test_it_is_shown_developed_where_nothing_is_embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.dng"
    path.write_bytes(sensor(1))
    with monkeypatch.context() as patch:
        patch.setattr(Extra, "installed", property(lambda _: False))
        with pytest.raises(ImageError, match="which needs an extra"):
            proxy(path, 40, 40, LIMITS)
    pytest.importorskip("rawpy")
    shown = proxy(path, 48, 48, LIMITS)
    assert (shown.pixels.shape, shown.notes) == ((32, 48, 3), (raw.DEVELOPED,))


@pytest.mark.parametrize("part", [0.01, 0.3, 0.9, 0.999])
def test_a_raw_cut_short_is_refused(tmp_path: Path, part: float) -> None:
    pytest.importorskip("rawpy")
    path = tmp_path / "a.dng"
    content = sensor(1)
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(ImageError):
        decode(path, LIMITS)


def test_it_is_only_read(tmp_path: Path) -> None:
    assert "raw" not in FORMATS
    assert not formats()["raw"].written
    path = tmp_path / "a.nef"
    path.write_bytes(FILES["a.nef"])
    with pytest.raises(
        BatchError, match=r"A camera raw is only read: choose a --format for the result, such as tiff\."
    ):
        plan_outputs([str(path)], str(tmp_path / "out"))
    with pytest.raises(BatchError, match="is only read"):
        plan_in_place([str(path)])
    assert plan_outputs([str(path)], str(tmp_path / "out"), "tiff")[0].output.endswith("a.tif")
    with pytest.raises(ImageError, match=r"choose a --format for the result, such as tiff\."):
        encode(Image(np.zeros((4, 4, 3), np.uint8)), "raw", 90)


@pytest.mark.parametrize("build", [lambda: FILES["a.nef"], lambda: FILES["a.cr3"], lambda: sensor(1)])
def test_offsets_are_never_trusted(tmp_path: Path, without: None, build: Callable[[], bytes]) -> None:
    rng, whole, path = random.Random(5), build(), tmp_path / "a"
    for _ in range(150):
        content = bytearray(whole[: rng.choice((len(whole), rng.randrange(8, len(whole))))])
        for _ in range(rng.randrange(1, 12)):
            content[rng.randrange(4, min(len(content), 500))] = rng.choice((0, 1, 8, 0x7F, 0xFF, rng.randrange(256)))
        path.write_bytes(content)
        with contextlib.suppress(ImageError):
            assert proxy(path, 100, 100, LIMITS).pixels.size <= 100 * 100 * 3


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"\0\0\0\x10ftypcrx \0\0\0\0"])
)
def test_a_survey_of_anything_ends(rest: bytes, head: bytes) -> None:
    assert len(camera_raw.survey(BytesIO(head + rest)).pictures) < 10_000
    raw.confirms(BytesIO(head + rest))
