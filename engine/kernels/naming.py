"""File names for compiled stages: the same in every process, readable, never the same for different code."""

import hashlib
import re
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import Any

from engine.kernels import Kernel

LONGEST = 80
"""Characters of the part that is for people."""


def object_name(kernel: Kernel) -> str:
    """A file name without suffix; TypeError for a variant that cannot be told from others in another process.

    A variant is a function without a closure, a type, a whole number, a word, nothing, or a tuple of these. Functions
    are told apart by their code as well, which keeps functions without a name of their own from standing for others.
    """
    words = "-".join([kernel.module, *_words(kernel.variant)])
    digest = hashlib.sha256(repr((kernel.module, _identity(kernel.variant))).encode()).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9.-]+', '_', words)[:LONGEST]}-{digest[:16]}"


def _words(variant: Any) -> Iterator[str]:
    if isinstance(variant, tuple):
        for each in variant:
            yield from _words(each)
    elif isinstance(variant, FunctionType):
        yield f"{variant.__module__.rpartition('.')[2]}.{variant.__qualname__}"
    elif variant is not None:
        yield variant.__name__ if isinstance(variant, type) else str(variant)


def _identity(variant: Any) -> Any:
    if isinstance(variant, tuple):
        return tuple(map(_identity, variant))
    if isinstance(variant, type):
        return ("type", variant.__module__, variant.__qualname__)
    if isinstance(variant, FunctionType) and variant.__closure__ is None:
        where = (variant.__module__, variant.__qualname__)
        return ("function", *where, repr(variant.__defaults__), *_code(variant.__code__))
    if variant is None or isinstance(variant, int | str):
        return variant
    raise TypeError(f"A kernel's variant must be the same in every process: {variant!r} is not.")


def _code(code: CodeType) -> tuple[Any, ...]:
    constants = (_code(each) if isinstance(each, CodeType) else repr(each) for each in code.co_consts)
    return (code.co_code, code.co_names, *constants)
