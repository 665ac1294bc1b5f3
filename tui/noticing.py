"""What came, went or changed in the folder is put into the list. It looks at no disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.files.folder import natural
from tui.messages import ImageChanged, ImagesFound, ImagesGone

if TYPE_CHECKING:
    from tui.app import Safelight
    from tui.bridge.watching import Seen


def notice(app: Safelight, seen: Seen) -> None:
    """Bring the list up to date; before the whole folder is known, the first look tells nothing new."""
    images = app.main.images
    if seen.entries is not None and images.complete:
        there = {entry.path for entry in seen.entries}
        known = {entry.path: place for place, entry in enumerate(images.entries) if place not in images.gone}
        gone = tuple(place for path, place in known.items() if path not in there)
        came = tuple(entry for entry in seen.entries if entry.path not in known)
        if gone:
            app.tell(ImagesGone(gone))
        if came:
            app.tell(ImagesFound(came, complete=True))
            images.put_in_order(
                sorted(range(len(images.entries)), key=lambda place: natural(images.entries[place].name))
            )
    if seen.changed:
        app.bridge.preview.again()
        app.tell(ImageChanged(seen.changed))
