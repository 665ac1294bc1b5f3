"""The command `sort_images`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from tui.commands import Command
from tui.commands.images import is_read, tell_order
from tui.values import Order

if TYPE_CHECKING:
    from tui.app import Safelight


class SortImages(Command):
    """Put the images in another order: by name, date taken, date of the file, size, megapixels or rating."""

    title = "Sort otherwise"
    keys = ("S",)
    rank = 42
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """The next order; what it goes by fills in."""
        images, orders = app.main.images, get_args(Order)
        if not is_read(app):
            return
        if images.cull is not None:
            app.main.show_culled(None)
        order = orders[(orders.index(images.order) + 1) % len(orders)]
        images.sort(order)
        if order != "name":
            app.bridge.ordering.by(order, images.entries)
        tell_order(app)
