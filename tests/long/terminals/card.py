"""Test cards, and whether one is to be seen in a picture of a screen, and how sharp. Knows no terminal."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Screen = NDArray[np.uint8]
"""H x W x 3."""
WIDTH, HEIGHT, FRAME = 1200, 800, 40
PATCHES = ((230, 30, 30), (30, 200, 60), (40, 80, 230), (240, 220, 40))
STRIPES = (80, 560, 1111, 720)
"""Left, top, right, bottom of stripes that are too fine for half blocks, in pixels of the card."""
STRIPE = 12


def card(photograph: Path, turn: int) -> Image.Image:
    """A photograph in a frame of a colour that no screen of ours has, with patches in an order of its own."""
    whole = Image.new("RGB", (WIDTH, HEIGHT), (255, 0, 255))
    with Image.open(photograph) as inner:
        whole.paste(inner.convert("RGB").resize((WIDTH - 2 * FRAME, HEIGHT - 2 * FRAME)), (FRAME, FRAME))
    draw = ImageDraw.Draw(whole)
    for place, colour in enumerate(PATCHES[turn:] + PATCHES[:turn]):
        draw.rectangle((80 + 260 * place, 80, 280 + 260 * place, 240), fill=colour)
    left, top, right, bottom = STRIPES
    draw.rectangle(STRIPES, fill=(0, 0, 0))
    for x in range(left, right, 2 * STRIPE):
        draw.rectangle((x, top, x + STRIPE - 1, bottom), fill=(255, 255, 255))
    return whole


def framed(screen: Screen) -> NDArray[Any]:
    """Where the frame's colour is."""
    red, green, blue = (screen[:, :, channel].astype(int) for channel in range(3))
    return (red > 200) & (green < 60) & (blue > 200)


def differences(screen: Screen, wanted: Image.Image) -> tuple[float, float] | None:
    """How far what the frame holds is from a card, of 255: in the mean of all and in that of the stripes.

    None where no frame of a card's proportions is to be seen.
    """
    frame = framed(screen)
    rows, columns = np.flatnonzero(frame.mean(1) > 0.05), np.flatnonzero(frame.mean(0) > 0.05)
    if not len(rows) or not len(columns):
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    width, height = int(right - left), int(bottom - top)
    if abs(width / height / (WIDTH / HEIGHT) - 1) > 0.06:
        return None
    seen = screen[top:bottom, left:right].astype(int)
    small = np.asarray(wanted.resize((width, height), Image.Resampling.BOX)).astype(int)
    off = np.abs(seen - small).mean(2)
    x0, y0, x1, y1 = (round(each * width / WIDTH) for each in STRIPES)
    return float(off.mean()), float(off[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2].mean())
