"""What a compiled kernel is made from: its sources and all they import, so that an edit elsewhere leaves it good."""

import functools
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

from engine.kernels import Kernel
from engine.kernels.foreign import foreign_sources, is_ours

ENGINE = Path(__file__).parent.parent
FOLDERS = ("kernels", "filters")
ALWAYS = ("lowering", "linker", "native", "signature")
"""Modules of this folder that make every kernel."""
IMPORT = re.compile(r"^\s*(?:from|import) engine\.([\w.]+)(?: import ([\w, ]+))?", re.MULTILINE)


def made_from(kernel: Kernel) -> str:
    """A digest of the sources of a kernel's module, of its functions, and of all that these import."""
    digest = hashlib.sha256()
    kernels = [ENGINE / "kernels" / f"{module}.py" for module in (*ALWAYS, kernel.module)]
    foreign = foreign_sources(kernel.variant)
    ours = (*kernels, *_files(kernel.variant), *(path for text in foreign.values() for path in _imports_of(text)))
    for path in sorted(_closure(frozenset(ours))):
        digest.update(path.name.encode() + _read(path).encode())
    for name, text in sorted(foreign.items()):
        digest.update(name.encode() + text.encode())
    return digest.hexdigest()[:16]


def _files(variant: Any) -> Iterator[Path]:
    """Where the functions of a variant are from, of those that come with Safelight."""
    if isinstance(variant, tuple):
        for each in variant:
            yield from _files(each)
    elif isinstance(variant, FunctionType) and is_ours(variant.__module__):
        found = getattr(sys.modules.get(variant.__module__), "__file__", None)
        if found:
            yield Path(found)


@functools.cache
def _closure(paths: frozenset[Path]) -> frozenset[Path]:
    found: set[Path] = set()
    left = set(paths)
    while left:
        path = left.pop()
        found.add(path)
        left |= set(_imported(path)) - found
    return frozenset(found)


@functools.cache
def _imported(path: Path) -> tuple[Path, ...]:
    """Modules of the engine that hold code which kernels are made from."""
    return _imports_of(_read(path))


def _imports_of(text: str) -> tuple[Path, ...]:
    names = []
    for module, members in IMPORT.findall(text):
        names += [module, *(f"{module}.{member.strip()}" for member in members.split(","))]
    return tuple(_existing(names))


def _existing(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = ENGINE.joinpath(*name.split(".")).with_suffix(".py")
        if (path.parent.name in FOLDERS or name in ("light", "blends")) and path.is_file():
            yield path


@functools.cache
def _read(path: Path) -> str:
    return path.read_text()
