"""What functions of a person's own filters are made from: the sources they ran from, and what they look up there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any


def is_ours(module: str) -> bool:
    """Whether the module comes with Safelight."""
    return module.partition(".")[0] == __name__.partition(".")[0]


def foreign_sources(variant: Any) -> dict[str, str]:
    """Texts by name: modules of the functions of a variant and of those they call, and the numbers they look up."""
    found: dict[str, str] = {}
    left = list(_functions(variant))
    seen: set[FunctionType] = set()
    while left:
        function = left.pop()
        if function in seen or is_ours(function.__module__):
            continue
        seen.add(function)
        found[function.__module__] = _source(function.__module__)
        for name in _names(function.__code__):
            value = function.__globals__.get(name)
            # Functions that Numba was told of are wrapped.
            value = getattr(value, "py_func", value)
            if isinstance(value, FunctionType):
                left.append(value)
            elif isinstance(value, ModuleType) and not is_ours(value.__name__):
                found[value.__name__] = _source(value.__name__)
            elif isinstance(value, int | float | str | tuple):
                found[f"{function.__module__}:{name}"] = repr(value)
    return found


def fault(variant: Any, error: Exception) -> str:
    """Why a person's own filter cannot be compiled, with its file and line; empty if it is not one's own."""
    for function in _functions(variant):
        file = getattr(sys.modules.get(function.__module__), "__file__", None)
        if is_ours(function.__module__) or not file:
            continue
        found = re.search(rf'\n[^\n]*File "[^"\n]*{re.escape(os.path.basename(file))}", line (\d+)', str(error))
        told = str(error)[: found.start()] if found else str(error)
        lines = [line.strip() for line in told.splitlines() if line.strip()]
        place = f", line {found[1]}" if found else f", {function.__qualname__}"
        reason = lines[-1] if found and lines else (lines or [type(error).__name__])[0]
        return f"{file}{place} cannot be compiled: {reason.rstrip('.')}."
    return ""


def _functions(variant: Any) -> Iterator[FunctionType]:
    if isinstance(variant, tuple):
        for each in variant:
            yield from _functions(each)
    elif isinstance(variant, FunctionType):
        yield variant


def _names(code: CodeType) -> Iterator[str]:
    """What a function, and those inside it, look up by name."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)


def _source(module: str) -> str:
    """The text that a module ran from, which its loader may have kept; its file may say something else by now."""
    spec = getattr(sys.modules.get(module), "__spec__", None)
    get_source = getattr(spec.loader if spec is not None else None, "get_source", None)
    try:
        return (get_source(module) if get_source is not None else None) or ""
    except (ImportError, OSError):
        return ""
