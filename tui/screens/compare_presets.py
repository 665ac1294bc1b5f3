"""A picture by every preset beside each other, and as it is. It makes no picture and puts nothing on the stack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.widgets import Input, Static

from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, leave, meant
from tui.values import OfferRow
from tui.widgets.picture_tiles import PictureTiles

if TYPE_CHECKING:
    from textual.strip import Strip

NOTHING = "No preset has these letters"
Fill = Callable[[Mapping[int, "tuple[Strip, ...]"]], None]
Want = Callable[[Sequence[int], tuple[int, int], Fill], object]
"""Has pictures made by the numbers of their presets, within columns x rows, and gives them one by one."""


class ComparePresetsScreen(Dialog[str]):
    """The first is the picture as it is; gives the name of the preset that was chosen."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ComparePresetsScreen { align: center middle; }
    ComparePresetsScreen > #box { width: 100%; height: 100%; padding: 0 1; background: $background; }
    ComparePresetsScreen Static, ComparePresetsScreen PictureTiles { background: $background; }
    ComparePresetsScreen PictureTiles { height: 1fr; margin-top: 1; }
    ComparePresetsScreen #help { height: 2; }
    ComparePresetsScreen.-low #help { height: 1; }
    ComparePresetsScreen.-low PictureTiles { margin: 0; }
    """

    WHERE = "among presets side by side"
    KEYS = (
        OwnKey("left", ("left", "h"), "The picture to the left.", "↑↓→ choose"),
        OwnKey("right", ("right", "l"), "The picture to the right."),
        OwnKey("put", ("enter",), "Put the preset on the stack.", "put on"),
        OwnKey("find", ("slash",), "Find presets by a few letters of their names.", "find"),
        leave("q", "semicolon"),
    )

    def __init__(self, want: Want) -> None:
        super().__init__()
        self._want = want
        self._offers: tuple[OfferRow, ...] = ()
        self._field = Input(placeholder="/ and a few letters of a name")
        self._field.cursor_blink = False
        self._tiles = PictureTiles(self._ask, self._describe, self._take)
        self._help = Static("", id="help", markup=False)

    def compose(self) -> ComposeResult:
        """What is typed, the pictures, the help of the one under the cursor."""
        with Vertical(id="box") as box:
            box.border_title = "Compare presets"
            box.border_subtitle = edge(self.KEYS).replace(" ↑↓→", "↑↓→")
            yield self._field
            yield self._tiles
            yield self._help

    def show(self, offers: tuple[OfferRow, ...]) -> None:
        """All that there are, the picture as it is before them."""
        if self.is_attached:
            self._offers = offers
            self._narrow(self._field.value.strip())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer or more of them."""
        self._narrow(event.value.strip())

    def on_input_submitted(self) -> None:
        """The keys choose a picture again."""
        self.set_focus(None)

    def on_key(self, event: events.Key) -> None:
        """Move, choose or find."""
        tiles, whole, does = self._tiles, len(self._offers), meant(self.KEYS, event.key)
        if self.focused is not None:
            if event.key in ("down", "up", "escape", "tab"):
                self.set_focus(None)
                event.stop()
            return
        event.stop()
        page = tiles.across * tiles.high
        by = {"right": 1, "left": -1, "down": tiles.across, "up": -tiles.across, "first": -whole, "last": whole}
        by |= {"page down": page, "page up": -page}
        if does in by:
            tiles.move(by[does])
        elif does == "find":
            self._field.focus()
        elif does == "put" and tiles.current is not None:
            self._take(tiles.current)
        elif does == "leave":
            self.dismiss(None)

    def _narrow(self, typed: str) -> None:
        matcher = Matcher(typed)
        scores = {number: matcher.match(row.name) if typed else 1.0 for number, row in enumerate(self._offers)}
        order = sorted((number for number in scores if scores[number] > 0), key=lambda number: -scores[number])
        self._tiles.show({number: row.name for number, row in enumerate(self._offers)}, order)
        if not order and self._offers:
            self._help.update(f"{NOTHING}: {typed}")

    def _ask(self, numbers: Sequence[int], size: tuple[int, int]) -> None:
        def fill(drawn: Mapping[int, tuple[Strip, ...]]) -> None:
            if self.is_attached and size == self._tiles.cells:
                self._tiles.fill(drawn)

        self._want(numbers, size, fill)

    def _describe(self, number: int) -> None:
        row = self._offers[number]
        self.query_one("#box").border_title = f"Compare presets  {self._tiles.cursor + 1}/{self._tiles.count}"
        self._help.update(f"{row.name}: {row.help}" + (f" ({row.group})" if row.group else ""))

    def _take(self, number: int) -> None:
        self.dismiss(self._offers[number].name if number else None)
