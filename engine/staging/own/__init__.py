"""Stages of the kinds in `engine.kinds`: a file for each, of the same name, with a function `add`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from engine.accuracy import after, thinned

if TYPE_CHECKING:
    from engine.operation import Operation, Own
    from engine.staging.draft import Draft


def add_own(draft: Draft, operation: Own, following: list[Operation]) -> None:
    """The stages of such an operation; `following` is what comes after it."""
    name = type(operation.kind).__module__.rpartition(".")[2]
    behind = after(operation, draft.behind_curves())
    importlib.import_module(f"{__name__}.{name}").add(draft, operation, following)
    draft.span = thinned(behind) if draft.has_alpha and operation.kind.thins(operation.values) else behind
