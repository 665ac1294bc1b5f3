"""Writes `config.toml`: one setting at a time, whole or not at all, with all comments. For background threads only."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from engine.confinement import unwritable
from engine.errors import SafelightError
from engine.files.name import show
from engine.toml import TomlError, decoded, parsed
from tui.settings import FILE
from tui.settings.migrating import STEPS, VERSION, Values, migrate
from tui.settings.reading import MOST_BYTES

Change = Callable[[Values], None]


def write_setting(folder: Path, name: str, value: str | bool | None) -> str:
    """Put a value into the file of that folder, or take it out for None; a sentence on what was done besides.

    SafelightError where it cannot be written, or is no TOML: then it is as it was.
    """

    def change(values: Values) -> None:
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value

    return _rewrite(folder, change)


def write_migrated(folder: Path) -> str:
    """Bring an old file up to date, and say so; SafelightError where it cannot be written."""
    return _rewrite(folder, lambda _: None)


def _rewrite(folder: Path, change: Change) -> str:
    # A link leads to where a person keeps their settings: the file there is the one to write.
    path = Path(os.path.realpath(folder / FILE))
    if why_not := unwritable(path):
        raise SafelightError(f"{show(path)} {why_not}.")
    try:
        before = _text(path)
        values = parsed(before)
        old = _is_old(path, values)
        change(values)
        after = _edited(before, change)
        if parsed(after) != values:
            raise SafelightError(f"{show(path)} is written in a way that cannot be changed here: change it by hand.")
        if after == before:
            return ""
        backup = _keep(path) if old and before.strip() else None
        _put(path, after)
    except OSError as error:
        raise SafelightError(f"{show(path)} cannot be written ({error.strerror}): it is as it was.") from None
    except TomlError as error:
        where = f", line {error.line}" if error.line else ""
        raise SafelightError(f"{show(path)}{where}: {show(str(error))}: mend it, then it can be written.") from None
    if backup is None:
        return ""
    return f"{FILE} is of version {len(STEPS)} now; {backup.name} beside it is what it was."


def _text(path: Path) -> str:
    """What the file says; nothing where there is none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    if len(data) > MOST_BYTES:
        raise TomlError(f"it has more than {MOST_BYTES} bytes")
    return decoded(data)


def _is_old(path: Path, values: Values) -> bool:
    """Whether the values are of an earlier version; they are of today's afterwards."""
    version = values.get(VERSION, 0)
    if isinstance(version, int) and version > len(STEPS):
        raise SafelightError(f"{show(path)} was written by a later Safelight (version {version}): it stays as it is.")
    old, problem = migrate(values)
    if problem:
        raise SafelightError(f"{show(path)} is not written. {problem}")
    return old


def _edited(text: str, change: Change) -> str:
    """The text with the change, all else as it stands there; as it is where it cannot be changed so."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        migrate(document)
        change(document)
        edited = document.as_string()
        parsed(edited)
    except (TOMLKitError, TomlError):
        return text
    return edited


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
