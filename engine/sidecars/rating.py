"""How a person rates a picture: 0 to 5, or rejected; in an XMP sidecar that Lightroom and darktable read.

darktable writes `NAME.EXT.xmp`, Lightroom `NAME.xmp` beside camera raw files and into all others. One that is there is
changed where the rating stands; where none is, `NAME.xmp` is made for camera raw and `NAME.EXT.xmp` for all others. The
picture itself is never touched.
"""

from __future__ import annotations

import os
from pathlib import PurePath

from engine.confinement import barred
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.exif import number_of
from engine.files.format import Facts
from engine.files.formats import formats
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.files.write import write_new, write_replacing
from engine.files.xmp import MAX_BYTES
from engine.sidecars.packet import rating_in, with_rating

REJECTED, BEST = -1, 5
SUFFIX = ".xmp"
EXIF_RATING = 0x4746
"""Of Windows (Microsoft, "Photo Metadata Policies"): 0 to 5."""


def places(picture: str) -> tuple[str, str]:
    """Where the sidecars of darktable and of Lightroom lie."""
    return picture + SUFFIX, os.fspath(PurePath(picture).with_suffix(SUFFIX))


def sidecar(picture: str) -> str:
    """The one that is there; empty where none is. The rating of the first counts where there are both."""
    return next((path for path in places(picture) if os.path.isfile(path)), "")


def read_rating(picture: str, facts: Facts | None = None) -> int | None:
    """-1 for rejected, 0 to 5; None where nobody has rated it. ImageError where its sidecar cannot be read.

    Where there is no sidecar, what the picture itself says counts, as far as `facts` are given.
    """
    path = sidecar(picture)
    if path:
        try:
            return rating_in(_read(path))
        except ValueError as error:
            raise ImageError(f"{show(path)} tells no rating ({error}): mend it, or move it away.") from None
    if facts is None:
        return None
    try:
        inside = rating_in(facts.xmp) if facts.xmp else None
    except ValueError:
        inside = None
    return number_of(facts.exif, EXIF_RATING) if inside is None else inside


def write_rating(picture: str, rating: int) -> None:
    """Rate a picture; ImageError where its sidecar cannot be read, changed or written, which then stays as it is."""
    if not REJECTED <= rating <= BEST:
        raise ImageError(f"A rating is 0 to {BEST}, or {REJECTED} for rejected, not {rating}.")
    if is_url(picture):
        raise ImageError(
            f"{show(os.path.basename(picture))} lies on another machine: copy it to a disk first, to rate it."
        )
    if not os.path.exists(picture):
        raise ImageError(f"{show(picture)} is not there any more: it cannot be rated.")
    path = sidecar(picture)
    if not path:
        darktable, lightroom = places(picture)
        write_new(lightroom if _is_raw(picture) else darktable, with_rating(b"", rating))
        return
    before = _read(path)
    try:
        after = with_rating(before, rating)
    except ValueError as error:
        raise ImageError(f"{show(path)} cannot be changed ({error}): mend it, or move it away.") from None
    if after != before:
        write_replacing(path, after)


def _is_raw(picture: str) -> bool:
    return PurePath(picture).suffix.lower() in formats()["raw"].suffixes


def _read(path: str) -> bytes:
    admit(path, barred(path))
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ImageError(f"{show(path)} cannot be read ({error.strerror}): check its permissions.") from None
