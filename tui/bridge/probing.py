"""A pixel of the picture on the screen, in words. It reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.values import Spot

if TYPE_CHECKING:
    from engine.run.look import Looked


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
