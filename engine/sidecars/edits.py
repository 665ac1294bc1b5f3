"""A picture's own edits: `NAME.EXT.safelight.toml` beside it, or in the state folder where nothing may be written.

The file is a preset, so `--preset` takes it as well. It may come from anybody: it is read as any preset is.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from engine.confinement import barred, read_only
from engine.errors import ImageError, SafelightError, SpecError
from engine.files.admission import admit
from engine.files.edition import Edition, edition, edition_to_show
from engine.files.name import show
from engine.files.places import state_folder
from engine.files.remote.url import absolute, is_url
from engine.files.write import write_replacing
from engine.presets.preset import Preset
from engine.presets.reading import read_preset
from engine.presets.writing import to_toml
from engine.stack import Stack

SUFFIX = ".safelight.toml"
NAME, DESCRIPTION = "edits", "What Safelight makes of the picture beside this file."


class Edits(NamedTuple):
    """What is known of a picture's edits."""

    stack: Stack
    notes: tuple[str, ...] = ()
    """Sentences on filters that have changed since."""
    edition: Edition | None = None
    """Of the file that holds them; None where there is none."""


class ChangedError(SafelightError):
    """The file is not as it was read: somebody else has written it meanwhile."""


def beside(picture: str) -> str:
    """Where the edits of a picture lie, if its folder can be written."""
    return picture + SUFFIX


def elsewhere(picture: str) -> str:
    """Where they lie if it cannot: told by the picture's absolute path. SafelightError when there is no such folder."""
    digest = blake2b(os.fsencode(absolute(picture)), digest_size=16).hexdigest()
    return str(state_folder() / "edits" / f"{digest}.toml")


def has_edits(picture: str) -> bool:
    """Whether there is a file with edits, whatever it holds."""
    return any(edition(path) is not None for path in _places(picture))


def read_edits(picture: str) -> Edits:
    """A picture's edits, none where there is no file; SpecError naming what is wrong with the file."""
    for path in _places(picture):
        found = edition(path)
        if found is not None:
            admit(path, barred(picture))
            preset = read_preset(path)
            return Edits(preset.stack, preset.notes, found)
    return Edits(Stack())


def write_edits(picture: str, stack: Stack, before: Edition | None) -> Edition | None:
    """Keep these edits, or none; the file's edition, None where there is none any more.

    `before` is the edition as it was read or written last. ChangedError when it is another one by now, SafelightError
    when it cannot be written at all. Nothing is written where nothing may be, and of a picture that is gone.
    """
    if read_only() or edition_to_show(picture) is None:
        return before
    first, *others = _places(picture)
    path = next((each for each in (first, *others) if edition(each)), elsewhere(picture))
    now = edition(path)
    if now != before:
        raise ChangedError(f"The edits of {show(os.path.basename(picture))} were changed elsewhere meanwhile.")
    if not stack.steps:
        if now is not None:
            _remove(path)
        return None
    data = to_toml(Preset(NAME, DESCRIPTION, stack)).encode("utf-8", "strict")
    try:
        write_replacing(first, data)
        return edition(first)
    except ImageError:
        write_replacing(elsewhere(picture), data)
        return edition(elsewhere(picture))


def kept_elsewhere(picture: str) -> bool:
    """Whether the edits are in the state folder, as the picture's own could not be written."""
    return next((path for path in _places(picture) if edition(path) is not None), "") == elsewhere(picture)


def _places(picture: str) -> tuple[str, ...]:
    """Where they may lie, the first place first: nothing is written beside a picture on another machine."""
    return (elsewhere(picture),) if is_url(picture) else (beside(picture), elsewhere(picture))


def _remove(path: str) -> None:
    try:
        Path(path).unlink(missing_ok=True)
    except OSError as error:
        raise SpecError(f"{show(path)} cannot be removed ({error.strerror}): the edits in it stay.") from None
