"""Brings what an earlier Safelight wrote into `config.toml` up to today. It reads and writes no file."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from engine.errors import quoted
from tui.settings import FILE

Values = MutableMapping[str, Any]
VERSION = "version"


def _number(values: Values) -> None:
    """Before, files had no version; the keys `theme` and `graphics` meant what they mean now."""


STEPS: tuple[Callable[[Values], None], ...] = (_number,)
"""What makes each version of the one before it; a file without a version is of version 0."""


def migrate(values: Values) -> tuple[bool, str]:
    """Change the values into those of today's version; whether they were older, and a sentence on what is wrong.

    Values of a later version stay as they are.
    """
    given = values.get(VERSION, 0)
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        return False, f"{FILE}: version must be {len(STEPS)}, not {quoted(given)}; it is read as if it were."
    if given > len(STEPS):
        return False, (
            f"{FILE} is of version {quoted(given)}, and this Safelight knows {len(STEPS)}: "
            "what it does not know is ignored, and it does not write there."
        )
    for step in STEPS[given:]:
        step(values)
    values[VERSION] = len(STEPS)
    return given < len(STEPS), ""
