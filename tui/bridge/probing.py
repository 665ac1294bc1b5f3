"""A pixel of the picture on the screen, in words. It reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.values import Spot

if TYPE_CHECKING:
    from engine.run.look import Looked
    from tui.bridge.aim import Aim


def told(looked: Looked, spot: Spot, *, alone: bool) -> str:
    """Where the pixel is in the whole result, where it is `alone`, and its red, green and blue as they are shown."""
    height, width = looked.pixels.shape[:2]
    if not height * width or not (0 <= spot.across < 1 and 0 <= spot.down < 1):
        return ""
    red, green, blue = (int(value) for value in looked.pixels[int(spot.down * height), int(spot.across * width)])
    window = looked.window
    x = int((window.left + spot.across * (window.right - window.left)) * looked.width)
    y = int((window.top + spot.down * (window.bottom - window.top)) * looked.height)
    place = f"{x}, {y}   " if alone else ""
    return f"{place}R {red}  G {green}  B {blue}   #{red:02x}{green:02x}{blue:02x}"


class Pointed(NamedTuple):
    """What a spot of the screen is of the picture."""

    place: tuple[float, float] | None = None
    """Shares of the sides of the whole, before it is turned for viewing; None beside it, and of several pictures."""
    colour: int | None = None
    """0xRRGGBB as it is shown; None beside it."""
    source: tuple[int, int] = (0, 0)
    """Height and width of the image in pixels; 0 while unknown."""


def pointed(looked: Looked, spot: Spot, aim: Aim) -> Pointed:
    """What a picture has at a spot."""
    source = looked.source_height, looked.source_width
    height, width = looked.pixels.shape[:2]
    if not height * width or not (0 <= spot.across < 1 and 0 <= spot.down < 1):
        return Pointed(source=source)
    red, green, blue = (int(value) for value in looked.pixels[int(spot.down * height), int(spot.across * width)])
    window = looked.window
    across = window.left + spot.across * (window.right - window.left)
    down = window.top + spot.down * (window.bottom - window.top)
    for _ in range(aim.turns % 4):
        across, down = down, 1 - across
    return Pointed(None if aim.beside else (across, down), red << 16 | green << 8 | blue, source)
