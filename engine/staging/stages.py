"""Every operation in turn becomes stages of a draft."""

from __future__ import annotations

from engine.accuracy import SMALL, after, tolerance
from engine.kernels import Kernel
from engine.operation import Affine, Curve, Cut, Operation, Pointwise, Resampled, Turned
from engine.plan import Form, Pass
from engine.staging import tables
from engine.staging.draft import SINGLE, Draft, padded
from engine.staging.geometry import add_resampling, add_turn
from engine.staging.pixels import add_pixel
from engine.staging.windows import add_window


def passes_for(operations: list[Operation], shape: tuple[int, int, int], dtype: str) -> tuple[tuple[Pass, ...], int]:
    """The passes for a picture of that shape, and the channels of the result."""
    draft = Draft(shape, dtype, tolerance(dtype, operations) if dtype in tables.TOPS else SMALL)
    for place, operation in enumerate(operations, start=1):
        if isinstance(operation, Curve):
            _curve(draft, operation)
        elif isinstance(operation, Affine):
            _matrix(draft, operation)
        elif isinstance(operation, Pointwise):
            add_pixel(draft, operation)
        elif isinstance(operation, Cut):
            draft.keep(operation.top, operation.left, operation.size)
        elif isinstance(operation, Turned):
            add_turn(draft, operation, operations[place:])
        elif isinstance(operation, Resampled):
            add_resampling(draft, operation, operations[place:])
        else:
            add_window(draft, operation, operations[place:])
    return draft.finish() if operations else (), draft.channels


def _curve(draft: Draft, curve: Curve) -> None:
    if not draft.is_wide:
        draft.curves.append(curve)
        return
    draft.to_planes()
    draft.add(Kernel("curve", curve.function), curve.label, padded(curve.constants))
    draft.span = after(curve, draft.span)


def _matrix(draft: Draft, affine: Affine) -> None:
    draft.to_planes()
    if draft.channels < 3 and affine.colours:
        draft.channels += 2
    planes = Form(draft.channels, SINGLE)
    draft.add(Kernel("matrix"), f"one matrix: {affine.label}", affine.rows[:3].ravel(), target=planes)
    draft.span = after(affine, draft.span)
