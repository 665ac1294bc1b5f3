"""What a person thinks of pictures that were culled, and rejections where nobody has said. It proposes none."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from engine.errors import ImageError
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.sidecars.rating import REJECTED, read_rating, write_rating


def ratings(paths: Iterable[str], limits: Limits) -> dict[str, int]:
    """-1 to 5 by path; those are left out that nobody has rated, or whose rating cannot be read."""
    found = {}
    for path in paths:
        with contextlib.suppress(ImageError):
            if rating := _rating(path, limits):
                found[path] = rating
    return found


def reject(path: str, limits: Limits) -> bool:
    """Reject a picture that nobody has rated; whether it was. ImageError as for `read_rating` and `write_rating`."""
    if _rating(path, limits):
        return False
    write_rating(path, REJECTED)
    return True


def _rating(path: str, limits: Limits) -> int:
    """0 means that nobody has rated it, as programs write that, too."""
    return read_rating(path, examine_file(path, limits)[1]) or 0
