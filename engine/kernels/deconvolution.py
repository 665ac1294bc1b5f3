"""Stage: what Richardson and Lucy do between two blurs, pixel by pixel.

Planes are, in this order and each for every colour: what is blurred, weighted by alpha; alpha if there is one; the
estimate; alpha again; and the picture. The first step makes them of the picture, the last makes a picture of them.
"""

from collections.abc import Callable
from typing import Any

from numba.extending import register_jitable

from engine.kernels.layout import ROWS
from engine.kernels.lines import copy_line, source_line, target_line
from engine.kernels.signature import f4

BEGIN, COMPARE, MEND, FINISH = range(4)


@register_jitable
def positive(line: Any, out: Any) -> None:
    """What is above black."""
    for x in range(out.size):
        out[x] = max(line[x], f4(0.0))


@register_jitable
def quotient(light: Any, blurred: Any, out: Any) -> None:
    """The picture, where it is above black, over the blurred estimate; 0 where that is dark."""
    for x in range(out.size):
        out[x] = max(light[x], f4(0.0)) / blurred[x] if blurred[x] > f4(0.0) else f4(0.0)


@register_jitable
def weighted_quotient(light: Any, blurred: Any, weight: Any, opacity: Any, out: Any) -> None:
    """The same where the blurred estimate is still to be divided by its weight; times alpha."""
    for x in range(out.size):
        factor = opacity[x] * weight[x]
        out[x] = max(light[x], f4(0.0)) * factor / blurred[x] if blurred[x] > f4(0.0) else f4(0.0)


@register_jitable
def multiply(one: Any, other: Any, out: Any) -> None:
    """Products."""
    for x in range(out.size):
        out[x] = one[x] * other[x]


@register_jitable
def divide(line: Any, weight: Any) -> None:
    """By weights, where there are any."""
    for x in range(line.size):
        line[x] = line[x] / weight[x] if weight[x] > f4(0.0) else line[x]


@register_jitable
def put_back(out: Any, before: Any) -> None:
    """What was below black is there again."""
    for x in range(out.size):
        out[x] += min(before[x], f4(0.0))


@register_jitable
def keep_hidden(opacity: Any, before: Any, out: Any) -> None:
    """What is hidden as it was."""
    for x in range(out.size):
        out[x] = out[x] if opacity[x] > f4(0.0) else before[x]


@register_jitable
def to_be_blurred(source: Any, target: Any, geometry: Any, alpha: Any, places: Any, row: Any) -> None:
    """The new estimate, weighted by alpha."""
    opacity_place, estimate, first = places
    out = target_line(target, geometry, first, row)
    if alpha:
        multiply(target_line(target, geometry, estimate, row), source_line(source, geometry, opacity_place, row), out)
    else:
        line = target_line(target, geometry, estimate, row)
        for x in range(out.size):
            out[x] = line[x]


@register_jitable
def begin(source: Any, target: Any, geometry: Any, colours: Any, alpha: Any, row: Any) -> None:
    """All planes from the picture."""
    for colour in range(colours):
        estimate, picture = colours + alpha + colour, 2 * (colours + alpha) + colour
        positive(source_line(source, geometry, colour, row), target_line(target, geometry, estimate, row))
        copy_line(source, target, geometry, colour, picture, row)
        to_be_blurred(source, target, geometry, alpha, (colours, estimate, colour), row)
    if alpha:
        copy_line(source, target, geometry, colours, colours, row)
        copy_line(source, target, geometry, colours, 2 * colours + 1, row)


@register_jitable
def compare(source: Any, target: Any, geometry: Any, colours: Any, alpha: Any, row: Any) -> None:
    """What the estimate lacks everywhere, as a factor."""
    for colour in range(colours):
        estimate, picture = colours + alpha + colour, 2 * (colours + alpha) + colour
        blurred, out = source_line(source, geometry, colour, row), target_line(target, geometry, colour, row)
        light = source_line(source, geometry, picture, row)
        if alpha:
            weight, opacity = (
                source_line(source, geometry, colours, row),
                source_line(source, geometry, 2 * colours + 1, row),
            )
            weighted_quotient(light, blurred, weight, opacity, out)
        else:
            quotient(light, blurred, out)
        copy_line(source, target, geometry, estimate, estimate, row)
        copy_line(source, target, geometry, picture, picture, row)


@register_jitable
def mend(source: Any, target: Any, geometry: Any, colours: Any, alpha: Any, row: Any, place: Any) -> None:
    """The estimate times the blurred factor, to planes that begin at `place`."""
    for colour in range(colours):
        estimate = target_line(target, geometry, place + colour, row)
        multiply(
            source_line(source, geometry, colours + alpha + colour, row),
            source_line(source, geometry, colour, row),
            estimate,
        )
        if alpha:
            divide(estimate, source_line(source, geometry, colours, row))


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the number of colours, whether there is alpha, and which step it is."""

    def deconvolution(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours, alpha, step = int(parameters[0]), int(parameters[1]), int(parameters[2])
        both = colours + alpha
        for row in range(geometry[ROWS]):
            if step == BEGIN:
                begin(source, target, geometry, colours, alpha, row)
                continue
            opacity = 2 * colours + 1
            if step == COMPARE:
                compare(source, target, geometry, colours, alpha, row)
            else:
                mend(source, target, geometry, colours, alpha, row, both if step == MEND else 0)
            for colour in range(colours):
                picture = 2 * both + colour
                if step == MEND:
                    to_be_blurred(source, target, geometry, alpha, (opacity, both + colour, colour), row)
                    copy_line(source, target, geometry, picture, picture, row)
                elif step == FINISH:
                    out, before = (
                        target_line(target, geometry, colour, row),
                        source_line(source, geometry, picture, row),
                    )
                    put_back(out, before)
                    if alpha:
                        keep_hidden(source_line(source, geometry, opacity, row), before, out)
            if alpha:
                copy_line(source, target, geometry, opacity, colours, row)
                if step != FINISH:
                    copy_line(source, target, geometry, opacity, opacity, row)

    return deconvolution
