"""Pixels of a colour profile as pixels of sRGB, at their own depth. Tables of colours at 16 bits are not converted."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.files.profile import fits, srgb_transform
from engine.files.tone import tags_of
from engine.image import Pixels
from engine.light import SRGB, ToneCurve

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

Values: TypeAlias = npt.NDArray[np.float64]
Curve: TypeAlias = Callable[[Values], Values]

D50 = np.array((0.9642, 1.0, 0.8249))
"""The white of the profile connection space (ICC.1:2022, 7.2.16)."""
FROM_SRGB = np.array(
    (
        (0.4360412516, 0.3851129108, 0.1430458376),
        (0.2224845402, 0.7169050786, 0.0606103812),
        (0.0139201875, 0.0970672387, 0.7139125738),
    )
)
"""Linear sRGB (IEC 61966-2-1) to XYZ at D50, adapted by Bradford (ICC.1:2022, annex E)."""
EIGHT = 8
OFF_WHITE = 0.005
"""How far the white of rounded colorants may lie from that of the connection space."""
BAND_BYTES = 1 << 18
"""Of pixels that are converted together."""
WORK = BAND_BYTES * 8 * 12 + (1 << 20)
"""Bytes of memory that converting takes at most beside its result: a dozen bands of doubles, and tables."""
CONNECTION_AT = 20
PARAMETERS = (1, 3, 4, 5, 7)
"""How many each type of parametric curve has (ICC.1:2022, table 68)."""


def converts(icc: bytes, depth: int, channels: int) -> bool:
    """Whether pixels of so many bits a channel can be converted without losing any of them."""
    if not fits(icc, channels):
        return False
    space = "L" if channels <= 2 else "RGB"
    return _model(icc, channels) is not None or (depth == EIGHT and srgb_transform(space, icc) is not None)


def to_srgb(pixels: Pixels, icc: bytes) -> Pixels:
    """New pixels of the same shape and dtype, alpha as it was; for profiles that `converts` allows.

    Whole numbers are clipped to what sRGB holds, floats are not.
    """
    model = _model(icc, pixels.shape[2])
    # Little CMS is quicker with colours of 8 bits, yet one and a half levels off in dark greys.
    quick = pixels.itemsize == 1 and (model is None or pixels.shape[2] > 2)
    transform = srgb_transform("L" if pixels.shape[2] <= 2 else "RGB", icc) if quick else None
    if transform is not None:
        convert = _by_little_cms(pixels, transform)
    else:
        # Little CMS refuses some profiles whose curves are sound.
        assert model is not None
        convert = _by_model(pixels, *model)
    result = np.empty_like(pixels)
    rows = max(1, BAND_BYTES // pixels[0].nbytes)
    for top in range(0, len(pixels), rows):
        band = pixels[top : top + rows]
        colours = band[..., :-1] if pixels.shape[2] in (2, 4) else band
        result[top : top + rows, :, : colours.shape[2]] = convert(colours)
        result[top : top + rows, :, colours.shape[2] :] = band[..., colours.shape[2] :]
    return result


def _by_little_cms(pixels: Pixels, transform: ImageCmsTransform) -> Callable[[Pixels], Pixels]:
    from PIL import Image as Pillow

    grey = pixels.shape[2] <= 2

    def convert(colours: Pixels) -> Pixels:
        picture = Pillow.fromarray(np.ascontiguousarray(colours[..., 0] if grey else colours))
        converted = np.asarray(transform.apply(picture))
        return converted[..., 1:2] if grey else converted

    return convert


def _by_model(pixels: Pixels, curves: list[Curve], matrix: Values) -> Callable[[Pixels], Pixels]:
    levels = np.iinfo(pixels.dtype).max if pixels.dtype.kind == "u" else 0
    tables = [curve(np.arange(levels + 1) / levels) for curve in curves] if levels else []

    def convert(colours: Pixels) -> Pixels:
        light = np.empty(colours.shape, np.float64)
        for channel, curve in enumerate(curves):
            code = colours[..., channel]
            light[..., channel] = tables[channel][code] if levels else _odd(curve, code.astype(np.float64))
        code = _encoded(light @ matrix.T)
        return np.floor(np.clip(code, 0, 1) * levels + 0.5).astype(pixels.dtype) if levels else code.astype(np.float32)

    # Floats may be anything, and what becomes of the largest is not to be printed as a warning.
    return np.errstate(all="ignore")(convert)


def _model(icc: bytes, channels: int) -> tuple[list[Curve], Values] | None:
    """Curves to light, and the matrix from there to light in sRGB; None where colours are in tables or damaged."""
    tags = tags_of(icc)
    if any(name.startswith(b"A2B") for name in tags):
        return None
    try:
        if channels <= 2:
            return [_grey_curve(tags[b"kTRC"], icc)], np.ones((1, 1))
        columns = [struct.unpack_from(">3i", tags[name], 8) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
        curves = [_curve(tags[name]) for name in (b"rTRC", b"gTRC", b"bTRC")]
    except (KeyError, ValueError, struct.error):
        return None
    colorants = np.array(columns, np.float64).T / 65536
    white = colorants.sum(axis=1)
    if np.all(np.abs(white - D50) <= OFF_WHITE):
        # Colorants are rounded to 16 bits; white has to stay white.
        colorants *= (D50 / white)[:, None]
    return curves, np.linalg.solve(FROM_SRGB, colorants)


def _grey_curve(tag: bytes, icc: bytes) -> Curve:
    """To light also where the curve leads to lightness (ICC.1:2022, F.2; CIE 15, 8.2.1)."""
    curve = _curve(tag)
    if icc[CONNECTION_AT : CONNECTION_AT + 4] != b"Lab ":
        return curve

    def lightness(code: Values) -> Values:
        value = (100 * curve(code) + 16) / 116
        light: Values = np.where(value > 6 / 29, value**3, (value - 4 / 29) * 3 * (6 / 29) ** 2)
        return light

    return lightness


def _curve(tag: bytes) -> Curve:
    """A tone curve from 0 to 1 (ICC.1:2022, 10.6 and 10.18); ValueError or struct.error for anything else."""
    kind, first = struct.unpack_from(">4s4xI", tag)
    if kind == b"para" and first >> 16 < len(PARAMETERS):
        count = PARAMETERS[first >> 16]
        return _parametric(first >> 16, *(value / 65536 for value in struct.unpack_from(f">{count}i", tag, 12)))
    if kind != b"curv":
        raise ValueError("it is no curve")
    if first == 0:
        return lambda code: code
    if first == 1:
        gamma = struct.unpack_from(">H", tag, 12)[0] / 256
        return lambda code: code**gamma
    if first > (len(tag) - 12) // 2:
        raise ValueError("its curve is cut short")
    table = np.frombuffer(tag, ">u2", first, 12) / 65535
    return lambda code: _sampled(code, table)


def _sampled(code: Values, table: Values) -> Values:
    """Straight between the samples, and on beyond the last."""
    steps = len(table) - 1
    beyond = np.maximum(code - 1, 0) * ((table[-1] - table[-2]) * steps)
    light: Values = np.interp(code * steps, np.arange(steps + 1), table) + beyond
    return light


def _parametric(
    kind: int, g: float, a: float = 1, b: float = 0, c: float = 0, d: float = 0, e: float = 0, f: float = 0
) -> Curve:
    if kind in (1, 2):
        # The straight part is the constant c.
        d, e, f, c = (-b / a if a else 0.0), c, c, 0.0
    if not 0 < g < 20:
        raise ValueError("its curve makes no sense")

    def curve(code: Values) -> Values:
        light: Values = np.where(code >= d, np.maximum(a * code + b, 0) ** g + e, c * code + f)
        return light

    return curve


def _odd(curve: Curve, code: Values) -> Values:
    light: Values = curve(np.abs(code)) * np.sign(code)
    return light


def _encoded(light: Values, tone: ToneCurve = SRGB) -> Values:
    """Light to the code values of sRGB, odd below 0."""
    size = np.abs(light)
    code = np.where(size > tone.c * tone.d, (np.maximum(size, 1e-9) ** (1 / tone.g) - tone.b) / tone.a, size / tone.c)
    encoded: Any = np.copysign(code, light)
    return np.asarray(encoded, np.float64)
