"""Files that are no pictures, damaged, hostile or too large: one sentence each, and nothing is decoded."""

import os
import random
import re
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import ImageError
from engine.files.decode import decode
from engine.files.formats import formats
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.proxy import proxy
from tests.engine.files.conftest import Maker

KINDS = ["avif", "bmp", "gif", "jpg", "png", "webp", "tif"]
WAYS: dict[str, Callable[[Path, Limits], object]] = {
    "header": read_header,
    "decode": decode,
    "proxy": lambda path, limits: proxy(path, 16, 16, limits),
    "coarse proxy": lambda path, limits: proxy(path, 16, 16, limits, coarse=True),
}
FULLY = {way: WAYS[way] for way in ("decode", "proxy")}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)


def refusal(way: Callable[[Path, Limits], object], path: Path, limits: Limits | None = None) -> str:
    """The sentence with which a file is refused: one, naming the file, with what to do after the colon."""
    with pytest.raises(ImageError) as caught:
        way(path, limits or Limits())
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert re.fullmatch(r"[^\n:]+: [^\n:]+\.", sentence.removeprefix(str(path)))
    return sentence


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk, whole."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    """The beginning of an 8-bit colour PNG and some chunks."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def tiff(width: int, height: int) -> bytes:
    """A TIFF of one empty strip."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height), (279, 0)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)


def webp(width: int, height: int) -> bytes:
    """An extended WebP that holds a canvas only."""
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + canvas


def jpeg(width: int, height: int) -> bytes:
    """A JPEG that ends before its first pass."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\1\x11\0\2\x11\0\3\x11\0"
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xda\0\x0c\3\1\0\2\0\3\0\0\x3f\0"


def gif(width: int, height: int) -> bytes:
    """A GIF of one pixel on a large canvas."""
    return b"GIF89a" + struct.pack("<HH3x", width, height) + b"," + struct.pack("<HHHHx", 0, 0, 1, 1) + b"\2\2L\1\0;"


def bmp(width: int, height: int) -> bytes:
    """A BMP that ends before its pixels."""
    return b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)


BOMBS = {
    "bomb.gif": gif(65_535, 65_535),
    "bomb.bmp": bmp(1 << 20, 1 << 20),
    "bomb.png": png(100_000, 44_000),
    "bomb.jpg": jpeg(65_500, 65_500),
    "bomb.webp": webp(1 << 24, 1 << 24),
    "bomb.tif": tiff(1 << 20, 1 << 20),
}


@pytest.mark.parametrize("name", BOMBS)
@every_way
def test_a_bomb_is_refused_by_its_headers(tmp_path: Path, way: Callable[..., object], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name])
    assert "if you trust it, raise --max-pixels" in refusal(way, path)


@pytest.mark.parametrize("kind", KINDS)
@every_way
def test_the_limit_on_pixels_is_met_exactly(save: Maker, way: Callable[..., object], kind: str) -> None:
    path = save(f"a.{kind}")
    way(path, Limits(max_pixels=48 * 32))
    assert "--max-pixels" in refusal(way, path, Limits(max_pixels=48 * 32 - 1))


@every_way
def test_the_limit_on_bytes_holds(save: Maker, way: Callable[..., object]) -> None:
    path = save("a.png")
    size = path.stat().st_size
    way(path, Limits(max_bytes=size))
    assert "raise --max-bytes" in refusal(way, path, Limits(max_bytes=size - 1))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", FULLY.values(), ids=FULLY)
