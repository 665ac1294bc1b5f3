"""Presets: stacks with a name and a sentence, one TOML file each. A person's own win over those that come along."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from engine.config import presets_path
from engine.errors import SafelightError, SpecError, quoted
from engine.files.name import show
from engine.presets.preset import SUFFIX, Preset, check_name
from engine.presets.reading import read_preset
from engine.stack import Stack, Step

BUILT_IN = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """A preset of the folders."""

    name: str
    path: Path
    own: bool
    """It is a person's own."""
    replaces: bool = False
    """One that comes along has the same name, and is not used."""


def entries() -> dict[str, Entry]:
    """All presets by name, sorted; none is read. SafelightError when a person's folder cannot be."""
    given = _names(BUILT_IN)
    found = {name: Entry(name, BUILT_IN / f"{name}{SUFFIX}", own=False) for name in given}
    folder = presets_path()
    for name in _names(folder):
        found[name] = Entry(name, folder / f"{name}{SUFFIX}", own=True, replaces=name in given)
    return dict(sorted(found.items()))


def find_preset(wanted: str) -> Preset:
    """The preset of that name, or of that file where the word ends in `.toml` or has a folder; SpecError otherwise."""
    if wanted.endswith(SUFFIX) or os.sep in wanted:
        return read_preset(wanted)
    known = entries()
    if wanted not in known:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.0)[0]
        raise SpecError(
            f"There is no preset {quoted(wanted)}; the nearest is {near!r} (safelight presets lists them all)."
        )
    return read_entry(known[wanted])


def read_entry(entry: Entry) -> Preset:
    """A preset of the folders, whose name must be that of its file."""
    preset = read_preset(entry.path)
    if preset.name != entry.name:
        raise SpecError(
            f"{show(entry.path)} names itself {preset.name!r}: write name = {entry.name!r} in it, or rename the file."
        )
    return preset


def stack_of(presets: tuple[str, ...] | list[str], filters: tuple[str, ...] | list[str]) -> tuple[Stack, list[str]]:
    """Steps of presets, then those of specifications; sentences on what a person should know of the presets.

    The files that steps name are read: SpecError says what is wrong with one.
    """
    steps: list[Step] = []
    notes: list[str] = []
    for wanted in presets:
        preset = find_preset(wanted)
        steps += preset.stack.steps
        notes += preset.notes
    stack = Stack((*steps, *Stack.parse(filters).steps))
    if not stack.steps:
        raise SpecError("Nothing to do: name a filter with -f, or a preset with --preset.")
    stack.read_files()
    return stack, notes


def save_preset(preset: Preset, *, replace: bool = False) -> Path | None:
    """Keep it among a person's own; where it lies, or None when one has this name and may not be replaced."""
    from engine.presets.writing import write_preset

    check_name(preset.name)
    path = presets_path() / f"{preset.name}{SUFFIX}"
    try:
        return write_preset(preset, path, replace=replace)
    except OSError as error:
        raise SafelightError(f"{show(path)} cannot be written ({error.strerror}): see to its folder.") from None


def _names(folder: Path) -> list[str]:
    try:
        files = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SafelightError(f"The presets in {show(folder)} cannot be read ({error.strerror}).") from None
    return [name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX) and not name.startswith(".")]
