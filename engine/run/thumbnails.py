"""Small pictures for lists, kept in a private folder of the cache, never beside the pictures. Good for any thread."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.confinement import read_only
from engine.errors import SafelightError
from engine.files.edition import edition_to_show
from engine.files.limits import Limits
from engine.files.pillow import from_pixels, shrink, to_pixels
from engine.files.places import cache_folder
from engine.files.proxy import proxy
from engine.files.remote.url import absolute, is_url
from engine.files.screen import from_jpeg, jpeg
from engine.run.ground import on_ground

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

SIDE = 256
"""Pixels of the longer side."""
REACH = 2 << 20
"""Bytes that may come from another machine for one of them."""
QUALITY = 88
MOST_BYTES = 512 << 20
"""What all of them may take: at 8 kB each that is 60,000."""
LEFT = 0.8
"""Share of it that the newest keep when it is too much."""


class Thumbnails:
    """Makes them and keeps them; the ones that were not looked at for longest go first."""

    def __init__(self, limits: Limits | None = None, most: int = MOST_BYTES) -> None:
        self._limits, self._most = limits or Limits(), most
        self._lock = threading.Lock()
        self._taken: int | None = None
        """Bytes in the folder; None while nobody has counted."""

    def of(self, path: str) -> Bytes:
        """H x W x 3, uint8, sRGB, SIDE pixels at most, upright; ImageError as for `decode`."""
        place = self._place(path)
        kept = None if place is None else _read(place)
        if kept is not None:
            return kept
        small = proxy(path, SIDE, SIDE, self._limits, coarse=True, reach=REACH if is_url(path) else 0)
        pixels = on_ground(np.ascontiguousarray(small.pixels))
        if place is not None and not read_only():
            self._keep(place, jpeg(pixels, QUALITY))
        return pixels

    def fitted(self, path: str, width: int, height: int) -> Bytes:
        """The same reduced to fit into width x height pixels."""
        pixels = self.of(path)
        scale = min(1.0, width / pixels.shape[1], height / pixels.shape[0])
        sides = (max(1, round(side * scale)) for side in pixels.shape[1::-1])
        return to_pixels(shrink(from_pixels(pixels), *sides))

    def _place(self, path: str) -> Path | None:
        """Where its thumbnail lies: told by the file's device, inode, size and time, so that another has another."""
        try:
            told, folder = _told(path), cache_folder() / "thumbnails"
        except (OSError, ValueError, SafelightError):
            return None
        name = blake2b(os.fsencode(told), digest_size=16).hexdigest()
        return folder / name[:2] / f"{name[2:]}.jpg"

    def _keep(self, place: Path, data: bytes) -> None:
        """Written beside its place and renamed; a cache that cannot be written is none."""
        with contextlib.suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, fresh = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
            with open(descriptor, "wb") as file:
                file.write(data)
            os.replace(fresh, place)
            self._count(place.parent.parent, len(data))

    def _count(self, folder: Path, added: int) -> None:
        with self._lock:
            if self._taken is None or self._taken + added > self._most:
                self._taken = _sweep(folder, self._most)
            else:
                self._taken += added


def _told(path: str) -> str:
    """What tells this edition of a file from all other files; OSError, ImageError where it cannot be looked at."""
    if is_url(path):
        return f"{absolute(path)}:{edition_to_show(path)}:{SIDE}"
    facts = os.stat(path)
    return f"{facts.st_dev}:{facts.st_ino}:{facts.st_size}:{facts.st_mtime_ns}:{SIDE}"


def _read(place: Path) -> Bytes | None:
    """The pixels; None where there are none, or they are damaged. Looked at now, it goes last."""
    try:
        pixels: Bytes = from_jpeg(place.read_bytes())
        os.utime(place)
    except (OSError, ValueError):
        return None
    return pixels


def _sweep(folder: Path, most: int) -> int:
    """Let the oldest go where they take too much; the bytes that are left."""
    found = []
    for path in folder.glob("*/*"):
        with contextlib.suppress(OSError):
            facts = path.stat()
            found.append((facts.st_mtime_ns, facts.st_size, path))
    taken = sum(size for _, size, _ in found)
    if taken <= most:
        return taken
    for _, size, path in sorted(found):
        with contextlib.suppress(OSError):
            path.unlink()
            taken -= size
        if taken <= most * LEFT:
            break
    return taken
