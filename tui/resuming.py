"""Begins where a person left a folder, as its names come, and tells how it is left. It reads and writes no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.app import Safelight
    from tui.bridge.place import Left


def resume(app: Safelight) -> None:
    """Ask how it was left, and go there, unless a person is somewhere else by then."""
    app.bridge.restoring.view(lambda left: _go(app, left))


def left(app: Safelight) -> tuple[Left, Stack | None]:
    """How it stands, with the stack for all if there is one, and the person ended the app.

    Edits of single pictures are kept beside them, and the stack of an app that was cut off is offered by itself.
    """
    from tui.bridge.place import Left

    main = app.main
    image = main.images.current
    images, full, tones = main.images, main.has_class("-full"), main.has_class("-tones")
    view = Left(image.path if image else "", images.order, main.pane, full, tones, main.thumbs, images.backwards)
    return view, app.bridge.stack if app.return_code == 0 and app.bridge.shared else None


def _go(app: Safelight, left: Left) -> None:
    main = app.main
    if _is_elsewhere(app):
        return
    main.show_thumbs(left.thumbs)
    main.enter(left.pane)
    main.set_class(left.full, "-full")
    main.set_class(left.tones, "-tones")
    app.show_hints()

    def seek() -> bool:
        """Whether there is nothing more to wait for."""
        images = main.images
        if images.cursor or images.letters:
            return True
        row = next((row for row, place in enumerate(images.view) if images.entries[place].path == left.image), None)
        if row is not None:
            images.move_to(row)
        if images.complete and left.order != "name":
            images.sort(left.order)
            app.bridge.ordering.by(left.order, images.entries)
        if images.complete and left.backwards != images.backwards:
            images.reverse()
        return row is not None or images.complete

    if not seek():
        main.awaiting = seek


def _is_elsewhere(app: Safelight) -> bool:
    """Whether a person has moved already."""
    main = app.main
    return bool(main.images.cursor or main.images.letters or main.pane != "images" or main.images.order != "name")
