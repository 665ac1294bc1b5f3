"""A person's own presets under other names, or gone. Those that come along stay as they are."""

from __future__ import annotations

from pathlib import Path

from engine.confinement import NOTHING, read_only
from engine.errors import SafelightError, SpecError
from engine.files.name import show
from engine.presets import Entry, entries, find_preset
from engine.presets.preset import SUFFIX, Preset, check_name
from engine.presets.reading import read_preset
from engine.presets.writing import write_preset

STAYS = "{} comes along with Safelight and stays; a stack that you save as {} goes before it."
TAKEN = "There is a preset {} of yours already: remove it first, or choose another name."
BROKEN = "{} cannot be read, so that it keeps its name. {}"


def rename_preset(old: str, new: str) -> Path:
    """Give one of a person's own another name; where it lies then.

    SpecError where it is none of them or the name is taken, SafelightError where nothing can be written.
    """
    entry = own_preset(old)
    check_name(new)
    if new == old:
        return entry.path
    try:
        preset = read_preset(entry.path)
    except SpecError as error:
        raise SpecError(BROKEN.format(old, error)) from None
    path = entry.path.with_name(f"{new}{SUFFIX}")
    try:
        if write_preset(Preset(new, preset.description, preset.stack), path, replace=False) is None:
            raise SpecError(TAKEN.format(new))
        entry.path.unlink()
    except OSError as error:
        raise SafelightError(f"{show(path)} cannot be written ({error.strerror}): see to its folder.") from None
    return path


def bin_preset(name: str) -> None:
    """Put the file of one of a person's own into the system's bin, by Send2Trash.

    SpecError where it is none of them, SafelightError where there is no bin, or it is refused.
    """
    from send2trash import send2trash

    entry = own_preset(name)
    try:
        send2trash(str(entry.path))
    except OSError as error:
        reason = error.strerror or " ".join(str(error).split()) or type(error).__name__
        raise SafelightError(f"{show(entry.path)} cannot be put into the bin ({show(reason, 100)}).") from None


def own_preset(name: str) -> Entry:
    """One of a person's own, to be changed; SpecError where it is none, or nothing may be written."""
    if read_only():
        raise SpecError(NOTHING)
    known = entries()
    if name not in known:
        find_preset(name)
    if not known[name].own:
        raise SpecError(STAYS.format(name, name))
    return known[name]
