"""Writes `config.toml`: one setting at a time, whole or not at all, with all comments. For background threads only."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.confinement import unwritable
from engine.errors import SafelightError
from engine.files.name import show
from engine.toml import TomlError, decoded, parsed
from tui.settings import FILE
from tui.settings.migrating import STEPS, VERSION, migrate
from tui.settings.reading import MOST_BYTES

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


def write_setting(folder: Path, name: str, value: str | bool | None) -> str:
    """Put a value into the file of that folder, or take it out for None; a sentence on what was done besides.

    SafelightError where it cannot be written, or is no TOML: then it is as it was.
    """

    def change(document: TOMLDocument) -> None:
        if value is None:
            document.pop(name, None)
        else:
            document[name] = value

    return _rewrite(folder, change)


def write_migrated(folder: Path) -> str:
    """Bring an old file up to date, and say so; SafelightError where it cannot be written."""
    return _rewrite(folder, lambda _: None)


def _rewrite(folder: Path, change: Callable[[TOMLDocument], None]) -> str:
    import tomlkit

    # A link leads to where a person keeps their settings: the file there is the one to write.
    path = Path(os.path.realpath(folder / FILE))
    if why_not := unwritable(path):
        raise SafelightError(f"{show(path)} {why_not}.")
    try:
        before = _text(path)
        document = tomlkit.parse(before)
        told = _migrate(path, document) if before.strip() else ""
        document.setdefault(VERSION, len(STEPS))
        change(document)
        after = document.as_string()
        parsed(after)
        if after != before:
            _put(path, after)
    except OSError as error:
        raise SafelightError(f"{show(path)} cannot be written ({error.strerror}): it is as it was.") from None
    except TomlError as error:
        where = f", line {error.line}" if error.line else ""
        raise SafelightError(f"{show(path)}{where}: {show(str(error))}: mend it, then it can be written.") from None
    return told


def _text(path: Path) -> str:
    """What the file says; TomlError where it is no TOML."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    if len(data) > MOST_BYTES:
        raise TomlError(f"it has more than {MOST_BYTES} bytes")
    text = decoded(data)
    parsed(text)
    return text


def _migrate(path: Path, document: TOMLDocument) -> str:
    """Bring an old document up to date, after a copy of the file is beside it."""
    version = document.get(VERSION, 0)
    if isinstance(version, int) and version > len(STEPS):
        raise SafelightError(f"{show(path)} was written by a later Safelight (version {version}): it stays as it is.")
    old, problem = migrate(document)
    if problem:
        raise SafelightError(f"{show(path)} is not written. {problem}")
    if not old:
        return ""
    backup = _keep(path)
    return f"{FILE} is of version {len(STEPS)} now; {backup.name} beside it is what it was."


def _keep(path: Path) -> Path:
    """A copy under the first number that is free."""
    data, number = path.read_bytes(), 1
    while True:
        backup = path.with_name(f"{path.name}.{number}")
        try:
            descriptor = os.open(backup, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except FileExistsError:
            number += 1
            continue
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return backup


def _put(path: Path, text: str) -> None:
    """The file whole under another name, on the disk, and then in its place, with the permissions it had."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            if path.exists():
                os.fchmod(descriptor, stat.S_IMODE(path.stat().st_mode))
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        os.replace(fresh, path)
    finally:
        Path(fresh).unlink(missing_ok=True)
