"""Commands on the list of images, and what several of them share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

from tui.messages import NoticeGiven
from tui.widgets.figures import count

if TYPE_CHECKING:
    from tui.app import Safelight

PLACE = 1
"""Of the group among the others."""


def rate(app: Safelight, rating: int) -> None:
    """Rate the marked images, or this one, and remember it in their sidecars."""
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
