"""Pictures as cells: every pixel has its colour, in few changes of colour."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from PIL import Image

from tests.tui.driver import Terminal, TerminalStream
from tui.graphics.canvas import draw
from tui.graphics.choice import cheapest
from tui.graphics.half_blocks import half_blocks
from tui.graphics.palette import to_256
from tui.graphics.way import Way
from tui.output.abilities import Abilities
from tui.output.colours import Depth
from tui.output.difference import Frame, Row
from tui.output.strip import CellStrip
from tui.output.xterm import perceived, rgb

pictures = st.tuples(st.integers(1, 5), st.integers(1, 9)).flatmap(
    lambda size: arrays(np.uint8, (2 * size[0], size[1], 3), elements=st.sampled_from((0, 7, 128, 255)))
)


def seen(strips: tuple[CellStrip, ...]) -> NDArray[np.uint8]:
    """The pixels that a terminal shows, after the bytes that our layer sends it."""
    screen = Terminal(strips[0].cell_length, len(strips))
    screen.garble()
    frame = Frame(Abilities(erase=True))
    for y, strip in enumerate(strips):
        frame.row(y, Row(strip.chars, strip.pens), None)
    TerminalStream(screen).feed(frame.finished())
    pixels = np.zeros((2 * screen.lines, screen.columns, 3), np.uint8)
    for y, x in itertools.product(range(screen.lines), range(screen.columns)):
        cell = screen.buffer[y][x]
        upper, lower = {"▀": (cell.fg, cell.bg), "▄": (cell.bg, cell.fg), "█": (cell.fg,) * 2, " ": (cell.bg,) * 2}[
            cell.data
        ]
        pixels[2 * y, x], pixels[2 * y + 1, x] = list(bytes.fromhex(upper)), list(bytes.fromhex(lower))
    return pixels


def bytes_of(strips: tuple[CellStrip, ...]) -> int:
    """What a picture costs to send."""
    frame = Frame(Abilities())
    for y, strip in enumerate(strips):
        frame.row(y, Row(strip.chars, strip.pens), None)
    return len(frame.finished().encode())


@given(pictures)
def test_24_bit_is_exact(pixels: NDArray[np.uint8]) -> None:
    assert (seen(half_blocks(pixels, "truecolor")) == pixels).all()


@given(pictures)
def test_256_colours_are_those_of_the_palette(pixels: NDArray[np.uint8]) -> None:
    palette = np.array([rgb(number) for number in range(256)], np.uint8)
    assert (seen(half_blocks(pixels, "256")) == palette[to_256(pixels)]).all()


@given(arrays(np.uint8, (2, 3, 3)))
def test_all_pixels_at_once_agree_with_one_colour_at_a_time(pixels: NDArray[np.uint8]) -> None:
    palette = np.array([perceived(*rgb(number)) for number in range(16, 256)])
    for number, colour in zip(to_256(pixels).ravel().tolist(), pixels.reshape(-1, 3).tolist(), strict=True):
        distances = ((palette - perceived(*colour)) ** 2).sum(axis=1)
        assert distances[number - 16] == pytest.approx(distances.min(), abs=1e-5)


def cost(halves: tuple[int, ...], row: tuple[tuple[int, int], ...]) -> int:
    """Bytes of a row of (top, bottom) colours when each cell is drawn as told: the rule written down plainly."""
    total, has = 0, [-1, -1]
    for half, (top, bottom) in zip(halves, row, strict=True):
        wants = [None if top == bottom else top, bottom] if half == 0 else [bottom, None if top == bottom else top]
        sets = sum(want is not None and want != now for want, now in zip(wants, has, strict=True))
        total += 8 * sets + 3 * (sets > 0) + (1 if top == bottom and half == 0 else 3)
        has = [now if want is None else want for want, now in zip(wants, has, strict=True)]
    return total


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=8).map(tuple))
@example(((2, 2), (1, 1), (0, 0), (2, 2), (2, 2), (0, 2), (2, 2)))
def test_the_choice_of_halves_is_nearly_the_cheapest(row: tuple[tuple[int, int], ...]) -> None:
    colours = np.array(row, np.int32)
    chosen = cheapest(colours[None, :, 0], colours[None, :, 1], 8)[0]
    best = min(cost(halves, row) for halves in itertools.product((0, 1), repeat=len(row)))
    assert cost(tuple(chosen.tolist()), row) <= best + 11


def test_an_even_picture_needs_one_colour() -> None:
    pixels = np.full((4, 6, 3), 128, np.uint8)
    for strip in half_blocks(pixels, "256"):
        assert strip.chars == [" "] * 6
        assert len(set(strip.pens)) == 1


def test_a_photograph_takes_fewer_bytes_than_upper_halves_alone(photographs: Path) -> None:
    with Image.open(photographs / "astronaut.png") as file:
        pixels = np.asarray(file.convert("RGB").resize((80, 94)))
    for depth, colour in (("truecolor", 148_000 * 0.9), ("256", 97_000 * 0.65)):
        assert bytes_of(draw(pixels, Way(depth=depth), 1 << 30)) < colour  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", ["truecolor", "256", "none"])
def test_the_door_takes_every_height(depth: Depth) -> None:
    for height in (1, 2, 7):
        strips = draw(np.full((height, 5, 3), 200, np.uint8), Way(depth=depth), 1 << 30)
        assert [strip.cell_length for strip in strips] == [5] * -(-height // 2)


def test_letters_follow_light_and_its_place() -> None:
    black, white = np.zeros((1, 1, 3), np.uint8), np.full((1, 1, 3), 255, np.uint8)
    columns = [np.concatenate(pair) for pair in ((black, black), (white, black), (black, white), (white, white))]
    (strip,) = draw(np.concatenate(columns, axis=1), Way(depth="none"), 1 << 30)
    dark, upper, lower, bright = strip.chars
    assert dark == " "
    assert upper in '"^*'
    assert lower in "_,a"
    assert bright in "WM@8"
    assert {pen[:2] for pen in strip.pens} <= {("39", "49"), ("", "49")}
