"""What every plan needs of the compiler, loaded on a thread of its own while files are read. Compiles no stage."""

from __future__ import annotations

import logging
import threading

from engine.run.compiler import compiler

log = logging.getLogger("safelight")


def load_ahead() -> None:
    """Begin, and return at once; whoever needs it meanwhile waits in `compiler()`."""
    threading.Thread(target=_load, name="loading", daemon=True).start()


def _load() -> None:
    try:
        compiler().runner()
    except Exception as error:  # noqa: BLE001 - whoever needs it meets the same, and can tell of it
        log.info("The kernels were not loaded ahead: %s", error)
