"""Blend modes of two pixels, and masks, as plain Python over `engine.kernels.elementary`, compiled where they are used.

Blend modes follow W3C, Compositing and Blending Level 1, sections 9 and 10: the picture before is the backdrop, the
result of the step the source. Values beyond 0 to 1 go through the same formulas. No number stands in a function: they
would be float64; all come with the constants.
"""

from __future__ import annotations

from typing import Any

from engine.kernels.elementary import choose, clip, maximum, minimum, sqrt

Colours = tuple[Any, Any, Any]
Place = tuple[Any, Any, Any, Any]
Numbers = tuple[Any, ...]
SEPARABLE = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 12.0, 16.0)
"""Constants of modes that take each channel alone."""
LUMA = (0.3, 0.59, 0.11, 0.0, 1.0)
"""Constants of modes that keep luminosities."""


def normal(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """The front as it is."""
    return front


def multiply(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """Darker, as two slides on one another."""
    return back[0] * front[0], back[1] * front[1], back[2] * front[2]


def screened(back: Any, front: Any) -> Any:
    """Screen of one channel."""
    return back + front - back * front


def screen(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """Lighter, as two projectors on one wall."""
    return screened(back[0], front[0]), screened(back[1], front[1]), screened(back[2], front[2])


def overlaid(back: Any, front: Any, constants: Numbers) -> Any:
    """Overlay of one channel: hard light with the layers exchanged."""
    half, one, two = constants[2], constants[3], constants[4]
    return choose(back <= half, two * back * front, screened(two * back - one, front))


def overlay(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """More contrast."""
    red, green = overlaid(back[0], front[0], constants), overlaid(back[1], front[1], constants)
    return red, green, overlaid(back[2], front[2], constants)


def softened(back: Any, front: Any, constants: Numbers) -> Any:
    """Soft light of one channel."""
    zero, quarter, half, one, two = constants[0], constants[1], constants[2], constants[3], constants[4]
    curve = ((constants[7] * back - constants[6]) * back + constants[5]) * back
    curve = choose(back <= quarter, curve, sqrt(maximum(back, zero)))
    darker = back - (one - two * front) * back * (one - back)
    return choose(front <= half, darker, back + (two * front - one) * (curve - back))


def soft_light(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """A little more contrast."""
    red, green = softened(back[0], front[0], constants), softened(back[1], front[1], constants)
    return red, green, softened(back[2], front[2], constants)


def luma(colours: Colours, weights: Numbers) -> Any:
    """The sum of weighted channels."""
    return weights[0] * colours[0] + weights[1] * colours[1] + weights[2] * colours[2]


def with_luma(colours: Colours, wanted: Any, constants: Numbers) -> Colours:
    """The colours with another luminosity, brought into 0..1 around it where they leave that."""
    zero, one = constants[3], constants[4]
    shift = wanted - luma(colours, constants)
    red, green, blue = colours[0] + shift, colours[1] + shift, colours[2] + shift
    level = luma((red, green, blue), constants)
    low, high = minimum(red, minimum(green, blue)), maximum(red, maximum(green, blue))
    below = choose(low < zero, choose(level > low, level / (level - low), one), one)
    red, green, blue = level + (red - level) * below, level + (green - level) * below, level + (blue - level) * below
    above = choose(high > one, choose(high > level, (one - level) / (high - level), one), one)
    return level + (red - level) * above, level + (green - level) * above, level + (blue - level) * above


def luminosity(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """The backdrop's colour with the front's luminosity."""
    return with_luma(back, luma(front, constants), constants)


def colour(back: Colours, front: Colours, place: Place, constants: Numbers) -> Colours:
    """The front's colour with the backdrop's luminosity."""
    return with_luma(front, luma(back, constants), constants)


def smooth(x: Any, p: Numbers) -> Any:
    """3 t^2 - 2 t^3 of x limited to 0..1; 0, 1 and 3 are the first constants of every mask."""
    zero, one, three = p[0], p[1], p[2]
    t = clip(x, zero, one)
    return t * t * (three - t - t)


def linear(back: Colours, place: Place, p: Numbers) -> Any:
    """Along a way: what a whole width to the right adds, what a whole height down, and where it begins."""
    return smooth(place[0] / place[2] * p[3] + place[1] / place[3] * p[4] + p[5], p)


def radial(back: Colours, place: Place, p: Numbers) -> Any:
    """Around a place in parts of width and height: shift and steepness of the distance in whole diagonals."""
    across, down = place[0] - p[3] * place[2], place[1] - p[4] * place[3]
    diagonal = sqrt(place[2] * place[2] + place[3] * place[3])
    return smooth(p[5] - sqrt(across * across + down * down) / diagonal * p[6], p)


def luminance(back: Colours, place: Place, p: Numbers) -> Any:
    """Tones: low, high and steepness beyond them; then the weights of the channels."""
    level = p[6] * back[0] + p[7] * back[1] + p[8] * back[2]
    return smooth(p[1] - maximum(maximum(p[3] - level, level - p[4]), p[0]) * p[5], p)


def near_colour(back: Colours, place: Place, p: Numbers) -> Any:
    """Colours near one: its components, the tolerance and the steepness beyond it."""
    red, green, blue = back[0] - p[3], back[1] - p[4], back[2] - p[5]
    away = sqrt(red * red + green * green + blue * blue)
    return smooth(p[1] - maximum(away - p[6], p[0]) * p[7], p)
