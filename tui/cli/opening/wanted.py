"""How a person wants pictures and the app drawn: by flag, environment or settings file; a mistake stops nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.errors import SpecError
from tui.terminal.protocol import NAMES

VARIABLE = "SAFELIGHT_GRAPHICS"
KEY, THEME, THEME_VARIABLE = "graphics", "theme", "SAFELIGHT_THEME"
KEYS = (KEY, THEME)
FILE = "config.toml"
MOST_BYTES = 100_000
AUTO = "auto"


def wanted_graphics(flag: str, environ: Mapping[str, str], folder: Path) -> tuple[tuple[str, str], str]:
    """A way of drawing pictures and who chose it, both empty where nobody did; and a sentence on what is wrong.

    The flag goes before the environment, that before `config.toml` in the folder of settings. SpecError where the flag
    names no way.
    """
    if flag:
        if flag not in (AUTO, *NAMES):
            raise SpecError(f"--graphics knows {', '.join((AUTO, *NAMES))}, not {flag!r}.")
        return (flag, "--graphics"), ""
    value, problem, place = environ.get(VARIABLE, ""), "", VARIABLE
    if not value:
        value, problem = _setting(folder / FILE, KEY)
        place = FILE
    if value and value not in (AUTO, *NAMES):
        known = ", ".join((AUTO, *NAMES))
        problem = f"{place} asks for pictures by {value!r}, which is none of {known}: it is ignored."
        value = ""
    return (value, place if value else ""), problem


def wanted_theme(environ: Mapping[str, str], folder: Path, names: Sequence[str]) -> tuple[str, str]:
    """One of the names, by the environment or the file, else the first; and a sentence on one that is none of them."""
    place, value = THEME_VARIABLE, environ.get(THEME_VARIABLE, "")
    if not value:
        place, (value, _) = FILE, _setting(folder / FILE, THEME)
    if value and value not in names:
        return names[0], f"{place} asks for the theme {value!r}, which is none of {', '.join(names)}: it is ignored."
    return value or names[0], ""


def _setting(path: Path, key: str) -> tuple[str, str]:
    """The key of the file, and a sentence on what else is wrong with the file."""
    if not os.path.lexists(path):
        return "", ""
    import tomllib

    try:
        data = path.read_bytes()[: MOST_BYTES + 1]
        if len(data) > MOST_BYTES:
            return "", f"{FILE} has more than {MOST_BYTES} bytes: it is ignored."
        settings = tomllib.loads(data.decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return "", f"{FILE} cannot be read ({error}): it is ignored."
    unknown = [name for name in settings if name not in KEYS]
    value = settings.get(key, "")
    known = " and ".join(KEYS)
    problem = f"{FILE} has the key {unknown[0]!r}, which means nothing: the keys are {known}." if unknown else ""
    return value if isinstance(value, str) else repr(value), problem
