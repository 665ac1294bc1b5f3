"""Tone mapping: much light brought into the range of a screen, highlights gently."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import clip
from engine.parameters import Choice, Slider

SHOULDER, LINEAR, ANGLE, TOE, NUMERATOR, DENOMINATOR = 0.15, 0.5, 0.1, 0.2, 0.02, 0.3
"""The six numbers A to F of Hable (Uncharted 2: HDR lighting, Game Developers Conference 2010)."""


def bend(x: Any, constants: Constants) -> Any:
    """x (a x + b) / (x (d x + e) + 1), from no light to the white point."""
    light = clip(x, constants[0], constants[1])
    return (
        light * (light * constants[2] + constants[3]) / (light * (light * constants[4] + constants[5]) + constants[6])
    )


def constants(values: Values) -> Constants:
    """What `bend` takes; both curves are quotients of quadratics in the exposed light."""
    gain, white = 2.0 ** values["exposure"], values["white"]
    if values["curve"] == 0.0:
        a, b, d, e = 1.0 / white**2, 1.0, 0.0, 1.0
    else:
        # The toe's foot is taken away, which leaves no constant in the numerator.
        full, foot = TOE * DENOMINATOR, NUMERATOR / DENOMINATOR
        a, b = SHOULDER * (1.0 - foot) / full, LINEAR * (ANGLE - foot) / full
        d, e = SHOULDER / full, LINEAR / full
        scale = (white * (white * d + e) + 1.0) / (white * (white * a + b))
        a, b = a * scale, b * scale
    return 0.0, white / gain, a * gain * gain, b * gain, d * gain * gain, e * gain, 1.0


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Reinhard et al. (Photographic tone reproduction for digital images, 2002), equation 4, for each channel.

    Or Hable's curve (2010) over its value at the white point. Light beyond no light and the white point counts as they.
    """
    white = values["white"]
    x = np.clip(colour * 2.0 ** values["exposure"], 0.0, white)
    if values["curve"] == 0.0:
        return x * (1.0 + x / white**2) / (1.0 + x), alpha

    def filmic(x: Any) -> Any:
        top, bottom = x * (0.15 * x + 0.10 * 0.50) + 0.20 * 0.02, x * (0.15 * x + 0.50) + 0.20 * 0.30
        return top / bottom - 0.02 / 0.30

    return filmic(x) / filmic(white), alpha


FILTER = Filter(
    name="tone-mapping",
    group="tone",
    help="Makes the picture lighter and bends its highlights so that they keep their detail. "
    "Light at the white point and above becomes white.",
    light="linear",
    kind=Table(curve=bend, constants=constants),
    oracle=oracle,
    parameters=(
        Choice(
            name="curve",
            choices=("reinhard", "filmic"),
            default=1.0,
            help="Reinhard's keeps the shadows as they are, the filmic one has the toe and the shoulder of film.",
        ),
        Slider(
            name="exposure",
            default=1.5,
            low=-10.0,
            high=10.0,
            control=(-3.0, 6.0),
            step=0.1,
            unit="stops",
            help="Stops of light added before.",
        ),
        Slider(
            name="white",
            default=4.0,
            low=0.5,
            high=1000.0,
            control=(1.0, 16.0),
            step=0.1,
            scale="log",
            help="The light that becomes white, after the exposure: 1 is what was white without any.",
        ),
    ),
    example="tone-mapping:curve=filmic,exposure=2,white=4",
)
