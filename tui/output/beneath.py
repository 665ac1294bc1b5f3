"""What a dialog leaves to be seen: the screen below, cell by cell as that one draws it. It neither dims nor tints."""

from typing import Any

from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from tui.output.pen import Pen, Pens
from tui.output.strip import CellStrip, cells_of, late_of


def beneath(screen: Screen[Any], crop: Region, pens: Pens) -> list[Strip]:
    """The rows of the screen below this one, to be drawn as its ground.

    Textual would restyle every segment below: a picture that looks the same would be other bytes, and all of it would
    be sent again.
    """
    stack = screen.app.screen_stack
    compositor = stack[stack.index(screen) - 1]._compositor  # noqa: SLF001 - it alone has the strips uncut
    chops = compositor._render_chops(compositor.size.region, lambda y: y in crop.line_range)  # noqa: SLF001 - as above
    rows = []
    for chop in chops[crop.y : crop.bottom]:
        chars: list[str] = []
        drawn: list[Pen] = []
        late = b""
        for strip in chop.values():
            some, theirs = cells_of(strip, pens)
            chars += some
            drawn += theirs
            late += late_of(strip)
        rows.append(CellStrip(chars, drawn, late).crop(crop.x, crop.right))
    return [*rows, *[Strip.blank(crop.width)] * (crop.height - len(rows))]
