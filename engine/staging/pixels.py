"""Functions of a pixel and its place: one stage on float32 planes that knows where in the picture it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.accuracy import after
from engine.kernels import Kernel
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft, padded

if TYPE_CHECKING:
    from engine.operation import Pointwise


def add_pixel(draft: Draft, operation: Pointwise) -> None:
    """The one stage of such a filter; a grey picture gets its colours here if the filter gives it some."""
    pixel, values = operation.pixel, operation.values
    draft.to_planes()
    if (draft.rows, draft.columns) != (Axis(draft.rows.size), Axis(draft.columns.size)):
        # The stage would count from the corner of the picture that this one is cut from.
        draft.add(Kernel("take"), "the rows that are kept")
    if draft.channels < 3 and pixel.on_grey == "coloured":
        draft.channels += 2
    planes = Form(draft.channels, SINGLE)
    draft.add(Kernel("pixel", pixel.function), operation.label, padded(pixel.constants(values)), target=planes)
    draft.span = after(operation, draft.span)