def test_a_file_cut_short_is_refused(save: Maker, way: Callable[..., object], kind: str) -> None:
    noise = Image.effect_noise((160, 120), 80).convert("RGB")
    path = save(f"a.{kind}", noise, compression="tiff_adobe_deflate") if kind == "tif" else save(f"a.{kind}", noise)
    whole = path.read_bytes()
    for part in (0.02, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * part)])
        assert "is damaged or cut short" in refusal(way, path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.jpg", b"not a picture at all, but long enough to look for one"),
        ("short.png", b"\x89PN"),
        ("picture.webp", b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"),
        ("fonts.jpg", b"%PDF-1.7\n1 0 obj\n"),
        ("page.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("sound.webp", b"RIFF\x24\0\0\0WAVEfmt " + bytes(30)),
    ],
)
@every_way
def test_what_is_no_picture_is_not_opened_as_one(
    tmp_path: Path, way: Callable[..., object], name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    *most, last = (form.label for form in formats().values())
    assert f"is no {', '.join(most)} or {last} picture" in refusal(way, path)


@every_way
def test_only_files_are_opened(tmp_path: Path, way: Callable[..., object]) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "ring.jpg").symlink_to(tmp_path / "ring.jpg")
    assert "is a pipe" in refusal(way, tmp_path / "pipe.jpg")
    assert "is a folder" in refusal(way, tmp_path / "folder.jpg")
    assert "is empty" in refusal(way, tmp_path / "empty.jpg")
    assert "does not exist" in refusal(way, tmp_path / "missing.jpg")
    assert "cannot be read" in refusal(way, tmp_path / "ring.jpg")
    assert "is a device" in refusal(way, Path("/dev/zero"))


def test_a_name_that_no_file_can_have_is_a_sentence() -> None:
    with pytest.raises(ImageError, match=r"a\\x00b\.jpg is no name that a file can have: check it\."):
        read_header("a\0b.jpg", Limits())


def test_a_file_behind_a_link_is_read(save: Maker, tmp_path: Path) -> None:
    save("a.png")
    (tmp_path / "link.png").symlink_to("a.png")
    assert decode(tmp_path / "link.png", Limits()).header.width == 48


def test_a_name_with_escapes_is_shown_harmless(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31m.jpg"
    path.write_bytes(b"nothing")
    with pytest.raises(ImageError, match=r"\\x1b\[31m\.jpg is no") as caught:
        decode(path, Limits())
    assert "\x1b" not in str(caught.value)


def test_text_that_swells_is_not_read(tmp_path: Path, save: Maker) -> None:
    whole = save("a.png").read_bytes()
    swelling = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(5_000_000)))
    profile = chunk(b"iCCP", b"ICC\0\0" + zlib.compress(bytes(20_000_000)))
    path = tmp_path / "text.png"
    path.write_bytes(whole[:33] + profile + swelling + whole[33:])
    assert read_header(path, Limits()).width == 48
    assert "is damaged or cut short" in refusal(decode, path)


def test_a_jpeg_of_endless_passes_is_refused(tmp_path: Path, save: Maker) -> None:
    whole = save("a.jpg", progressive=True).read_bytes()
    last = whole.rindex(b"\xff\xda")
    path = tmp_path / "passes.jpg"
    path.write_bytes(whole[:last] + whole[last:-2] * 600 + b"\xff\xd9")
    assert "hundreds of passes" in refusal(decode, path)


def test_a_jpeg_with_faults_inside_is_read_with_a_note(save: Maker) -> None:
    path = save("a.jpg", Image.effect_noise((160, 120), 80))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4] = b"\xff\xff\xd0\x11"
    path.write_bytes(content)
    assert decode(path, Limits()).notes == ("Its data has faults: part of the picture may be wrong.",)


@pytest.mark.parametrize("compression", ["tiff_lzw", "jpeg", "tiff_adobe_deflate"])
def test_a_damaged_tiff_prints_nothing_to_the_terminal(
    save: Maker, capfd: pytest.CaptureFixture[str], compression: str
) -> None:
    path = save("a.tif", Image.effect_noise((160, 120), 80), compression=compression)
    content = bytearray(path.read_bytes())
    content[200:-400:7] = b"\xff" * len(content[200:-400:7])
    path.write_bytes(content)
    refusal(decode, path)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_damage_of_any_kind_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, kind: str, chance: random.Random, changes: int
) -> None:
    path = tmp_path_factory.mktemp("damaged") / f"a.{kind}"
    Image.linear_gradient("L").resize((24, 16)).convert("RGB").save(path)
    content = bytearray(path.read_bytes())
    for _ in range(changes):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)
    sentences = []
    for way in WAYS.values():
        try:
            way(path, Limits(max_pixels=100_000))
        except ImageError as error:
            sentences.append(str(error))
    assert all(sentence.startswith(str(path)) for sentence in sentences)
    shutil.rmtree(path.parent)
