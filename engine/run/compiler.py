"""The compiler of this process and its cache folder, made when first asked for: loading Numba takes a second."""

from __future__ import annotations

import atexit
import functools
import logging
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.places import cache_folder

if TYPE_CHECKING:
    from engine.kernels.compiled import Compiler

KEPT = 2
"""Compiled code of this many versions of the sources is kept."""
PROBE = bytes(1 << 16)
"""About what a compiled stage takes: a full disk shows only when something is written."""
_MAKING = threading.Lock()


def compiler() -> Compiler:
    """The one compiler of this process. The first call imports Numba: never make it on an event loop."""
    with _MAKING:
        return _compiler()


@functools.cache
def _compiler() -> Compiler:
    from engine.kernels.compiled import Compiler, salt

    return Compiler(kernel_folder(salt()))


def kernel_folder(salt: str) -> Path:
    """A private folder for compiled code, by the salt of its sources; a temporary one when the cache cannot be written.

    Compiled code is run, so a folder that others may write to is as good as unwritable.
    """
    try:
        home = cache_folder() / "kernels"
        folder = home / salt
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
        if status.st_uid != os.getuid() or status.st_mode & 0o022:
            raise PermissionError(f"{folder} is not private")
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(PROBE)
        os.utime(folder)
    except (OSError, SafelightError) as error:
        folder = Path(tempfile.mkdtemp(prefix="safelight-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        reason = str(error).rstrip(".")
        logging.getLogger("safelight").warning("Compiled kernels are kept only until this program ends: %s.", reason)
    else:
        _prune(home)
    return folder


def _prune(home: Path) -> None:
    """Remove all but the newest versions; another process may be at the same."""
    try:
        versions = sorted(home.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    except OSError:
        return
    for old in versions[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
