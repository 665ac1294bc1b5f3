"""TOML of a person's own, parsed: what is no TOML is named with its line. It knows no key."""

from __future__ import annotations

import re
from typing import Any

MOST_DOTS = 500
"""In a line: for a key of thousands of dotted names `tomllib` takes gigabytes."""
AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TomlError(Exception):
    """Not TOML; `line` counts from 1, and is 0 where no line is at fault. The message says what to do."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, its lines as Unix ends them; TomlError where it is none, or would take too much."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlError("this is no UTF-8 text; save the file as such", line) from None
    for number, each in enumerate(text.split("\n"), start=1):
        if each.count(".") > MOST_DOTS:
            raise TomlError(f"it has more than {MOST_DOTS} dots; write shorter lines", number)
    return text


def parsed(text: str) -> dict[str, Any]:
    """What the text says; TomlError where it is no TOML."""
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = AT.search(str(error))
        line = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
        raise TomlError(f"{AT.sub('', str(error))}, so it is no TOML", line) from None
    except (RecursionError, ValueError):
        raise TomlError("it is nested too deep, or holds too large a number") from None
