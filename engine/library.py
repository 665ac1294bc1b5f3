"""Safelight as a library: pixels in, pixels out, on threads that run in parallel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import ImageError
from engine.light import SRGB, ToneCurve
from engine.plan import LightMode
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.cpu import available_workers
from engine.run.rendering import Rendering
from engine.run.together import render
from engine.stack import Stack

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEPTHS = ("uint8", "uint16", "float32")


def apply(
    pixels: NDArray[Any],
    stack: Stack | Iterable[str],
    *,
    workers: int | None = None,
    light: LightMode = "linear",
    tone: ToneCurve = SRGB,
    out: NDArray[Any] | None = None,
) -> NDArray[Any]:
    """The picture after a stack of filters; `pixels` is never changed.

    `pixels` is H x W (grey), H x W x 2 (grey and alpha), x 3 (R, G, B) or x 4, of uint8, uint16 (full range) or float32
    (0 to 1, and beyond). Values are code values with the tone curve `tone`; colour is straight, not premultiplied.
    The result has the same depth and layout, unless a filter such as sepia colours a grey picture: then it has two
    channels more. Integer results are clipped and rounded half up; float32 results are neither. `out`, C-contiguous and
    of the result's shape and depth, takes the result. `workers` defaults to the processors that this process may use.

    Raises SpecError for the stack and ImageError for the arrays.
    """
    steps = stack if isinstance(stack, Stack) else Stack.parse(stack)
    if pixels.dtype.name not in DEPTHS or not pixels.dtype.isnative:
        raise ImageError(f"Pixels must be uint8, uint16 or float32 in native byte order, not {pixels.dtype}.")
    flat = pixels.ndim == 2
    if pixels.ndim not in (2, 3) or (not flat and pixels.shape[2] > 4) or 0 in pixels.shape:
        raise ImageError(f"Pixels must be H x W, H x W or H x W x 1 to 4, not {' x '.join(map(str, pixels.shape))}.")
    source = np.ascontiguousarray(pixels[..., np.newaxis] if flat else pixels)
    height, width, channels = source.shape
    plan = make_plan(steps, (height, width, channels), pixels.dtype.name, light=light, tone=tone)
    shape = plan.shape_out
    target = np.empty(shape, pixels.dtype) if out is None else _checked(out, shape, pixels)
    render(Rendering(plan, compiler(), source, target), available_workers() if workers is None else max(1, workers))
    if out is not None:
        return out
    return target[..., 0] if flat and plan.channels_out == 1 else target


def _checked(out: NDArray[Any], shape: tuple[int, int, int], pixels: NDArray[Any]) -> NDArray[Any]:
    """`out` as H x W x C, if the result may be written there."""
    full = out[..., np.newaxis] if out.ndim == 2 else out
    if full.shape != shape or out.dtype != pixels.dtype:
        raise ImageError(f"out must be {' x '.join(map(str, shape))} {pixels.dtype}, not {out.shape} {out.dtype}.")
    if not out.flags.c_contiguous or not out.flags.writeable:
        raise ImageError("out must be C-contiguous and writable.")
    if np.may_share_memory(out, pixels):
        raise ImageError("out must not share memory with the pixels: the input is never changed.")
    return full
