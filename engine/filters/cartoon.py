"""Cartoon: even areas of few tones with dark outlines."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import (
    Bilateral,
    Colours,
    Constants,
    Filter,
    Floats,
    Local,
    Matrix,
    Separable,
    Series,
    Values,
    Window,
)
from engine.filters import bilateral, gaussian_blur, shadows_highlights
from engine.kernels.elementary import clip, floor
from engine.light import LUMINANCE
from engine.parameters import Slider

RADIUS, COLOUR, SPACE = 4, 0.2, 3.0
"""Of the bilateral average."""
STEEPNESS = 4.0
"""How many times as steep as the tone itself steps between tones are: a quarter of each is slope."""
FAINTEST, DARKEST = 0.01, 0.05
"""How much darker than its surroundings a tone is where an outline begins, and where it is all there."""


def taps(values: Values, tail: float) -> Constants:
    """Of the surroundings of an outline."""
    return gaussian_blur.sampled(values["width"], tail)


def draw(colours: Colours, around: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Luma in steps, and darker where it is darker than around."""
    light, lighter, one, tones = constants[0], constants[1], constants[2], constants[3]
    steepness, slope, begin, strength = constants[4], constants[5], constants[6], constants[7]
    zero, half = one - one, one / (one + one)
    tone = light * colours[0] + lighter * colours[1] + (one - light - lighter) * colours[2]
    place_of = clip(tone, zero, one) * tones
    step = floor(place_of)
    within = clip((place_of - step - half) * steepness + half, zero, one)
    shift = (step + within - place_of) / tones
    ink = clip((around[0] - tone) * slope - begin, zero, one)
    left = one - strength * ink * ink * (one + one + one - ink - ink)
    return (colours[0] + shift) * left, (colours[1] + shift) * left, (colours[2] + shift) * left


def constants(values: Values) -> Constants:
    """What `draw` takes."""
    slope = 1.0 / (DARKEST - FAINTEST)
    return (*LUMINANCE[:2], 1.0, values["tones"] - 1.0, STEEPNESS, slope, FAINTEST * slope, values["outlines"])


def smoothing(values: Values) -> Values:
    """Of the bilateral average, as its own filter has them."""
    return {"radius": RADIUS, "sigma-colour": COLOUR, "sigma-space": SPACE}


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """(c + q(y) - y) (1 - outlines s), as Winnemoeller, Olsen and Gooch, Real-time video abstraction, 2006.

    c is the picture behind a bilateral average (radius 4, sigmas 0.2 and 3), y its Rec. 709 luma limited to 0..1. q
    makes as many tones of it as asked, a quarter of the way between two being a slope, three quarters level. With g,
    the luma blurred, t = (g - y - 0.01) / 0.04 limited to 0..1 and s = 3 t^2 - 2 t^3; y has no limits here. Alpha
    stays.
    """
    smooth, _ = bilateral.oracle(colour, alpha, smoothing(values))
    weights = np.array([0.2126, 0.7152, 0.0722]) if colour.shape[2] == 3 else np.ones(1)
    luma = (smooth @ weights)[..., np.newaxis]
    blurred, _ = gaussian_blur.oracle(luma, alpha, {"sigma": values["width"]})
    tones = values["tones"] - 1.0
    level = np.clip(luma, 0.0, 1.0) * tones
    part, whole = np.modf(level)
    stepped = whole + np.clip(4.0 * part - 1.5, 0.0, 1.0)
    t = np.clip((blurred - luma - 0.01) / 0.04, 0.0, 1.0)
    ink = 1.0 - values["outlines"] * (3.0 * t**2 - 2.0 * t**3)
    return (smooth + (stepped - level) / tones) * ink, alpha


FILTER = Filter(
    name="cartoon",
    group="look",
    help="Makes even areas of few tones, as drawn with a brush, and draws dark outlines around them. Colours stay.",
    light="encoded",
    kind=Series(
        kinds=(
            Window(
                step=Bilateral(radius=lambda _: RADIUS, colour=lambda _: COLOUR, space=lambda _: SPACE),
                alpha="straight",
            ),
            Local(
                inner=(
                    Matrix(rows=shadows_highlights.luma),
                    Window(step=Separable(taps=taps, sigma=lambda values: values["width"]), alpha="weighted"),
                ),
                function=draw,
                constants=constants,
                gain=lambda values: 2.0 + STEEPNESS + 3.0 * values["outlines"] / (DARKEST - FAINTEST),
            ),
        )
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="tones",
            default=6.0,
            low=2.0,
            high=32.0,
            control=(2.0, 16.0),
            step=1.0,
            whole=True,
            help="How many tones there are from black to white.",
        ),
        Slider(
            name="width",
            default=2.0,
            low=0.5,
            high=20.0,
            control=(0.5, 8.0),
            step=0.5,
            unit="px",
            help="How wide outlines are: the sigma of the Gaussian that tells tones from their surroundings.",
        ),
        Slider(
            name="outlines",
            default=0.9,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How dark outlines are: 0 draws none, 1 draws in black.",
        ),
    ),
    example="cartoon:tones=6,width=2",
)
