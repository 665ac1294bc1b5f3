"""Commands on the list of images, and what several of them share."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from engine.files.name import show
from engine.files.remote.url import is_url
from tui.messages import NoticeGiven
from tui.values import Order
from tui.widgets.figures import count

if TYPE_CHECKING:
    from tui.app import Safelight

PLACE = 1
"""Of the group among the others."""


ORDERS: Mapping[Order, tuple[str, str, str]] = {
    "name": ("name", "from the beginning", "from the end"),
    "taken": ("the date taken (~ the file's, where the picture tells none)", "the oldest first", "the newest first"),
    "written": ("the date of the file", "the oldest first", "the newest first"),
    "size": ("size", "the largest first", "the smallest first"),
    "megapixels": ("megapixels", "the largest first", "the smallest first"),
    "rating": ("rating", "the best first", "the worst first"),
}
"""What each order goes by, and what comes first, as it is and the other way round."""


def is_read(app: Safelight) -> bool:
    """Whether all images are known, so that they can be put in order; else a person is told."""
    if not app.main.images.complete:
        app.tell(NoticeGiven("The folder is still being read; try again in a moment."))
    return app.main.images.complete


def tell_order(app: Safelight) -> None:
    """Say what the images are in order by."""
    images = app.main.images
    what, *ways = ORDERS[images.order]
    app.tell(NoticeGiven(f"By {what}: {ways[images.backwards]}; {{key}} turns it round.", command="reverse_order"))


def is_here(app: Safelight, deed: str) -> bool:
    """Whether the marked images, or this one, are on this machine; else a person is told that the deed takes that."""
    far = [entry for entry in app.main.images.chosen_entries() if is_url(entry.path)]
    if far:
        app.tell(NoticeGiven(f"{show(far[0].name)} lies on another machine: copy it to a disk first, to {deed} it."))
    return not far


def rate(app: Safelight, rating: int) -> None:
    """Rate the marked images, or this one, and remember it in their sidecars."""
    if is_here(app, "rate"):
        app.bridge.shelving.rate(app.main.images.chosen_images(), rating)


def ask_folder(app: Safelight, way: Literal["copied", "moved"], word: str) -> None:
    """Have the marked images, or this one, carried to a folder that a person types."""
    from tui.screens.type_folder import TypeFolderScreen

    images = app.main.images.chosen_images()
    if not images:
        app.tell(NoticeGiven("There is no image."))
        return

    def carry(folder: str | None) -> None:
        if folder is not None:
            app.last_folder = folder
            app.bridge.shelving.carry(images, way, folder)

    first = next(iter(images.values()))
    begin = app.last_folder or os.path.join(os.path.dirname(first.path), "")
    app.push_screen(TypeFolderScreen(f"{word} {count(len(images), 'image')} to", begin), carry)
