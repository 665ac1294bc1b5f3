"""Difference of Gaussians: edges and detail of one size."""

from __future__ import annotations

from engine.filter import Combine, Constants, Filter, Floats, Separable, Series, Values, Window
from engine.filters import gaussian_blur, high_pass
from engine.parameters import Slider


def wider(values: Values) -> float:
    """The sigma that makes the second Gaussian of the first: variances add up."""
    return float(values["sigma"] * (values["ratio"] ** 2 - 1.0) ** 0.5)


def narrow_taps(values: Values, tail: float) -> Constants:
    """Of the first Gaussian."""
    return gaussian_blur.sampled(values["sigma"], tail)


def wide_taps(values: Values, tail: float) -> Constants:
    """Of what is left to the second."""
    return gaussian_blur.sampled(wider(values), tail)


def constants(values: Values) -> Constants:
    """What `high_pass.detail` takes."""
    return values["level"], values["amount"]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """level + amount (G(sigma) - G(ratio sigma)), as Marr and Hildreth 1980 (Proc. R. Soc. B 207) find edges.

    The second Gaussian is the first one blurred on. Alpha is that of the first.
    """
    narrow, weight = gaussian_blur.oracle(colour, alpha, {"sigma": values["sigma"]})
    wide, _ = gaussian_blur.oracle(narrow, weight, {"sigma": wider(values)})
    return values["level"] + values["amount"] * (narrow - wide), weight


FILTER = Filter(
    name="difference-of-gaussians",
    group="edges",
    help="Shows edges and detail of one size, and neither finer grain nor large shapes. Even areas take the level.",
    light="encoded",
    kind=Series(
        kinds=(
            Window(step=Separable(taps=narrow_taps, sigma=lambda values: values["sigma"]), alpha="premultiplied"),
            Window(
                step=Separable(taps=wide_taps, sigma=wider),
                alpha="premultiplied",
                combine=Combine(
                    function=high_pass.detail,
                    gain=lambda values: values["amount"],
                    constants=constants,
                    level=lambda values: values["level"],
                ),
            ),
        )
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=1.0,
            low=0.1,
            high=50.0,
            control=(0.5, 10.0),
            step=0.5,
            unit="px",
            help="The standard deviation of the narrow Gaussian: finer grain is left out.",
        ),
        Slider(
            name="ratio",
            default=1.6,
            low=1.01,
            high=5.0,
            control=(1.1, 4.0),
            step=0.1,
            help="How many times as wide the other Gaussian is: 1.6 comes near what the eye does.",
        ),
        Slider(
            name="amount",
            default=4.0,
            low=0.0,
            high=10.0,
            control=(0.0, 10.0),
            step=0.5,
            help="What the difference is multiplied by.",
        ),
        Slider(
            name="level",
            default=0.5,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.5,
            help="What even areas become: 0.5 shows both sides of an edge, 0 the lighter one alone.",
        ),
    ),
    example="difference-of-gaussians:sigma=1.5",
)
