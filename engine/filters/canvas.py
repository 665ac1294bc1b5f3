"""Canvas: a border around the picture."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Filter, Floats, Size, Values
from engine.kinds.canvas import Canvas
from engine.light import LUMINANCE, SRGB, decode, encode
from engine.parameters import Choice, Colour, Slider
from engine.parameters.colour import components

FILLS = ("colour", "transparent", "edge")


def width(values: Values, size: Size) -> int:
    """In whole pixels."""
    return int(values["size"] + min(size) * values["percent"] / 100.0 + 0.5)


def pixel(values: Values, channels: int) -> tuple[float, ...] | None:
    """Code values; a grey picture gets the grey that is as bright."""
    fill = FILLS[int(values["fill"])]
    if fill == "edge":
        return None
    colours: tuple[float, ...] = components(values["colour"])
    if channels < 3:
        light = sum(part * decode(each, SRGB.decoding()) for part, each in zip(LUMINANCE, colours, strict=True))
        colours = (float(encode(light, SRGB.encoding())),)
    return colours if channels % 2 else (*colours, float(fill != "transparent"))


def check(values: Values) -> None:
    """One way of telling the size."""
    if values["size"] and values["percent"]:
        raise SpecError("canvas: give either size or percent; the other stays at 0.")


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """NumPy's padding; the grey of a colour is that of its light (IEC 61966-2-1, ITU-R BT.709-6)."""
    height, columns = colour.shape[:2]
    around = int(np.floor(values["size"] + min(height, columns) * values["percent"] / 100.0 + 0.5))
    sides = ((around, around), (around, around))
    if values["fill"] == 2.0:
        made = np.pad(colour, (*sides, (0, 0)), mode="edge")
        return made, None if alpha is None else np.pad(alpha, sides, mode="edge")
    code = np.array([int(values["colour"]) >> shift & 255 for shift in (16, 8, 0)]) / 255.0
    if colour.shape[2] == 1:
        light = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        code = np.array([12.92 * light if light <= 0.0031308 else 1.055 * light ** (1.0 / 2.4) - 0.055])
    planes = [np.pad(colour[..., k], sides, mode="constant", constant_values=code[k]) for k in range(colour.shape[2])]
    cover = 0.0 if values["fill"] == 1.0 else 1.0
    return np.dstack(planes), None if alpha is None else np.pad(alpha, sides, mode="constant", constant_values=cover)


FILTER = Filter(
    name="canvas",
    group="geometry",
    help="Puts a border around the picture, which becomes larger by it. The picture itself is not changed.",
    light="encoded",
    kind=Canvas(width=width, pixel=pixel),
    oracle=oracle,
    parameters=(
        Slider(
            name="size",
            default=0.0,
            low=0.0,
            high=5000.0,
            control=(0.0, 500.0),
            step=10.0,
            unit="px",
            help="How wide the border is on every side, rounded to whole pixels.",
        ),
        Slider(
            name="percent",
            default=0.0,
            low=0.0,
            high=100.0,
            control=(0.0, 25.0),
            step=1.0,
            unit="%",
            help="The same as a part of the picture's shorter side, in place of size.",
        ),
        Choice(
            name="fill",
            choices=FILLS,
            default=0.0,
            help="What the border is made of: one colour, nothing (where the picture has alpha), or the picture's edge "
            "pixels repeated.",
        ),
        Colour(name="colour", default=0xFFFFFF, help="The border's colour; a grey picture gets a grey as bright."),
    ),
    neutral={"size": 0.0, "percent": 0.0},
    check=check,
    example="canvas:percent=5,colour=#202020",
)
