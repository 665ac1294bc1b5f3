"""Twelve results of a batch before it is started, and what all of them would take. It develops nothing."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, buttons, leave, meant
from tui.theme import inks
from tui.values import Predicted, Sheet
from tui.widgets.buttons import Buttons
from tui.widgets.contact_rows import ContactRows
from tui.widgets.figures import clock, count, percent, size

LABEL = 10
Take = Callable[[Sheet], None]


class ContactSheetScreen(Dialog[bool]):
    """Over all of the main screen. Gives True to start the batch."""

    DEFAULT_CSS = """
    ContactSheetScreen { align: left top; }
    ContactSheetScreen > #box { width: 100%; height: 100%; }
    ContactSheetScreen ContactRows { height: 1fr; }
    ContactSheetScreen #told { height: 6; margin-top: 1; }
    """

    WHERE = "in the contact sheet"
    KEYS = (OwnKey("start", ("enter",), "Start the batch as it was tried.", "start"), leave("q"))

    def __init__(
        self,
        begin: Callable[[Take], object],
        fit: Callable[[tuple[int, int], Take], object],
        leave: Callable[[], object],
    ) -> None:
        """`begin` and `fit` answer later, in the event loop, with news; `leave` ends what is under way."""
        super().__init__()
        self._begin, self._leave = begin, leave
        self._rows = ContactRows(lambda size: fit(size, self.take))
        self._told = Static("", id="told", markup=False)
        self._buttons = Buttons(self._do)
        self._count = self._over = 0
        self._done = False

    def compose(self) -> ComposeResult:
        """The pictures, what all would take, what can be done."""
        with Vertical(id="box") as box:
            box.border_title = "Contact sheet"
            yield self._rows
            yield self._told
            yield self._buttons

    def on_mount(self) -> None:
        """Try them."""
        self._told.update("The files are being looked for.")
        self._buttons.show(buttons(self.KEYS[1:]))
        self._begin(self.take)

    def on_unmount(self) -> None:
        """Nothing more needs to be tried."""
        self._leave()

    def take(self, sheet: Sheet) -> None:
        """There is news."""
        if not self.is_attached:
            return
        if sheet.error:
            self._told.update(Text(sheet.error, inks(self.app.theme).alarm))
            return
        if sheet.names:
            self._count = len(sheet.names)
            tried = f"{self._count} of " if self._count < sheet.total else ""
            self.query_one("#box").border_title = f"Contact sheet: {tried}{count(sheet.total, 'file')}"
            self._rows.begin(sheet.names)
            self._buttons.show(buttons(self.KEYS))
        self._over += len(sheet.errors) or (not self._done and len(sheet.drawn) == 1)
        self._rows.fill(sheet.drawn, sheet.errors)
        if sheet.told is not None:
            self._done = True
            self._told.update(self._words(sheet.told))
        elif not self._done:
            made = min(self._over, self._count)
            self._told.update(f"{made} of {self._count} are made as they would be; none is written.")

    def on_key(self, event: events.Key) -> None:
        """Start, or go back."""
        event.stop()
        self._do(meant(self.KEYS, event.key))

    def _do(self, does: str) -> None:
        if does == "start" and self._count:
            self.dismiss(True)
        elif does == "leave":
            self.dismiss(None)

    def _words(self, told: Predicted) -> Text:
        ink, text = inks(self.app.theme), Text()
        already = f", {told.left_alone:,} already there" if told.left_alone else ""
        failing = f", {told.failing} of {told.tried} tried failed" if told.failing else ""
        whole = sum(seconds for _, seconds in told.stages) or 1.0
        shares = "  ".join(f"{stage} {percent(seconds / whole)}" for stage, seconds in told.stages)
        free = f" of {size(told.free)} that the disk has left" if told.free >= 0 else ""
        if told.seconds is None:
            took = clock(sum(seconds for _, seconds in told.stages))
            time = f"about {took}", " for one thread like those here; the cluster's threads share that"
            memory = "", f"not known: {told.cluster} was not asked"
        else:
            time = f"about {clock(told.seconds)}", f" on {count(told.workers, 'thread')}"
            memory = f"up to {size(told.memory)}", f" of {size(told.budget)} that a batch may take"
        for label, words, more in (
            ("files", f"{count(told.files, 'file')}, {told.megapixels:,.0f} MP{already}", failing),
            ("time", *time),
            ("of that", shares, ""),
            ("results", f"about {size(told.bytes)}", free),
            ("memory", *memory),
        ):
            text.append(f"{label:<{LABEL}}", ink.muted).append(words, ink.bright).append(f"{more}\n", ink.text)
        if told.warning:
            text.append(f"! {told.warning}", ink.alarm)
        return text
