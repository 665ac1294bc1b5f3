"""A picture on another machine opened for reading, within the limits; as `engine.files.source` does for disks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import ImageError
from engine.files.name import show
from engine.files.remote.fetched import fetched
from engine.files.remote.listing import look, look_lately
from engine.files.remote.ranged import Ranged
from engine.files.remote.url import absolute
from engine.files.source import check_size

if TYPE_CHECKING:
    from engine.files.limits import Limits


def open_far(url: str, limits: Limits, reach: int = 0) -> Ranged:
    """The file, of which `reach` bytes may come at most, 0 for all; ImageError, FileNotFoundError."""
    held, edition = fetched().find(url), look_lately(url)
    if held is not None and held.edition != edition:
        held = None
    if edition is None:
        raise ImageError(f"{show(url)} is a folder, not a picture: name a file.")
    check_size(url, edition.size, limits)
    return Ranged(url, edition, held, reach)


def read_far(url: str, limits: Limits) -> bytes:
    """All of it, which is not kept; ImageError, FileNotFoundError."""
    whole, files = absolute(url), fetched()
    held = files.find(whole)
    if held is None:
        edition = look(whole)
        if edition is None:
            raise ImageError(f"{show(url)} is a folder, not a picture: name a file.")
        check_size(url, edition.size, limits)
        held = files.get(whole, edition, sure=True)
    check_size(url, held.edition.size, limits)
    files.drop(whole)
    return held.data
