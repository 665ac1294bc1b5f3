"""Choosing one of many by a few letters of its name. It does nothing with it."""

import asyncio
from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.fuzzy import Matcher
from textual.timer import Timer
from textual.widgets import Input, Static

from tui.screens.dialog import Dialog
from tui.screens.own_keys import meant, way
from tui.values import OfferRow
from tui.widgets.text_rows import TextRows

NAME, HELP_LINES = 20, 4
REST = 0.25
"""Seconds that the cursor stays on one before it is considered."""


Find = Callable[[Callable[[tuple[OfferRow, ...]], None]], None]
"""Answers later, in the event loop, with what there is."""


class Chooser(Dialog[str]):
    """A list that narrows while one types; gives the name chosen."""

    TITLE: ClassVar[str]
    VERB: ClassVar[str]
    NOTHING: ClassVar[str]
    """What is said before the letters that nothing has."""

    DEFAULT_CSS = f"""
    Chooser {{ align: left bottom; }}
    Chooser > #box {{ width: 48; }}
    Chooser TextRows {{ height: 14; max-height: 50vh; margin: 1 0; }}
    Chooser #help {{ height: {HELP_LINES}; }}
    Chooser.-tall TextRows {{ height: 30; }}
    Chooser.-low TextRows {{ margin: 0; max-height: 40vh; }}
    """

    def __init__(
        self,
        offers: Iterable[OfferRow] = (),
        find: Find | None = None,
        consider: Callable[[str], object] | None = None,
    ) -> None:
        """`find` is asked for the offers when they are not at hand.

        `consider` is told the one under the cursor when a person has moved there and stays for a moment.
        """
        super().__init__()
        self._offers = tuple(offers)
        self._matching = self._offers
        self._find, self._consider = find, consider
        self._resting: Timer | None = None
        self._found = asyncio.Event()
        self._field = Input(placeholder="type a few letters")
        self._rows = TextRows(on_move=self._describe, on_click=self._take)
        self._help = Static("", id="help", markup=False)

    def compose(self) -> ComposeResult:
        """What is typed, the offers, the help of the one under the cursor."""
        with Vertical(id="box") as box:
            box.border_title = self.TITLE
            box.border_subtitle = f"⏎ {self.VERB}   esc back"
            self._field.cursor_blink = False
            yield self._field
            yield self._rows
            yield self._help
            yield from self.below()

    def below(self) -> ComposeResult:
        """What else there is in the box."""
        yield from ()

    def on_mount(self) -> None:
        """All of them to begin with."""
        self._rows.activate(True)
        self._begin()

    def _begin(self) -> None:
        if self._find is None:
            self._show(self._offers)
        else:
            self._find(self._show)

    async def pondered(self) -> None:
        """Wait until the offers are there."""
        await self._found.wait()

    @property
    def current(self) -> OfferRow | None:
        """The one under the cursor."""
        return self._matching[self._rows.cursor] if self._matching else None

    def again(self, said: str) -> None:
        """Find them once more, as there are others now, and say why."""

        def show(offers: tuple[OfferRow, ...]) -> None:
            self._show(offers)
            if self.is_attached:
                self._help.update(said)

        if self._find is not None:
            self._find(show)

    def _show(self, offers: tuple[OfferRow, ...]) -> None:
        if self.is_attached:
            self._offers = offers
            self._found.set()
            self._fill(self._field.value.strip())

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer or more of them."""
        self._fill(event.value.strip())

    def on_input_submitted(self) -> None:
        """This one."""
        if self._matching:
            self._take(self._rows.cursor)

    def on_key(self, event: events.Key) -> None:
        """The keys that a field for text has no use for."""
        # Letters belong to the field, and so do the ends of what is typed.
        by = 0 if event.character or event.key in ("home", "end") else way(self._rows, meant((), event.key))
        if by:
            event.stop()
            self._rows.move_to(self._rows.cursor + by)

    def _fill(self, typed: str) -> None:
        matcher = Matcher(typed)
        scored = [(matcher.match(each.name) if typed else 1.0, each) for each in self._offers]
        kept = [(score, each) for score, each in scored if score > 0]
        self._matching = tuple(each for _, each in sorted(kept, key=lambda pair: -pair[0]))
        self._rows.show([self._row(each) for each in self._matching])
        if not self._matching and self._found.is_set():
            self._help.update(f"{self.NOTHING}: {typed}")

    def _row(self, row: OfferRow) -> list[tuple[str, Style]]:
        ink = self._rows.ink
        return [(f" {row.name:<{NAME}}", ink.text), (row.group, ink.muted)]

    def _describe(self, index: int) -> None:
        self._help.update(self._matching[index].help)
        if self._resting is not None:
            self._resting.stop()
        # Right after the opening nobody has chosen anything yet.
        if self._consider is not None and (index or self._field.value):
            name, consider = self._matching[index].name, self._consider
            self._resting = self.set_timer(REST, lambda: consider(name))

    def _take(self, index: int) -> None:
        self.dismiss(self._matching[index].name)
