"""What tells whether two processes run the very same Safelight. It imports nothing of it."""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import engine

LIBRARIES = ("numba", "numpy", "pillow", "simplejpeg")
"""Those that pixels and files come from: another version may make other bytes."""


@functools.cache
def sources() -> str:
    """A digest of every source file of the engine."""
    folder = Path(engine.__path__[0])
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def libraries() -> dict[str, str]:
    """The versions of the libraries that matter, empty for what is not installed as a package."""
    return {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
