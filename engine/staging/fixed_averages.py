"""Weighted averages of neighbours in 16-bit arithmetic, for 8-bit pictures whose result allows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import Span, after, gain
from engine.filter import Constants, Separable
from engine.kernels import Kernel
from engine.plan import Form
from engine.staging.draft import Draft
from engine.staging.fixed import TOP, is_enough, to_fixed
from engine.staging.padding import padded
from engine.staging.sharpening import sharpening

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Floats
    from engine.operation import Neighbours, Operation

WHOLE = 65536
"""What weights add up to."""
ROUNDED = 0.5
"""Codes that going to 16 bits costs, and that coming back costs."""
LEAST = 2.0
"""Codes that may be wrong, or weights need not be looked at."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The centre's weight, then those of pairs of neighbours, in 65536ths; and what to add, as products are cut off."""

    numbers: NDArray[np.int64]
    bias: int
    error: float
    """Codes that two directions may be off, at most."""

    @property
    def reach(self) -> int:
        """Pixels to each side."""
        return self.numbers.size - 1

    def dressed(self) -> NDArray[np.float32]:
        """Bias and weights as a kernel takes them."""
        return twice(np.array([self.bias, *self.numbers]))


def twice(numbers: NDArray[np.int64]) -> NDArray[np.float32]:
    """Each number twice in 32 bits, dressed as float32."""
    return (numbers.astype(np.uint32) * np.uint32(WHOLE + 1)).view(np.float32)


def whole(exact: Floats) -> NDArray[np.int64]:
    """Numbers that add up to 65536 as whole ones that do: those with the largest remainders are rounded up."""
    numbers = np.floor(exact).astype(np.int64)
    numbers[np.argsort(numbers - exact, kind="stable")[: WHOLE - int(numbers.sum())]] += 1
    return numbers


def whole_weights(taps: Constants) -> Weights:
    """Taps that weigh 1 as 65536ths."""
    exact = np.array(taps) * WHOLE
    exact[1:] *= 2.0
    numbers = whole(exact)
    if numbers[0] >= WHOLE:
        numbers[:2] = WHOLE - 1, 1
    numbers = np.trim_zeros(numbers, "b")
    lost = np.append(exact[numbers.size :], exact[: numbers.size] - numbers)
    # Each product loses less than 1, which the bias halves; a mean may be half too much; weights are what they are.
    products = int(np.count_nonzero(numbers))
    bias = products // 2
    one_way = max(products - bias, bias + 0.5) + 0.5 * float(np.abs(lost).sum())
    return Weights(numbers, bias, 2.0 * one_way)


def fixed_weights(draft: Draft, operation: Neighbours) -> Weights | None:
    """The weights for 16-bit arithmetic, or None where its error, or that of a tail left out for it, would show."""
    step, span = operation.window.step, draft.behind_curves()
    assert isinstance(step, Separable)
    if not is_enough(draft, LEAST):
        return None
    rounded, sharp = ROUNDED * after(operation, span).width / span.width, sharpening(operation, span)
    if sharp is not None:
        rounded = max(rounded, sharp.error / span.width)
    allowed = draft.tolerance - (ROUNDED + rounded / max(gain(operation), 0.01)) / TOP
    for share in (0.75, 0.5, 0.25):
        if allowed <= 0.0:
            break
        weights = whole_weights(step.taps(operation.values, share * allowed))
        if weights.error / TOP <= (1.0 - share) * allowed:
            return weights
    return None


def add_fixed(draft: Draft, operation: Neighbours, following: list[Operation], weights: Weights) -> None:
    """The stages of a separable convolution of 16-bit codes, combined with its source if the filter asks."""
    combine, reach = operation.window.combine, weights.reach
    if draft.is_wide:
        to_fixed(draft)
    draft.cut_before(reach)
    span = to_fixed(draft)
    draft.take()
    behind = after(operation, span)
    codes = Form(1, draft.channels * (2 if following else 1))
    label, scratch = f"{operation.label}, reach {reach} px", 6 * draft.channels
    if combine is None and not following and span != Span(0.0, 1.0):
        codes = Form(1, 2 * draft.channels)
    sharp = None if following else sharpening(operation, span)
    if combine is None:
        draft.add(Kernel("fixed_separable"), label, weights.dressed(), reach=reach, target=codes, scratch=scratch)
    elif sharp is not None:
        inputs = np.append(twice(sharp.numbers), weights.dressed())
        draft.add(Kernel("fixed_sharpened"), label, inputs, reach=reach, target=codes, scratch=scratch)
    else:
        scale = (span.width / TOP, span.low, *_back(behind if following else None))
        constants = np.append(padded(combine.constants(operation.values)), scale).astype(np.float32)
        inputs = np.append(constants, weights.dressed())
        kernel = Kernel("fixed_combined", combine.function)
        draft.add(kernel, label, inputs, reach=reach, target=codes, scratch=scratch)
    draft.fixed = None if codes == draft.pixels else behind
    draft.span = behind


def _back(span: Span | None) -> tuple[float, float]:
    """Factor and offset from values to codes of 8 bits, or to those for a span; both are cut off."""
    if span is None:
        return 255.0, 0.5
    return TOP / span.width, 0.5 - span.low * TOP / span.width
