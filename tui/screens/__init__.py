"""The screens of the app and its dialogs. A walk over this folder finds those with keys of their own."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.screens.dialog import Dialog


def dialogs() -> tuple[type[Dialog[Any]], ...]:
    """Every dialog that has keys of its own, by their files' names. The first call imports them all."""
    from tui.screens.dialog import Dialog

    found = []
    for each in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{each.name}")
        own = [kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__]
        found += [kind for kind in own if issubclass(kind, Dialog) and "KEYS" in vars(kind)]
    return tuple(found)
