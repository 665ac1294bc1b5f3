"""Where somebody left a folder, in files of the state folder. Believes none that it reads."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from engine.errors import SafelightError
from engine.files.places import state_folder
from engine.files.remote.url import absolute
from tui.values import Order, Thumbs

if TYPE_CHECKING:
    from engine.stack import Stack

MOST = 200
"""Folders that are remembered; the newest stay."""
LONGEST = 1 << 16
"""Bytes of such a file, at most."""
VIEW, STACK = ".json", ".toml"
PANES = ("images", "stack")


@dataclass(frozen=True, slots=True)
class Left:
    """How the app stood when it was left."""

    image: str = ""
    """The path under the cursor."""
    order: Order = "name"
    pane: str = "images"
    full: bool = False
    """Whether the picture had the whole screen."""
    tones: bool = False
    """Whether the histogram was shown."""
    thumbs: Thumbs = "none"
    """Where thumbnails were shown."""
    backwards: bool = False
    """Whether the order was the other way round."""


class Place:
    """Of one app, by the files and folders that it was opened on."""

    def __init__(self, paths: Sequence[str]) -> None:
        place = b"\0".join(os.fsencode(absolute(path)) for path in paths)
        self._name = blake2b(place, digest_size=12).hexdigest()

    def view(self) -> Left | None:
        """How it was left last; None where that is not known."""
        try:
            with open(_folder() / f"{self._name}{VIEW}", "rb") as file:
                return _view(json.loads(file.read(LONGEST)))
        except (OSError, SafelightError, ValueError, RecursionError):
            return None

    def stack(self) -> Stack | None:
        """The stack for all images that it was left with; None where there is none, or none that can be read."""
        from engine.presets.reading import read_preset

        try:
            return read_preset(_folder() / f"{self._name}{STACK}").stack
        except (OSError, SafelightError):
            return None

    def write(self, left: Left, stack: Stack | None) -> None:
        """Remember this in place of what was; OSError or SafelightError where it cannot be."""
        folder = _folder()
        own = folder / f"{self._name}{STACK}"
        if stack is None or not stack.steps:
            own.unlink(missing_ok=True)
        else:
            from engine.presets.preset import Preset
            from engine.presets.writing import write_preset

            write_preset(
                Preset("left", "The stack for all images of a folder, as it was left.", stack), own, replace=True
            )
        values = {name: getattr(left, name) for name in Left.__slots__}
        fresh = folder / f".{self._name}-{secrets.token_hex(4)}"
        try:
            fresh.write_text(json.dumps(values), encoding="ascii")
            os.replace(fresh, folder / f"{self._name}{VIEW}")
        finally:
            fresh.unlink(missing_ok=True)
        _sweep(folder)


def _folder() -> Path:
    folder = state_folder() / "places"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _view(values: Any) -> Left:
    """What a file says, each value for itself where it is one; ValueError where it is nothing of the kind."""
    if not isinstance(values, dict):
        raise ValueError("no table")
    image, order, pane = (values.get(name) for name in ("image", "order", "pane"))
    return Left(
        image if isinstance(image, str) else "",
        next((each for each in get_args(Order) if each == order), "name"),
        pane if pane in PANES else "images",
        values.get("full") is True,
        values.get("tones") is True,
        next((each for each in get_args(Thumbs) if each == values.get("thumbs")), "none"),
        values.get("backwards") is True,
    )


def _sweep(folder: Path) -> None:
    """Forget the folders that nobody has been in for longest."""
    found = sorted(folder.glob(f"*{VIEW}"), key=lambda path: path.lstat().st_mtime, reverse=True)
    for path in found[MOST:]:
        for suffix in (VIEW, STACK):
            path.with_suffix(suffix).unlink(missing_ok=True)
