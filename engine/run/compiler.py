"""The compiler of this process and its cache folder, made when first asked for: loading LLVM takes a while."""

from __future__ import annotations

import atexit
import functools
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.places import cache_folder
from engine.run.warming import STAMP

if TYPE_CHECKING:
    from engine.kernels.compiled import Compiler

KEPT = 8
"""Compiled code of this many versions of the sources is kept: about a megabyte each."""
PROBE = bytes(1 << 16)
"""About what a compiled stage takes: a full disk shows only when something is written."""
_MAKING = threading.Lock()


def compiler() -> Compiler:
    """The one compiler of this process. The first call imports LLVM: never make it on an event loop."""
    with _MAKING:
        return _compiler()


def all_compiled() -> bool:
    """Whether every kernel is there, so that Numba is not loaded. The first call takes as long as `compiler`."""
    return (compiler().folder / STAMP).exists()


@functools.cache
def _compiler() -> Compiler:
    from engine.kernels.compiled import Compiler, salt
    from engine.kernels.linker import processor

    folder = kernel_folder(salt(), processor())
    return Compiler(folder, _others(folder))


def kernel_folder(salt: str, processor: str) -> Path:
    """A private folder for compiled code, by the salt of its sources and the processor; a temporary one when the cache
    cannot be written and is not complete.

    Compiled code is run, so a folder that others may write to is as good as unwritable.
    """
    try:
        home = cache_folder() / "kernels"
        for folder in (home, home / salt, home / salt / processor):
            folder.mkdir(mode=0o700, exist_ok=True)
            status = folder.stat()
            if status.st_uid != os.getuid() or status.st_mode & 0o022:
                raise PermissionError(f"{folder} is not private")
        if not (folder / STAMP).exists():
            _probe(folder)
    except (OSError, SafelightError) as error:
        folder = _temporary()
        reason = str(error).rstrip(".")
        logging.getLogger("safelight").warning("Compiled kernels are kept only until this program ends: %s.", reason)
    else:
        _prune(home, salt)
    return folder


def _others(folder: Path) -> list[Path]:
    """Those of other versions, the newest first."""
    try:
        found = [each for each in folder.parent.parent.glob(f"*/{folder.name}") if each != folder]
        return sorted(found, key=lambda each: each.parent.stat().st_mtime, reverse=True)
    except OSError:
        return []


def _probe(folder: Path) -> None:
    """OSError when nothing can be written there."""
    import tempfile

    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(PROBE)


def _temporary() -> Path:
    """A folder that goes with this process."""
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="safelight-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _prune(home: Path, salt: str) -> None:
    """Remove all but the newest versions; another process may be at the same."""
    try:
        os.utime(home / salt)
        versions = sorted(home.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    except OSError:
        return
    if versions[KEPT:]:
        import shutil

        for old in versions[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)
