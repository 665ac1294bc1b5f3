"""A preset as the text of a TOML file that reads as an example, and into a file that is there whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engine.confinement import NOTHING, read_only
from engine.errors import SpecError
from engine.parameters import Value
from engine.presets.preset import MOST_STEPS, Preset, check_description, check_name
from engine.stack import Step


def to_toml(preset: Preset) -> str:
    """The text of its file, with every value, so that other defaults would change nothing."""
    check_name(preset.name)
    check_description(preset.description)
    if not 1 <= len(preset.stack.steps) <= MOST_STEPS:
        raise SpecError(f"A preset has 1 to {MOST_STEPS} filters, not {len(preset.stack.steps)}.")
    lines = [f"name = {_plain(preset.name)}", f"description = {_plain(preset.description)}"]
    for step in preset.stack.steps:
        lines += _table(step)
    return "\n".join(lines) + "\n"


def write_preset(preset: Preset, path: Path, *, replace: bool) -> Path | None:
    """Written beside its place and given its name when it is whole; None when one is there that must stay.

    SpecError where nothing may be written.
    """
    if read_only():
        raise SpecError(NOTHING)
    text = to_toml(preset)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        if not replace and os.path.lexists(path):
            return None
        os.replace(fresh, path)
    finally:
        Path(fresh).unlink(missing_ok=True)
    return path


def _table(step: Step) -> Iterator[str]:
    yield ""
    yield "[[steps]]"
    yield f"filter = {_plain(step.filter)}"
    values = ", ".join(f"{name} = {_plain(value)}" for name, value in step.to_plain().items())
    if values:
        yield f"values = {{ {values} }}"
    yield f"version = {step.declaration.version}"
    if not step.on:
        yield "on = false"


def _plain(value: Value) -> str:
    """A number or a text; texts of JSON are texts of TOML."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if float(value).is_integer() else repr(float(value))
