"""Split toning: one colour for the shadows, another for the highlights."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip
from engine.light import LUMINANCE
from engine.parameters import Colour, Slider
from engine.parameters.colour import components


def tint(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Plus a colour without luma, strongest in the midtones, that goes from one to the other with the tone."""
    red, green, blue = colours
    zero, one, three, shift = constants[3], constants[4], constants[5], constants[6]
    tone = clip(constants[0] * red + constants[1] * green + constants[2] * blue, zero, one)
    t = clip(tone + shift, zero, one)
    light, amount = t * t * (three - t - t), tone * (one - tone)
    return (
        red + amount * (constants[7] + light * constants[10]),
        green + amount * (constants[8] + light * constants[11]),
        blue + amount * (constants[9] + light * constants[12]),
    )


def constants(values: Values) -> Constants:
    """What `tint` takes."""
    dark, light = (_without_luma(values[name]) * values["amount"] / 25.0 for name in ("shadows", "highlights"))
    return *LUMINANCE, 0.0, 1.0, 3.0, values["balance"] / 200.0, *dark, *(light - dark)


def _without_luma(colour: float) -> Floats:
    """Its distances from the grey that is as light."""
    codes = np.array(components(colour))
    return codes - codes @ LUMINANCE


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + 4 amount Y (1 - Y) ((1 - w) S + w H), Y being Rec. 709 luma, S and H the two colours less their own luma.

    w goes smoothly (3 t^2 - 2 t^3) from 0 to 1 as t = Y + balance / 2 does. So luma, black and white stay.
    """
    full = np.broadcast_to(colour, (*colour.shape[:2], 3))
    luma = np.clip(np.average(full, axis=2, weights=[2126, 7152, 722]), 0.0, 1.0)[..., np.newaxis]
    w = np.polyval([-2.0, 3.0, 0.0, 0.0], np.clip(luma + values["balance"] / 200.0, 0.0, 1.0))
    tints = []
    for name in ("shadows", "highlights"):
        codes = np.frombuffer(int(values[name]).to_bytes(3, "big"), np.uint8) / 255.0
        tints.append(codes - np.average(codes, weights=[2126, 7152, 722]))
    return full + values["amount"] / 25.0 * luma * (1.0 - luma) * ((1.0 - w) * tints[0] + w * tints[1]), alpha


FILTER = Filter(
    name="split-toning",
    group="colour",
    help="Gives the shadows one colour and the highlights another. Brightness, black and white stay as they are.",
    light="encoded",
    kind=Pixel(
        function=tint,
        gain=lambda values: 1.0 + values["amount"] / 100.0,
        constants=constants,
        colours=always,
    ),
    oracle=oracle,
    parameters=(
        Colour(name="shadows", default=0x1F5F7F, help="The colour that shadows turn to."),
        Colour(name="highlights", default=0xE0A040, help="The colour that highlights turn to."),
        Slider(
            name="balance",
            default=0.0,
            low=-100.0,
            high=100.0,
            control=(-100.0, 100.0),
            step=5.0,
            unit="%",
            help="Above 0 more tones count as highlights, below 0 as shadows.",
        ),
        Slider(
            name="amount",
            default=50.0,
            low=0.0,
            high=100.0,
            control=(0.0, 100.0),
            step=5.0,
            unit="%",
            help="How strong the colours become; at 100 mid grey takes on all of them.",
        ),
    ),
    neutral={"amount": 0.0},
    example="split-toning:amount=70",
)
