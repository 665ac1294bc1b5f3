"""How a Python process of Safelight's own is started: from this interpreter, with this very package."""

import os
import sys
from pathlib import Path

import engine

FEW_THREADS = {"OPENBLAS_NUM_THREADS": "1"}
"""NumPy's linear algebra starts a thread for each core, and each spins for a while; ours are 4 x 4 at most."""


def python_command(module: str) -> list[str]:
    """`python -m module`; -P: nothing is imported from the folder a person happens to be in."""
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """This process's environment, and where the package is when it is not installed."""
    known = FEW_THREADS | dict(os.environ)
    package = Path(engine.__path__[0]).resolve().parent
    if package.name in ("site-packages", "dist-packages"):
        return known
    path = known.get("PYTHONPATH")
    return known | {"PYTHONPATH": os.pathsep.join([str(package), path] if path else [str(package)])}
