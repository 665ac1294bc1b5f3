"""Perspective: lines that run together are made parallel, or the other way round."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Constants, Filter, Floats, Size, Values
from engine.filters.rotate import BORDER, BORDERS, INTERPOLATION, KERNELS
from engine.kernels.elementary import maximum
from engine.kinds.warp import Frame, Place, Warp
from engine.parameters import Slider
from engine.sampling import sampled

LIMIT = 90.0
"""Percent that both keystones may have together: at 100 a corner would be infinitely far away."""
NEAREST = 1e-6
"""Of the denominator, which is above 0 within these limits."""


def constants(values: Values, before: Size) -> Constants:
    """What `project` takes."""
    return values["vertical"] / 100.0, values["horizontal"] / 100.0, 100.0 / values["scale"]


def project(place: Place, frame: Frame, constants: Constants) -> Place:
    """Coordinates from -1 to 1 divided by one that grows along the picture."""
    width, height = frame[0], frame[1]
    right, down = (2.0 * place[0] / width - 1.0) * constants[2], (2.0 * place[1] / height - 1.0) * constants[2]
    depth = 1.0 / maximum(1.0 - constants[0] * down - constants[1] * right, NEAREST)
    return (right * depth + 1.0) * 0.5 * width, (down * depth + 1.0) * 0.5 * height


def check(values: Values) -> None:
    """No corner may be infinitely far away."""
    if (abs(values["vertical"]) + abs(values["horizontal"])) * 100.0 / values["scale"] > LIMIT:
        raise SpecError(
            f"perspective: vertical and horizontal, without their signs, may be {LIMIT:g} % of scale together."
        )


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The homography as a 3 x 3 matrix between frames of which the middle is 0 and the sides are at -1 and 1.

    Hartley and Zisserman, Multiple View Geometry (2nd edition, 2.3): places are (x, y, w), divided by w in the end.
    """
    height, width = colour.shape[:2]
    normal = np.array([[2.0 / width, 0.0, -1.0], [0.0, 2.0 / height, -1.0], [0.0, 0.0, 1.0]])
    bent = np.eye(3)
    bent[2, :2] = -values["horizontal"] / 100.0, -values["vertical"] / 100.0
    scaled = np.diag([100.0 / values["scale"], 100.0 / values["scale"], 1.0])
    matrix = np.linalg.inv(normal) @ bent @ scaled @ normal
    y, x = np.mgrid[0.5:height, 0.5:width]
    across, down, depth = np.einsum("ij,jyx->iyx", matrix, np.stack([x, y, np.ones_like(x)]))
    name = KERNELS[int(values["kernel"])]
    return sampled(colour, alpha, across / depth, down / depth, name, BORDERS[int(values["border"])])


def keystone(name: str, what: str) -> Slider:
    """How strongly lines run together."""
    return Slider(
        name=name,
        default=0.0,
        low=-80.0,
        high=80.0,
        control=(-40.0, 40.0),
        step=1.0,
        unit="%",
        help=f"{what}; below 0 the other way round.",
    )


FILTER = Filter(
    name="perspective",
    group="geometry",
    help="Makes lines parallel that run together because the camera was tilted. Houses that fall backwards stand "
    "upright again.",
    light="linear",
    kind=Warp(
        function=project,
        constants=constants,
        kernel=lambda values: KERNELS[int(values["kernel"])],
        beyond=lambda values: BORDERS[int(values["border"])],
    ),
    oracle=oracle,
    parameters=(
        keystone("vertical", "Draws the upper edge apart and the lower one together"),
        keystone("horizontal", "Draws the left edge apart and the right one together"),
        Slider(
            name="scale",
            default=100.0,
            low=50.0,
            high=200.0,
            control=(80.0, 150.0),
            step=1.0,
            unit="%",
            help="Enlarges the result, to leave out empty corners, or makes it smaller, to show more of the picture.",
        ),
        BORDER,
        INTERPOLATION,
    ),
    neutral={"vertical": 0.0, "horizontal": 0.0, "scale": 100.0},
    check=check,
    example="perspective:vertical=20,scale=110",
)
