"""A stack as the panel shows it. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.values import StepRow

if TYPE_CHECKING:
    from engine.stack import Stack


def rows(stack: Stack, *, layers: bool = False) -> tuple[StepRow, ...]:
    """The stack as the panel shows it; how a step is laid over what is before it, where that is asked or not plain."""
    return tuple(
        StepRow(
            step.filter,
            step.on,
            (
                *zip(step.declaration.parameters, (value for _, value in step.values), strict=True),
                *(step.mix.settings() if not step.mix.plain or (layers and not step.declaration.resizes) else ()),
            ),
        )
        for step in stack.steps
    )
