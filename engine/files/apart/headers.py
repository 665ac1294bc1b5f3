"""What a child reads from headers, as messages carry it, and how it is held against what can be. It reads no file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from engine.files.apart.order import raised
from engine.files.apart.wire import GoneError
from engine.files.format import Facts

BYTES = tuple(field.name for field in fields(Facts) if isinstance(field.default, bytes))
"""The facts that are blocks of metadata; the others are numbers."""
NUMBERS = tuple(field.name for field in fields(Facts) if field.name not in BYTES)
RANGES = {"channels": (1, 4), "orientation": (1, 8), "width": (1, 1 << 31), "height": (1, 1 << 31)}
DEPTHS = (8, 16, 32)


def told(facts: Facts) -> dict[str, Any]:
    """As a child answers."""
    numbers: dict[str, Any] = {name: getattr(facts, name) for name in NUMBERS}
    return numbers | {name: base64.b64encode(getattr(facts, name)).decode("ascii") for name in BYTES}


def understood(values: Mapping[str, Any]) -> Facts:
    """The facts that an answer tells; GoneError when they cannot be, and whatever the child met with."""
    if "fault" in values:
        raise raised(values)
    known: dict[str, Any] = {}
    for name in NUMBERS:
        number = values.get(name)
        low, high = RANGES.get(name, (0, 1 << 50))
        if type(number) is not int or not low <= number <= high:
            raise GoneError(f"its {name} makes no sense")
        known[name] = number
    if known["depth"] not in DEPTHS:
        raise GoneError("its depth makes no sense")
    for name in BYTES:
        try:
            known[name] = base64.b64decode(values.get(name, ""), validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise GoneError(f"its {name} makes no sense") from None
    return Facts(**known)
