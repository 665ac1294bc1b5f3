"""Safelight's engine: filters on threads that run in parallel. Importing it loads nothing; its names do."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.library import apply
    from engine.stack import Stack

__all__ = ["Stack", "apply"]

HOMES = {"apply": "engine.library", "Stack": "engine.stack"}


def __getattr__(name: str) -> Any:
    """The public names, loaded when first used."""
    if name not in HOMES:
        raise AttributeError(f"engine has no {name!r}; it has: {', '.join(HOMES)}.")
    return getattr(importlib.import_module(HOMES[name]), name)
