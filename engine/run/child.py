"""How a Python process of Safelight's own is started: from this interpreter, with this very package."""

import os
import sys
from pathlib import Path

import engine


def python_command(module: str) -> list[str]:
    """`python -m module`; -P: nothing is imported from the folder a person happens to be in."""
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """This process's environment, and where the package is when it is not installed."""
    package = Path(engine.__path__[0]).resolve().parent
    if package.name in ("site-packages", "dist-packages"):
        return dict(os.environ)
    known = os.environ.get("PYTHONPATH")
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join([str(package), known] if known else [str(package)])}
