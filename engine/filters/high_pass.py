"""High-pass: fine detail alone, on mid grey."""

from __future__ import annotations

from engine.filter import Combine, Constants, Filter, Floats, Separable, Values, Window
from engine.filters import gaussian_blur, unsharp_mask
from engine.parameters import Slider

GREY = 0.5


def detail(blurred: Floats, source: Floats, constants: Constants) -> Floats:
    """What the blurred copy lacks, around grey."""
    return constants[0] + constants[1] * (source - blurred)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1/2 + amount (c - blurred); alpha stays."""
    blurred, _ = gaussian_blur.oracle(colour, alpha, {"sigma": values["radius"]})
    return 0.5 + values["amount"] * (colour - blurred), alpha


FILTER = Filter(
    name="high-pass",
    group="blur and sharpen",
    help="Leaves only fine detail, on mid grey. Laid over the picture as `blend=overlay` or `blend=soft-light` it "
    "sharpens.",
    light="encoded",
    kind=Window(
        step=Separable(taps=unsharp_mask.taps, sigma=lambda values: values["radius"]),
        alpha="premultiplied",
        combine=Combine(
            function=detail,
            gain=lambda values: values["amount"],
            constants=lambda values: (GREY, values["amount"]),
            level=lambda _: GREY,
        ),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=3.0,
            low=0.0,
            high=100.0,
            control=(0.0, 20.0),
            step=0.5,
            unit="px",
            help="The sigma of the Gaussian: detail smaller than this is left.",
        ),
        Slider(
            name="amount",
            default=1.0,
            low=0.0,
            high=10.0,
            control=(0.0, 4.0),
            step=0.1,
            help="How strong the detail is.",
        ),
    ),
    example="high-pass:radius=3",
)
