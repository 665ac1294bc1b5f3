"""A preset from a file that anybody may have written: what is wrong is named with its line."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from typing import Any

from engine.errors import SpecError, quoted
from engine.files.name import show
from engine.presets.lines import Lines
from engine.presets.preset import MOST_BYTES, MOST_STEPS, Preset, check_description, check_name
from engine.stack import Stack, Step
from engine.toml import TomlError, decoded, parsed

KEYS = ("name", "description", "steps")
STEP_KEYS = ("filter", "values", "version", "on")


class _FaultError(Exception):
    """What is wrong, and where: a step's number and a key of it, either of them missing."""

    def __init__(self, sentence: str, step: int | None = None, key: str = "") -> None:
        super().__init__(sentence)
        self.step, self.key = step, key


def read_preset(path: str | os.PathLike[str]) -> Preset:
    """The preset of a file; SpecError naming the file, the line and what is wrong."""
    data = _bytes(path)
    try:
        text = decoded(data)
        return _preset(_parsed(text), os.path.dirname(os.path.abspath(path)))
    except _FaultError as fault:
        line = Lines(text).line(fault.step, fault.key)
        raise SpecError(f"{show(path)}, line {line}: {show(str(fault))}") from None
    except TomlError as error:
        where = f", line {error.line}" if error.line else ""
        raise SpecError(f"{show(path)}{where}: {show(str(error))}.") from None
    except (RecursionError, ValueError):
        raise SpecError(f"{show(path)} is nested too deep, or holds too large a number, for a preset.") from None


def _bytes(path: str | os.PathLike[str]) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SpecError(f"{show(path)} is no ordinary file: name one that holds a preset.")
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise SpecError(f"The preset {show(path)} cannot be read ({reason}): check its name.") from None
    if len(data) > MOST_BYTES:
        raise SpecError(f"{show(path)} has more than {MOST_BYTES >> 10} KiB, which is more than a preset takes.")
    return data


def _parsed(text: str) -> dict[str, Any]:
    values = parsed(text)
    _no_others(values, KEYS, None)
    for key in KEYS:
        if key not in values:
            raise _FaultError(f"{key} is missing: a preset has {', '.join(KEYS[:-1])} and {KEYS[-1]}.")
    steps = values["steps"]
    if not isinstance(steps, list) or not all(isinstance(each, dict) for each in steps):
        raise _FaultError("steps must be tables: write [[steps]] above each.", key="steps")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise _FaultError(
            f"A preset has 1 to {MOST_STEPS} steps, not {len(steps)}.", MOST_STEPS if steps else None, "steps"
        )
    return values


def _preset(values: Mapping[str, Any], folder: str) -> Preset:
    for key, check in (("name", check_name), ("description", check_description)):
        try:
            check(values[key])
        except SpecError as error:
            raise _FaultError(str(error), key=key) from None
    steps, notes = [], []
    for number, entry in enumerate(values["steps"]):
        step = _step(number, entry, folder)
        steps.append(step)
        notes += _notes(values["name"], step, entry.get("version", step.declaration.version))
    return Preset(values["name"], values["description"], Stack(tuple(steps)), tuple(notes))


def _step(number: int, entry: Mapping[str, Any], folder: str) -> Step:
    _no_others(entry, STEP_KEYS, number)
    name, values, on, version = (
        entry.get("filter"),
        entry.get("values", {}),
        entry.get("on", True),
        entry.get("version", 1),
    )
    if not isinstance(name, str):
        raise _FaultError("A step needs filter = and the filter's name.", number, "filter")
    if not isinstance(values, dict):
        raise _FaultError("values must be a table, such as { ev = 0.5 }.", number, "values")
    if not isinstance(on, bool):
        raise _FaultError("on must be true or false.", number, "on")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _FaultError("version must be a whole number from 1.", number, "version")
    try:
        Step.from_plain(name, {}, on=True)
    except SpecError as error:
        raise _FaultError(str(error), number, "filter") from None
    try:
        return _attempt(number, "values", name, values, on=on, folder=folder)
    except _FaultError:
        # A value that is wrong by itself has a line of its own; others are wrong only together.
        for key, value in values.items():
            _attempt(number, key, name, {key: value}, on=on, folder=folder)
        raise


def _attempt(number: int, key: str, name: str, values: Mapping[str, Any], *, on: bool, folder: str) -> Step:
    try:
        return Step.from_plain(name, values, on=on, folder=folder)
    except SpecError as error:
        raise _FaultError(str(error), number, key) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise _FaultError(f"{name}: {key} is no value that a filter takes.", number, key) from None


def _no_others(values: Mapping[str, Any], known: tuple[str, ...], step: int | None) -> None:
    for key in values:
        if key not in known:
            raise _FaultError(f"{quoted(key)} means nothing here; there may be: {', '.join(known)}.", step, key)


def _notes(preset: str, step: Step, version: int) -> list[str]:
    """A filter has no earlier ways of working at hand, so that a preset made for one may look different."""
    today = step.declaration.version
    if version == today:
        return []
    return [
        f"{preset} was made for version {version} of {step.filter}; this is version {today}, which may look different."
    ]
