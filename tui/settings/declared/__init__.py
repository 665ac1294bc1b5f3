"""Every setting there is: one file each, named as in `config.toml`."""

from __future__ import annotations

import importlib
from functools import cache

from tui.settings import Setting


@cache
def names() -> tuple[str, ...]:
    """Of all settings, in the order of the alphabet; none is imported."""
    import pkgutil

    return tuple(each.name for each in pkgutil.iter_modules(__path__))


@cache
def setting(name: str) -> Setting:
    """The one that the file of that name declares."""
    module = importlib.import_module(f"{__name__}.{name}")
    declared = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    (found,) = (each for each in declared if issubclass(each, Setting))
    return found(name)
