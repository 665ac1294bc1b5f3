"""What a preset is: a stack with a name, a sentence, and notes on filters that have changed since."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import SpecError, quoted
from engine.stack import Stack

SUFFIX = ".toml"
MOST_BYTES = 1 << 16
MOST_STEPS = 100
LONGEST_NAME, LONGEST_DESCRIPTION = 60, 200
NAME = re.compile(r"[^\W_]+(-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Preset:
    """One preset."""

    name: str
    description: str
    """One sentence."""
    stack: Stack
    notes: tuple[str, ...] = ()
    """A sentence for each step that another version of its filter was meant for."""


def check_name(name: object) -> str:
    """The name itself; SpecError for what could not be typed, or would be another file."""
    if not isinstance(name, str) or not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise SpecError(f"A preset's name is letters and digits with single hyphens between, unlike {quoted(name)}.")
    return name


def check_description(text: object) -> str:
    """The sentence itself, or SpecError."""
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_DESCRIPTION or not text.isprintable():
        raise SpecError(f"A description is one line of at most {LONGEST_DESCRIPTION} letters.")
    return text
