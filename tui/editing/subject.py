"""Which values of which step are edited, and as what. It changes none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.mix import NAMES, setting

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Stack, Step

Size = tuple[int, int]
"""Height and width in pixels."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Values of one step of a stack that are one thing together."""

    stack: Stack
    step: int
    form: str
    """What they are, such as `curve`: the name of the editor for it."""
    names: tuple[str, ...]
    size: Size = (2, 3)
    """Of the picture before the step."""

    @property
    def edited(self) -> Step:
        """The step as it was before."""
        return self.stack.steps[self.step]

    def parameter(self, name: str) -> Parameter:
        """One of the step's parameters, or of how it is laid over the picture before."""
        return setting(name) if name in NAMES else self.edited.declaration.parameter(name)

    def value(self, name: str) -> Value:
        """What it was before."""
        return self.edited.given.get(name, self.parameter(name).default)


def form_of(step: Step, name: str) -> tuple[str, tuple[str, ...]]:
    """What a parameter of a step is, and all the parameters that are this together."""
    if name in NAMES:
        return getattr(setting(name), "form", ""), (name,)
    declared = step.declaration
    for form, names in declared.forms.items():
        if name in names:
            return form, names
    parameter = declared.parameter(name)
    return getattr(parameter, "form", "") or parameter.kind, (name,)
