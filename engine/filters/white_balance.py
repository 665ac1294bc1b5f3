"""White balance: the picture as if its light had been neutral, by the Bradford transform from a light's colour."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.parameters import Slider

NEUTRAL = 6500.0
"""Kelvin of the light that needs no correction."""
TINT = 1e-4
"""Distance from the black-body line in CIE 1960 u, v (Duv, ANSI C78.377) for one step of tint."""
PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
"""x, y of Rec. 709 and sRGB (ITU-R BT.709-6)."""
D65 = (0.95047, 1.0, 1.08883)
"""X, Y, Z of the white of Rec. 709 and sRGB (ASTM E308)."""
BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
"""X, Y, Z to the responses of sharpened cones (Lam 1985; as in ICC.1:2022, annex E)."""


def rows(values: Values) -> Floats:
    """R, G, B to cones, each cone's response to the light scaled to that to the neutral light, and back."""
    cones = np.array(BRADFORD) @ _to_xyz()
    given = np.array(BRADFORD) @ _white(values["temperature"], values["tint"])
    wanted = np.array(BRADFORD) @ _white(NEUTRAL, 0.0)
    adapted = np.linalg.inv(cones) @ np.diag(wanted / given) @ cones
    return np.hstack([adapted, np.zeros((3, 1))])


def _to_xyz() -> Floats:
    """Linear R, G, B to X, Y, Z: the primaries, as much of each as makes white."""
    columns = np.array([(x / y, 1.0, (1.0 - x - y) / y) for x, y in PRIMARIES]).T
    return columns * np.linalg.solve(columns, np.array(D65))


def _white(temperature: float, tint: float) -> Floats:
    """X, Y, Z (Y = 1) of a light so many steps of tint above a black body, at a right angle to the line of those."""
    place, ahead = _black_body(temperature), _black_body(temperature + 0.01)
    along = (ahead - place) / np.hypot(*(ahead - place))
    u, v = place + TINT * tint * np.array([-along[1], along[0]]) * np.copysign(1.0, along[0])
    return np.array([1.5 * u / v, 1.0, (2.0 - 0.5 * u - 5.0 * v) / v])


def _black_body(temperature: float) -> Floats:
    """CIE 1960 u and v of a black body, 1,000 to 15,000 K within 9e-5 (Krystek 1985, Color Research 10, 38)."""
    powers = temperature ** np.arange(3.0)
    u = (powers @ (0.860117757, 1.54118254e-4, 1.28641212e-7)) / (powers @ (1.0, 8.42420235e-4, 7.08145163e-7))
    v = (powers @ (0.317398726, 4.22806245e-5, 4.20481691e-8)) / (powers @ (1.0, -2.89741816e-5, 1.61456053e-7))
    return np.array([u, v])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Colours in cone space divided by the light's, times the neutral light's; the tangent by calculus."""
    to_xyz = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    to_cones = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
    lights = []
    for kelvin, tint in ((values["temperature"], values["tint"]), (6500.0, 0.0)):
        up, slope = [], []
        for above, below in (
            ((0.860117757, 1.54118254e-4, 1.28641212e-7), (1.0, 8.42420235e-4, 7.08145163e-7)),
            ((0.317398726, 4.22806245e-5, 4.20481691e-8), (1.0, -2.89741816e-5, 1.61456053e-7)),
        ):
            p, q = np.polynomial.Polynomial(above), np.polynomial.Polynomial(below)
            up.append(p(kelvin) / q(kelvin))
            slope.append((p.deriv()(kelvin) * q(kelvin) - p(kelvin) * q.deriv()(kelvin)) / q(kelvin) ** 2)
        # Hotter bodies lie at smaller u, so the right angle that points up, to green, is (slope of v, - slope of u).
        u = up[0] + tint * 1e-4 * slope[1] / np.hypot(slope[0], slope[1])
        v = up[1] - tint * 1e-4 * slope[0] / np.hypot(slope[0], slope[1])
        x, y = 3.0 * u / (2.0 * u - 8.0 * v + 4.0), 2.0 * v / (2.0 * u - 8.0 * v + 4.0)
        lights.append(np.array(to_cones) @ np.array([x / y, 1.0, (1.0 - x - y) / y]))
    full = np.repeat(colour, 3, axis=2) if colour.shape[2] == 1 else colour
    cones = np.einsum("ij,jk,yxk->yxi", to_cones, to_xyz, full) * (lights[1] / lights[0])
    xyz = np.linalg.solve(np.array(to_cones), cones[..., np.newaxis])
    return np.linalg.solve(np.array(to_xyz), xyz)[..., 0], alpha


FILTER = Filter(
    name="white-balance",
    group="colour",
    help="Removes the colour of the light that a picture was taken in. Higher temperatures make it warmer.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Slider(
            name="temperature",
            default=NEUTRAL,
            low=2500.0,
            high=15000.0,
            control=(2500.0, 12000.0),
            step=100.0,
            scale="log",
            unit="K",
            help="Colour temperature of that light: 2850 is a light bulb, 5500 sun, 7500 shade; 6500 changes nothing.",
        ),
        Slider(
            name="tint",
            default=0.0,
            low=-100.0,
            high=100.0,
            control=(-100.0, 100.0),
            step=1.0,
            help="Above 0 removes green, as of fluorescent tubes, below 0 removes magenta.",
        ),
    ),
    neutral={"temperature": NEUTRAL, "tint": 0.0},
    example="white-balance:temperature=5200,tint=8",
)
