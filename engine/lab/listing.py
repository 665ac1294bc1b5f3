"""The code that a strategy ran, as text. It runs none of it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Listing:
    """One function, class or file."""

    where: str
    """Module and name."""
    language: str
    text: str


def listing(place: str) -> Listing:
    """The source of `module:name`, or of `module:file.c` beside the module."""
    module, name = place.split(":")
    found = import_module(module)
    if name.endswith(".c"):
        path = Path(str(found.__file__)).with_name(name)
        return Listing(str(Path(*module.split(".")[:-1], name)), "c", path.read_text(encoding="utf-8"))
    return Listing(f"{module}.{name}", "python", inspect.getsource(reduce(getattr, name.split("."), found)))
