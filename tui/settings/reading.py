"""Reads `config.toml`, once. Whatever is wrong with it is a sentence, and stops nothing; it writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

from engine.errors import quoted
from engine.files.name import show
from tui.settings import FILE
from tui.settings.chosen import Config

MOST_BYTES = 100_000
KEYS = "keys"
"""The table of keys for commands."""
IGNORED = "it is ignored, and the defaults are used"


def read_config(folder: Path) -> Config:
    """The settings file of that folder; an empty one where there is none."""
    path = folder / FILE
    if not os.path.lexists(path):
        return Config()
    from engine.toml import TomlError, decoded, parsed
    from tui.settings.migrating import VERSION, migrate

    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            return _nothing(f"{FILE} has more than {MOST_BYTES} bytes: {IGNORED}.")
        values = parsed(decoded(data))
    except OSError as error:
        return _nothing(f"{FILE} cannot be read ({error.strerror}): {IGNORED}.")
    except TomlError as error:
        where = f", line {error.line}" if error.line else ""
        return _nothing(f"{FILE}{where}: {show(str(error))}: {IGNORED}.")
    old, problem = migrate(values)
    keys, rest = values.pop(KEYS, {}), {name: value for name, value in values.items() if name != VERSION}
    problems = [problem, *map(_unknown, rest)]
    if not isinstance(keys, dict):
        keys = {}
        problems.append(f'{FILE}: {KEYS} must be a table, with a line such as undo = "u" for each command.')
    return Config(rest, keys, tuple(filter(None, problems)), old)


def _nothing(problem: str) -> Config:
    return Config(problems=(problem,))


def _unknown(name: str) -> str:
    """A sentence on a key that means nothing; nothing on one that does."""
    from tui.settings.declared import names

    if name in names():
        return ""
    return f"{FILE} has the key {quoted(name)}, which means nothing: there may be {', '.join(names())} and [{KEYS}]."
