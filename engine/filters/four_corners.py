"""Four corners: a part of the picture with four corners becomes a rectangle."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Constants, Filter, Floats, Size, Values
from engine.filters.rotate import BORDER, BORDERS, INTERPOLATION, KERNELS
from engine.kernels.elementary import maximum
from engine.kinds.warp import Frame, Place, Warp
from engine.parameters import Choice, Text
from engine.sampling import sampled

CANVASES = ("fit", "keep")
WHOLE = "[0 0; 100 0; 100 100; 0 100]"
LOW, HIGH = -50.0, 150.0
LEAST = 0.5
"""Square percent that a triangle of three corners has at least."""
STEEPEST = 20.0
"""The largest of the four triangles is at most so many times the smallest, as the nearest corner to the farthest."""
NEAREST = 1e-6
"""Of the denominator, which is above 1 / STEEPEST inside the result."""


def read(text: str) -> Floats:
    """The corners as rows of x and y in percent; SpecError where they make no part that a camera could have seen."""
    parts = [part.split() for part in text.strip().removeprefix("[").removesuffix("]").split(";")]
    try:
        points = np.array([[float(number) for number in part] for part in parts])
    except ValueError:
        points = np.empty(0)
    if points.shape != (4, 2):
        raise SpecError(f"there must be four corners of two numbers each, with ; between corners, as in {WHOLE}.")
    if not ((points >= LOW) & (points <= HIGH)).all():
        raise SpecError(f"every number must lie between {LOW:g} and {HIGH:g} % of the picture.")
    areas = triangles(points)
    if areas.min() < LEAST:
        raise SpecError(
            "the corners must go clockwise from the upper left one, so that no sides cross and "
            "no corner points inwards."
        )
    if areas.max() > STEEPEST * areas.min():
        raise SpecError("the corners look too steeply along the picture; move the two nearest ones apart.")
    return points


def triangles(points: Floats) -> Floats:
    """Areas of the triangles of each corner and its neighbours, above 0 where the corner turns clockwise."""
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    areas: Floats = 0.5 * (before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    return areas


def size(values: Values, before: Size) -> Size:
    """The means of opposite sides, yet no more pixels than the picture has."""
    if CANVASES[int(values["canvas"])] == "keep":
        return before
    height, width = before
    points = read(values["corners"]) * np.array([width, height]) / 100.0
    top, right, bottom, left = np.hypot(*(np.roll(points, -1, axis=0) - points).T)
    across, down = 0.5 * (top + bottom), 0.5 * (left + right)
    part = min(1.0, float(np.sqrt(width * height / (across * down))))
    return max(1, int(part * down + 0.5)), max(1, int(part * across + 0.5))


def constants(values: Values, before: Size) -> Constants:
    """From the unit square to the four corners, Heckbert 1989 (Fundamentals of Texture Mapping, 2.2.3)."""
    height, width = before
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = read(values["corners"]) * np.array([width, height]) / 100.0
    right, down, over = (x1 - x2, y1 - y2), (x3 - x2, y3 - y2), (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3)
    area = right[0] * down[1] - right[1] * down[0]
    g = (over[0] * down[1] - over[1] * down[0]) / area
    h = (right[0] * over[1] - right[1] * over[0]) / area
    return x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h


def spread(place: Place, frame: Frame, constants: Constants) -> Place:
    """The place in the quadrilateral of one in the result."""
    n = constants
    u, v = place[0] / frame[2], place[1] / frame[3]
    depth = 1.0 / maximum(n[6] * u + n[7] * v + 1.0, NEAREST)
    return (n[0] * u + n[1] * v + n[2]) * depth, (n[3] * u + n[4] * v + n[5]) * depth


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The homography through four pairs of points, from eight linear equations.

    Hartley and Zisserman, Multiple View Geometry (2nd edition, 4.1), the last element of the matrix being 1.
    """
    height, width = colour.shape[:2]
    numbers = np.array(values["corners"].replace(";", " ").strip("[]").split(), np.float64).reshape(4, 2)
    if np.array_equal(numbers.ravel(), [0, 0, 100, 0, 100, 100, 0, 100]):
        return colour, alpha
    corners = numbers * [width / 100.0, height / 100.0]
    wide, high = width, height
    if values["canvas"] == 0.0:
        lengths = np.abs(np.diff(corners[[0, 1, 2, 3, 0]] @ [1.0, 1.0j]))
        mean = (lengths[:2] + lengths[2:]) / 2.0
        mean *= min(1.0, (width * height / mean.prod()) ** 0.5)
        wide, high = (max(1, int(np.floor(side + 0.5))) for side in mean)
    equations, sides = [], []
    for (u, v), (x, y) in zip([(0, 0), (wide, 0), (wide, high), (0, high)], corners, strict=True):
        equations += [[u, v, 1, 0, 0, 0, -u * x, -v * x], [0, 0, 0, u, v, 1, -u * y, -v * y]]
        sides += [x, y]
    matrix = np.append(np.linalg.solve(np.array(equations, np.float64), sides), 1.0).reshape(3, 3)
    v, u = np.mgrid[0.5:high, 0.5:wide]
    x, y, w = np.tensordot(matrix, np.stack([u, v, np.ones_like(u)]), axes=1)
    return sampled(colour, alpha, x / w, y / w, KERNELS[int(values["kernel"])], BORDERS[int(values["border"])])


FILTER = Filter(
    name="four-corners",
    group="geometry",
    help="Makes a rectangle of what lies between four corners, such as a facade, a page or a painting seen from the "
    "side. Lines along its sides become upright and level.",
    light="linear",
    kind=Warp(
        function=spread,
        constants=constants,
        sized=size,
        kernel=lambda values: KERNELS[int(values["kernel"])],
        beyond=lambda values: BORDERS[int(values["border"])],
    ),
    oracle=oracle,
    parameters=(
        Text(
            name="corners",
            default="[5 0; 95 0; 100 100; 0 100]",
            allowed=f"four corners in percent, such as {WHOLE}, from {LOW:g} to {HIGH:g}",
            read=read,
            form="corners",
            examples=(
                WHOLE,
                "10 5; 90 20; 80 85; 0 100",
                "[-20 0; 120 -10; 150 140; -50 100]",
                "[100 0; 100 100; 0 100; 0 0]",
                "[30 30; 40 30; 45 45; 30 40]",
            ),
            help="The upper left, upper right, lower right and lower left corner, each as percent of the picture's "
            "width and height; they become the corners of the result.",
        ),
        Choice(
            name="canvas",
            choices=CANVASES,
            default=0.0,
            help="fit is as large as the sides are in the picture, with no more pixels than that has; keep has the "
            "size as it was.",
        ),
        BORDER,
        INTERPOLATION,
    ),
    neutral={"corners": WHOLE},
    example="four-corners:corners=[10 0; 90 0; 100 100; 0 100]",
)
