"""The other libraries: each module here is one, imported only when it is measured, with a function for each call.

A module has `TITLE`, `use(threads)`, `version()` and `build(function, arguments, source, target)`.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from typing import Any

from engine.bench.comparison import Pixels, Rival, Work
from engine.errors import SafelightError


def libraries() -> list[str]:
    """Names of the modules."""
    return [module.name for module in pkgutil.iter_modules(__path__)]


def use(threads: int) -> dict[str, str]:
    """Import all libraries and have each use so many threads; their titles by name.

    SafelightError when one is missing.
    """
    # libvips reads this when it is loaded.
    os.environ["VIPS_CONCURRENCY"] = str(threads)
    titles, missing = {}, []
    for name in libraries():
        try:
            module = importlib.import_module(f"{__name__}.{name}")
        except (ImportError, OSError) as error:
            missing.append(f"{name} ({str(error).splitlines()[0]})")
            continue
        module.use(threads)
        titles[name] = module.TITLE
    if missing:
        raise SafelightError(
            f"--peers needs libraries that are not there: {', '.join(missing)}; run pip install 'safelight[peers]'."
        )
    return titles


def versions() -> dict[str, str]:
    """Of the libraries, by title."""
    modules = [importlib.import_module(f"{__name__}.{name}") for name in libraries()]
    return {module.TITLE: module.version() for module in modules}


def build(rival: Rival, source: Pixels, target: Pixels) -> Work:
    """The rival's call on these arrays, ready to be timed; it returns the array that holds the result.

    `target` is of the result's shape and depth, for calls that take it.
    """
    module: Any = importlib.import_module(f"{__name__}.{rival.library}")
    work: Work = module.build(rival.function, rival.arguments, source, target)
    return work
