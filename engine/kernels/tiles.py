"""Tiles of a picture and the luma that is counted in them: which pixels belong to one, and where a tone lies."""

from typing import Any

from numba.extending import register_jitable

from engine.kernels.lines import source_line
from engine.kernels.signature import f4
from engine.kernels.tone_class import colours_of

LEVELS = 256
"""As `engine.kinds.adaptive` has them."""
HEIGHT, WIDTH, DOWN, ACROSS = range(4)
"""Whole numbers behind three weights of luma: the picture's size and how many tiles there are."""
WEIGHTS, NUMBERS = 3, 7


@register_jitable
def tile_of(place: Any, side: Any, tiles: Any) -> Any:
    """The tile that a pixel's centre is in."""
    return (2 * place + 1) * tiles // (2 * side)


@register_jitable
def first_of(tile: Any, side: Any, tiles: Any) -> Any:
    """The first pixel whose centre is in a tile."""
    return (2 * side * tile + tiles - 1) // (2 * tiles)


@register_jitable
def middle_before(place: Any, side: Any, tiles: Any) -> Any:
    """The last tile whose middle is not beyond a pixel's centre; -1 for none."""
    return ((2 * place + 1) * tiles - side) // (2 * side)


@register_jitable
def first_behind(tile: Any, side: Any, tiles: Any) -> Any:
    """The first pixel whose centre is not before a tile's middle."""
    return (side * (2 * tile + 1) + tiles - 1) // (2 * tiles)


@register_jitable
def colour_lines(source: Any, geometry: Any, row: Any) -> Any:
    """Three rows of colours, the same of a grey picture."""
    second, third = (1, 2) if colours_of(geometry) > 1 else (0, 0)
    red, green = source_line(source, geometry, 0, row), source_line(source, geometry, second, row)
    return red, green, source_line(source, geometry, third, row)


@register_jitable
def luma(weights: Any, red: Any, green: Any, blue: Any) -> Any:
    """Of one pixel, limited to 0 and 1."""
    return min(max(f4(0.0), weights[0] * red + weights[1] * green + weights[2] * blue), f4(1.0))
