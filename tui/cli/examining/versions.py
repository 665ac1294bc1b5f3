"""Versions: Safelight, Python, the system, and what Safelight was installed with. It imports none of them."""

import importlib.metadata
import platform
import re
import sys

import tui
from tui.cli.examining import Facts


def examine() -> Facts:
    """One fact for each."""
    facts: Facts = {
        "safelight": tui.__version__,
        "python": platform.python_version(),
        "interpreter": sys.executable,
        "system": platform.platform(),
    }
    for name in _requirements():
        facts[name] = _version(name)
    return facts


def _requirements() -> list[str]:
    """Distributions needed at run time; none when Safelight runs from its source folder without being installed."""
    try:
        lines = importlib.metadata.requires("safelight") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return sorted(re.split(r"[^\w.-]", line)[0] for line in lines if "extra ==" not in line)


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
