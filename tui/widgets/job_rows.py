"""Batches as rows: state by letter and colour, how many files, how fast, how long. It asks nothing of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.style import Style
from textual import events

from engine.files.name import show
from engine.job import State
from tui.widgets.figures import clock, rate
from tui.widgets.line import Line
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from engine.account import Account

STATE, FILES, FAILED, RATE, TIME, BEGUN = 13, 15, 11, 11, 15, 8
"""Columns."""
ROOM_FOR_FOLDER = 92
TODAY, EARLIER = "%H:%M", "%d %b"


class JobRows(Rows):
    """The cursor stays with its batch, wherever that goes."""

    def __init__(self, on_move: Callable[[int], object], on_take: Callable[[int], object]) -> None:
        """Both are given the number of the row; `on_take` after a second click."""
        super().__init__()
        self._accounts: tuple[Account, ...] = ()
        self._on_move, self._on_take = on_move, on_take

    def show(self, accounts: tuple[Account, ...]) -> None:
        """These are the batches now."""
        if accounts == self._accounts:
            return
        here = self._accounts[self.cursor].id if self._accounts else ""
        self._accounts, self.count = accounts, len(accounts)
        ids = [each.id for each in accounts]
        self.cursor = ids.index(here) if here in ids else min(self.cursor, max(self.count - 1, 0))
        self._reveal()
        self.refresh()
        if accounts:
            self._on_move(self.cursor)

    def chosen(self, index: int) -> None:
        """Another one is under the cursor."""
        self._on_move(index)

    def on_click(self, event: events.Click) -> None:
        """Go to one; twice: follow it."""
        event.stop()
        index = self.row_at(event.y)
        if index is not None:
            self.move_to(index)
            if event.chain == 2:
                self._on_take(index)

    def draw_heading(self, width: int) -> Line:
        """What the columns are."""
        ink, line = self.ink, Line().add(" ", self.ink.muted)
        for word, columns in (
            ("state", STATE),
            ("files", FILES),
            ("failed", FAILED),
            ("speed", RATE),
            ("time", TIME),
            ("begun", BEGUN),
        ):
            line.add(word, ink.muted, columns)
        return line.add("folder", ink.muted) if width >= ROOM_FOR_FOLDER else line

    def draw_row(self, index: int, width: int) -> Line:
        """One batch."""
        account, ink = self._accounts[index], self.ink
        letter, style = self._mark(account)
        line = Line().add(f" {letter} ", style).add(_stands(account), style, STATE - 2)
        line.add(f"{account.done + account.skipped:,} of {account.info.total:,}", ink.text, FILES)
        line.add(f"! {account.failed:,}" if account.failed else "", ink.alarm, FAILED)
        line.add(rate(account.rate) if account.rate else "", ink.bright, RATE)
        line.add(_time(account), ink.text, TIME)
        line.add(_begun(account.info.started), ink.muted, BEGUN)
        if width < ROOM_FOR_FOLDER:
            return line
        by = f"  by {account.info.cluster}" if account.info.cluster else ""
        return line.add(show(_tilde(account.info.output)), ink.muted).add(by, ink.text)

    def _mark(self, account: Account) -> tuple[str, Style]:
        ink = self.ink
        return {
            State.WAITING: ("W", ink.muted),
            State.RUNNING: ("R", ink.lamp),
            State.PAUSED: ("P", ink.key),
            State.DRAINING: ("E", ink.glow),
            State.DONE: ("D", ink.text),
            State.CANCELLED: ("C", ink.muted),
            State.BROKEN: ("B", ink.alarm),
        }[account.state]


def _begun(started: float) -> str:
    """The time of today, the day of another."""
    then, now = time.localtime(started), time.localtime()
    return time.strftime(TODAY if then[:3] == now[:3] else EARLIER, then)


def _stands(account: Account) -> str:
    """The state in a word, with its place in the queue."""
    if account.place:
        return f"waits, {account.place}"
    return "ending" if account.state is State.DRAINING else str(account.state)


def _time(account: Account) -> str:
    if account.state.over:
        return clock(account.seconds) if account.seconds else ""
    if account.remaining_seconds is not None:
        return f"{clock(account.remaining_seconds)} to go"
    return clock(account.seconds) if account.seconds >= 1 else ""


def _tilde(path: str) -> str:
    home = os.path.expanduser("~")
    return f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path
