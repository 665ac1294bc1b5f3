"""Interleaved 16-bit codes for the values of a span: how 8-bit pictures get there, and on to planes or to 8 bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import Span
from engine.kernels import Kernel
from engine.kernels.elementary import line
from engine.operation import Curve
from engine.plan import Form
from engine.staging import tables
from engine.staging.program import scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Floats
    from engine.staging.draft import Draft

TOP = 65535
BYTES = 257
"""16-bit codes in one 8-bit code."""
SINGLE = 4
NARROWEST = 1e-3
"""A span narrower than this, as of a picture without contrast, is not worth it."""
BESIDE = 1e-3
"""Of a span, kept on both sides, as it is known by samples."""


def is_enough(draft: Draft, codes: float) -> bool:
    """Whether 16-bit codes do for an 8-bit picture, if so many may be wrong."""
    narrow = draft.behind_curves().width < NARROWEST
    return draft.dtype == "uint8" and not (draft.has_alpha or narrow) and draft.tolerance * TOP >= codes


def to_fixed(draft: Draft) -> Span:
    """The picture as 16-bit codes, whatever it was; what they stand for."""
    pixels = Form(1, 2 * draft.channels)
    if draft.is_codes:
        span = _widen(draft, pixels)
    elif draft.fixed is None:
        span = _quantise(draft)
    elif draft.curves:
        values, span = _scaled(tabulate(draft.fixed, draft.curves))
        draft.add(Kernel("translate", np.uint16), tables.labels(draft.curves), _dressed(values, np.uint16))
    else:
        span = draft.fixed
    draft.span = draft.behind_curves()
    draft.curves, draft.fixed = [], span
    return span


def to_numbers(draft: Draft, span: Span) -> None:
    """16-bit codes count as what they stand for; the curves that wait are a spline, or one table to float32 planes."""
    curves, behind = draft.curves, draft.behind_curves()
    draft.curves, draft.fixed = [], None
    meaning = Curve(line, (span.width, span.low), "values of codes")
    draft.program.append(scale(meaning))
    if curves and not draft.follow(curves):
        draft.program.pop()
        values = tabulate(span, curves)
        label = f"codes to float32 planes through one table: {tables.labels(curves)}"
        planes = Form(draft.channels, SINGLE)
        draft.add(Kernel("load_table", np.uint16), label, np.concatenate([values, values]), target=planes)
    draft.span = behind


def to_codes(draft: Draft, span: Span) -> None:
    """16-bit codes become 8-bit codes, clipped and rounded, through one table of the curves that wait."""
    rounded = np.floor(np.clip(tabulate(span, draft.curves), 0.0, 1.0) * 255.0 + 0.5)
    label = tables.labels(draft.curves) or "to 8 bits"
    draft.add(Kernel("translate", np.uint8), label, _dressed(rounded, np.uint8), target=Form(1, draft.channels))


def _widen(draft: Draft, pixels: Form) -> Span:
    """8-bit codes through a table, unless that is a line over all of full scale, which needs none."""
    values, span = _scaled(tables.tabulate(draft.curves, 255))
    label = tables.labels(draft.curves) or "codes of 8 bits to 16"
    if np.array_equal(values, np.arange(256) * BYTES):
        draft.add(Kernel("widen"), label, target=pixels)
    else:
        both = np.concatenate([values % 256, values // 256])
        draft.add(Kernel("widen_table"), label, _dressed(both, np.uint8), target=pixels, scratch=2 * draft.channels)
    return span


def _quantise(draft: Draft) -> Span:
    """Float32 numbers as codes for all that they may be."""
    beside = BESIDE * draft.span.width
    span = Span(draft.span.low - beside, draft.span.high + beside)
    inverse = Curve(line, (1.0 / span.width, -span.low / span.width), "codes for values")
    draft.program.append(scale(inverse))
    draft.to_16_bits()
    return span


def tabulate(span: Span, curves: list[Curve]) -> Floats:
    """What each 16-bit code becomes."""
    values: Floats = np.linspace(span.low, span.high, TOP + 1)
    for curve in curves:
        values = curve.function(values, curve.constants)
    return values


def _scaled(values: Floats) -> tuple[Floats, Span]:
    """Values as 16-bit codes, and what these stand for."""
    span = Span(float(values.min()), float(values.max()))
    return np.floor((values - span.low) * (TOP / max(span.width, 1e-30)) + 0.5), span


def _dressed(codes: Floats, kind: type[np.uint8 | np.uint16]) -> NDArray[np.float32]:
    return codes.astype(kind).view(np.float32)
