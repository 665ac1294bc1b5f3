"""Pictures of pixels, read back by parsers that share no code with what wrote them."""

import re
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image

from engine.files.screen import palette
from tui.graphics import canvas
from tui.graphics.diacritics import diacritics
from tui.graphics.transfer import Transfer
from tui.graphics.way import Way
from tui.output.credit import PIECE
from tui.output.difference import DRAWN

CELL = (8, 16)
SIZES = [(1, 1), (16, 8), (37, 61), (200, 300)]
Picture = NDArray[np.uint8]


def photograph(height: int, width: int) -> Picture:
    """Smooth colours with an edge."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([x * 255 // 300, y * 255 // 300, (x > 150) * 200], axis=-1)
    return pixels.astype(np.uint8)


def made(protocol: str, pixels: Picture, **more: Any) -> Transfer:
    transfer = canvas.transfer(pixels, Way(protocol, cell=CELL, **more))  # type: ignore[arg-type]
    assert transfer is not None
    assert all(len(piece.encode()) <= PIECE for piece in transfer.pieces)
    assert (transfer.columns, transfer.rows) == (-(-pixels.shape[1] // 8), -(-pixels.shape[0] // 16))
    assert len(transfer.strips) == transfer.rows
    assert {strip.cell_length for strip in transfer.strips} == {transfer.columns}
    return transfer


def unwrapped(sequence: str) -> str:
    """What the terminal behind tmux is handed."""
    parts = re.findall(r"\x1bPtmux;((?:[^\x1b]|\x1b\x1b)*)\x1b\\", sequence)
    return "".join(parts).replace("\x1b\x1b", "\x1b")


def whole(pixels: Picture, transfer: Transfer) -> Picture:
    """The picture in the middle of its cells."""
    around = np.zeros((transfer.rows * 16, transfer.columns * 8, 3), np.uint8)
    top, left = (around.shape[0] - pixels.shape[0]) // 2, (around.shape[1] - pixels.shape[1]) // 2
    around[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return around


def assert_alike(found: Picture, wanted: Picture, levels: float) -> None:
    assert found.shape == wanted.shape
    assert np.abs(found.astype(int) - wanted).mean() <= levels


def kitty_orders(text: str) -> list[tuple[dict[str, str], bytes]]:
    """Each graphics order: its keys and its data."""
    orders = []
    for body in re.findall(r"\x1b_G([^\x1b]*)\x1b\\", text):
        keys, _, data = body.partition(";")
        orders.append((dict(pair.split("=") for pair in keys.split(",")), data.encode()))
    assert "".join(f"\x1b_G{body}\x1b\\" for body in re.findall(r"\x1b_G([^\x1b]*)\x1b\\", text)) == text
    return orders


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("passthrough", [False, True])
def test_kitty_has_one_upload_in_chunks_and_a_cell_for_each_place(size: tuple[int, int], passthrough: bool) -> None:
    pixels = photograph(*size)
    transfer = made("kitty", pixels, passthrough=passthrough)
    text = "".join(transfer.pieces)
    orders = kitty_orders(unwrapped(text) if passthrough else text)
    first = orders[0][0]
    assert (first["a"], first["U"], first["f"], first["q"]) == ("T", "1", "100", "2")
    assert (int(first["c"]), int(first["r"]), int(first["i"])) == (transfer.columns, transfer.rows, transfer.key)
    assert [keys["m"] for keys, _ in orders] == ["1"] * (len(orders) - 1) + ["0"]
    assert all(len(data) % 4 == 0 for _, data in orders[:-1])
    image = Image.open(BytesIO(b64decode(b"".join(data for _, data in orders))))
    assert_alike(np.asarray(image.convert("RGB")), whole(pixels, transfer), 0.0)
    numbers = {mark: index for index, mark in enumerate(diacritics())}
    for y, strip in enumerate(transfer.strips):
        for x in range(transfer.columns):
            cropped = strip.crop(x)
            char, row, column = cropped.chars[0]  # type: ignore[attr-defined]
            assert (char, numbers[row], numbers[column]) == ("\U0010eeee", y, x)
            assert set(cropped.chars[1:]) <= {"\U0010eeee"}  # type: ignore[attr-defined]
        red, green, blue = map(int, strip.pens[0][0].split(";")[2:])
        assert red << 16 | green << 8 | blue == transfer.key
    assert transfer.show == ""
    free = unwrapped(transfer.free) if passthrough else transfer.free
    assert kitty_orders(free) == [({"a": "d", "d": "I", "i": str(transfer.key), "q": "2"}, b"")]


def test_kitty_in_256_colours_keeps_the_number_in_one_byte() -> None:
    transfer = made("kitty", photograph(40, 40), depth="256")
    assert 0 < transfer.key < 256
    assert transfer.strips[0].pens[0][0] == f"38;5;{transfer.key}"


def test_kitty_without_placeholders_is_placed_over_its_cells_and_taken_away() -> None:
    transfer = made("kitty", photograph(37, 61), placeholders=False)
    (first, _), *_ = kitty_orders("".join(transfer.pieces))
    assert first["a"] == "t"
    assert "U" not in first
    ((show, _),) = kitty_orders(transfer.show)
    number = str(transfer.key)
    assert show == {"a": "p", "i": number, "p": "1", "c": "8", "r": "3", "C": "1", "q": "2"}
    assert kitty_orders(transfer.hide) == [({"a": "d", "d": "i", "i": number, "q": "2"}, b"")]
    assert {char for strip in transfer.strips for char in strip.chars} == {DRAWN}


@pytest.mark.parametrize("protocol", ["kitty", "iterm2"])
@pytest.mark.parametrize("sharp", [200_000, 40_000, 8000])
@pytest.mark.parametrize("depth", ["truecolor", "256"])
def test_no_picture_is_more_than_the_line_is_for(protocol: str, sharp: int, depth: str) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (320, 400, 3)).astype(np.uint8)
    for pixels in (noise, photograph(320, 400)):
        transfer = made(protocol, pixels, sharp=sharp, depth=depth)
        assert len("".join(transfer.pieces) + transfer.show) <= sharp


def test_kitty_has_all_colours_where_the_line_takes_them_and_a_palette_where_not() -> None:
    pixels = np.random.default_rng(5).integers(0, 256, (96, 96, 3)).astype(np.uint8)
    modes = {}
    for sharp in (4_000_000, 40_000):
        data = b"".join(data for _, data in kitty_orders("".join(made("kitty", pixels, sharp=sharp).pieces)))
        modes[sharp] = Image.open(BytesIO(b64decode(data))).mode
    assert modes == {4_000_000: "RGB", 40_000: "P"}


@given(
    arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40), st.just(3)), elements=st.sampled_from((0, 255)))
)
def test_pictures_of_few_colours_come_back_as_they_were(pixels: Picture) -> None:
    sixel = made("sixel", pixels)
    assert (sixel_pixels(sixel.show) == whole(pixels, sixel)).all()
    kitty = made("kitty", pixels, sharp=1)
    data = b64decode(b"".join(data for _, data in kitty_orders("".join(kitty.pieces))))
    assert Image.open(BytesIO(data)).size == (1, 1), "where nothing fits, the least there is"


def test_a_palette_holds_fog_and_a_photograph(photographs: Path) -> None:
    ramp = np.linspace(40, 120, 469)[:, None, None] + np.linspace(0, 30, 400)[None, :, None] * [0, 1, 1]
    fog = np.broadcast_to(ramp, (469, 400, 3)).astype(np.uint8)
    bird = np.asarray(Image.open(photographs / "nuthatch.jpg").convert("RGB").resize((400, 469)))
    for pixels, error in ((fog, 2.5), (bird, 4.0)):
        numbers, table = palette(pixels, 256)
        assert len(table) <= 256
        assert np.sqrt(((table[numbers].astype(float) - pixels) ** 2).mean()) <= error


def test_placeholders_number_no_more_than_there_are_marks() -> None:
    assert len(set(diacritics())) == 297
    assert canvas.transfer(photograph(16, 8 * 298), Way("kitty", cell=CELL)) is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("passthrough", [False, True])
def test_iterm2_gets_a_jpeg_in_parts(size: tuple[int, int], passthrough: bool) -> None:
    pixels = photograph(*size)
    transfer = made("iterm2", pixels, passthrough=passthrough)
    text = "".join((*transfer.pieces, transfer.show))
    text = unwrapped(text) if passthrough else text
    begin, *parts = re.findall(r"\x1b\]1337;([^\x07]*)\x07", text)
    assert begin.startswith("MultipartFile=inline=1;")
    assert f"width={transfer.columns};height={transfer.rows};" in begin
    assert parts[-1] == "FileEnd"
    data = b64decode("".join(part.removeprefix("FilePart=") for part in parts[:-1]))
    assert f"size={len(data)};" in begin
    assert_alike(np.asarray(Image.open(BytesIO(data))), whole(pixels, transfer), 6.0)
    assert {char for strip in transfer.strips for char in strip.chars} == {DRAWN}


def test_iterm2_gets_a_jpeg_in_one_sequence_or_none_that_is_worse_than_cells() -> None:
    pixels = photograph(320, 400)
    for most in (4_000_000, 20_000, 8000):
        transfer = made("iterm2", pixels, parts=False, most=most)
        assert transfer.pieces == ()
        assert len(transfer.show) <= most
        told, data = transfer.show.removesuffix("\x07").split(":", 1)
        assert told.startswith("\x1b]1337;File=inline=1;")
        shown = Image.open(BytesIO(b64decode(data)))
        assert shown.width * shown.height >= 0.2 * 320 * 400
    assert canvas.transfer(pixels, Way("iterm2", cell=CELL, parts=False, most=2048)) is None


def sixel_pixels(text: str) -> Picture:
    """What a terminal draws, by the manual: bands of six rows, `$` back to the left, `-` to the next band."""
    match = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', text, re.DOTALL)
    assert match
    width, height = int(match[1]), int(match[2])
    shown = np.full((height + 6, width, 3), -1)
    table: dict[int, list[float]] = {}
    x = y = colour = 0
    for define, select, count, run, char, order in re.findall(
        r"#(\d+;2;\d+;\d+;\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([$-])", match[3]
    ):
        if define:
            number, _, *rgb = map(int, define.split(";"))
            table[number] = [round(value * 2.55) for value in rgb]
        elif select:
            colour = int(select)
        elif order:
            x, y = 0, y + 6 * (order == "-")
        else:
            bits = ord(run or char) - 63
            end = x + int(count or 1)
            assert end <= width
            for row in range(6):
                if bits >> row & 1:
                    shown[y + row, x:end] = table[colour]
            x = end
    assert (shown[height:] == -1).all(), "drawn below the picture"
    return shown[:height].astype(np.uint8)


@pytest.mark.parametrize("size", SIZES)
def test_sixel_draws_every_pixel_and_none_below(size: tuple[int, int]) -> None:
    pixels = photograph(*size)
    transfer = made("sixel", pixels)
    assert transfer.pieces == ()
    assert_alike(sixel_pixels(transfer.show), whole(pixels, transfer), 5.0)


def test_sixel_takes_fewer_colours_or_none_at_all_where_there_is_little_room() -> None:
    pixels = photograph(200, 300)
    fine = made("sixel", pixels)
    rough = made("sixel", pixels, most=len(fine.show) // 2)
    assert len(rough.show) <= len(fine.show) // 2
    assert_alike(sixel_pixels(rough.show), whole(pixels, rough), 20.0)
    assert canvas.transfer(pixels, Way("sixel", cell=CELL, most=100)) is None


def test_the_same_pixels_are_the_same_picture() -> None:
    one, same, other = (made("kitty", photograph(*size)) for size in ((40, 60), (40, 60), (40, 61)))
    assert one.key == same.key != other.key
