"""Every batch there is: at work, in the queue, over. It asks nothing of them itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from engine.files.name import show
from engine.job import State, Verb
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, button, leave, meant, way
from tui.screens.question import Answer, QuestionScreen
from tui.theme import Inks, inks
from tui.widgets.bar import progress
from tui.widgets.buttons import Buttons
from tui.widgets.figures import clock, count, percent
from tui.widgets.job_rows import JobRows

if TYPE_CHECKING:
    from engine.account import Account

PULLS = 0.5
"""Seconds between two looks."""
BAR, LABEL = 24, 9
FILTERS = 200
Said = Callable[[str], None]
ANSWERS: tuple[Answer[Verb], ...] = (
    Answer("n", "No, let it go on", None),
    Answer("f", "Finish the files under way, begin no other", Verb.DRAIN),
    Answer("c", "Cancel at once; files under way are not written", Verb.CANCEL),
)


class Batches(Protocol):
    """Who can be asked; all answer later, in the event loop, with what could not be done or nothing."""

    def look(self, then: Callable[[tuple[Account, ...], str], None]) -> None:
        """All of them, in the order in which they are shown."""

    def ask(self, batches: tuple[str, ...], verb: Verb, said: Said) -> None:
        """Pause, resume, drain or cancel some."""

    def rank(self, account: Account, by: int, said: Said) -> None:
        """Put one that waits further on, or back."""

    def remove(self, batch: str, said: Said) -> None:
        """Forget one that is over."""


class Wish(NamedTuple):
    """What the app is to do with a batch."""

    deed: str
    """`follow`, `retry` or `again`."""
    batch: str


class JobsScreen(Dialog[Wish]):
    """Over all of the main screen: the list, what is known of the one under the cursor, what can be done."""

    DEFAULT_CSS = """
    JobsScreen { align: left top; }
    JobsScreen > #box { width: 100%; height: 100%; padding: 0 1; }
    JobsScreen JobRows { height: 1fr; }
    JobsScreen #whole { height: 5; margin-top: 1; padding: 0 1; }
    JobsScreen #said { height: 1; padding: 0 1; }
    JobsScreen.-low #whole { margin: 0; }
    """

    WHERE = "among batches"
    KEYS = (
        OwnKey("follow", ("enter",), "Show it on the main screen.", "follow"),
        OwnKey("retry", ("r",), "Try again what failed or was left, once it is over.", "retry"),
        OwnKey("reuse", ("a",), "Apply the same to the marked images, or this one.", "reuse"),
        OwnKey("forget", ("d", "delete"), "Take one that is over from the history.", "forget"),
        OwnKey("sooner", ("plus", "equals_sign"), "Let one that waits begin before others.", "sooner"),
        OwnKey("later", ("minus",), "Let others begin before it.", "later"),
        OwnKey("pause", ("p",), "Pause it, or let it go on.", "pause"),
        OwnKey("cancel", ("c",), "Cancel it, after asking.", "cancel"),
        OwnKey("cancel all", ("C",), "Cancel all that are not over, after asking.", "cancel all"),
        leave("q"),
    )

    def __init__(self, batches: Batches, *, may_write: bool = True) -> None:
        """With `may_write` they can be asked something, and forgotten."""
        super().__init__()
        self._batches, self._may_write = batches, may_write
        self._accounts: tuple[Account, ...] = ()
        self._rows = JobRows(on_move=lambda _: self._tell(), on_take=lambda _: self._do("follow"))
        self._whole, self._says = Static("", id="whole", markup=False), Static("", id="said", markup=False)
        self._buttons = Buttons(self._do)

    def compose(self) -> ComposeResult:
        """The list, the one under the cursor, what was refused, the keys."""
        with Vertical(id="box") as box:
            box.border_title = "Batches"
            yield self._rows
            yield self._whole
            yield self._says
            yield self._buttons

    def on_mount(self) -> None:
        """Look now and again."""
        self._rows.activate(True)
        self._rows.explain("There has been no batch yet.", "Mark images and apply the stack to them.")
        self._buttons.show(self._offered())
        self._pull()
        self.set_interval(PULLS, self._pull)

    @property
    def current(self) -> Account | None:
        """The one under the cursor."""
        return self._accounts[self._rows.cursor] if self._rows.cursor < len(self._accounts) else None

    def on_key(self, event: events.Key) -> None:
        """Move, or do something with the one under the cursor."""
        does = meant(self.KEYS, event.key)
        event.stop()
        self._rows.move_to(self._rows.cursor + way(self._rows, does))
        self._do(does)

    def _do(self, does: str) -> None:
        account = self.current
        if does == "leave":
            self.dismiss(None)
        elif account is None or does not in {each for each, _, _ in self._offered()}:
            return
        elif wish := {"follow": "follow", "retry": "retry", "reuse": "again"}.get(does):
            self.dismiss(Wish(wish, account.id))
        elif does == "pause":
            verb = Verb.RESUME if account.state is State.PAUSED else Verb.PAUSE
            self._batches.ask((account.id,), verb, self._said)
        elif does in ("sooner", "later"):
            self._batches.rank(account, 1 if does == "sooner" else -1, self._said)
        elif does == "forget":
            self._batches.remove(account.id, self._said)
        else:
            self._cancel((account,) if does == "cancel" else self._living)

    @property
    def _living(self) -> tuple[Account, ...]:
        return tuple(each for each in self._accounts if not each.state.over)

    def _cancel(self, accounts: tuple[Account, ...]) -> None:
        """After asking."""
        one = len(accounts) == 1
        question = "Cancel the batch?" if one else f"Cancel all {len(accounts)} batches?"

        def take(verb: Verb | None) -> None:
            if verb is not None:
                self._batches.ask(tuple(each.id for each in accounts), verb, self._said)

        remark = f"{show(accounts[0].id)}. Files that are done stay." if one else "Files that are done stay."
        self.app.push_screen(QuestionScreen(question, remark, ANSWERS), take)

    def _said(self, refusal: str) -> None:
        if self.is_attached:
            self._says.update(Text(refusal, inks(self.app.theme).alarm))
            self._pull()

    def _pull(self) -> None:
        self._batches.look(self._show)

    def _show(self, accounts: tuple[Account, ...], error: str) -> None:
        if not self.is_attached:
            return
        if error:
            self._says.update(Text(error, inks(self.app.theme).alarm))
        before, self._accounts = self._accounts, accounts
        self._rows.show(accounts)
        if before != accounts:
            box, working = self.query_one("#box"), len(self._living)
            waiting = sum(each.place > 0 for each in accounts)
            over = len(accounts) - working
            box.border_title = f"Batches: {working - waiting} at work, {waiting} waiting, {over} over"
            self._tell()

    def _offered(self) -> list[tuple[str, str, str]]:
        """What can be done with the one under the cursor."""
        account = self.current
        back = button(self.KEYS, "leave")
        if account is None:
            return [back]
        offered = [button(self.KEYS, "follow", "show" if account.state.over else "")]
        if self._may_write:
            paused = "resume" if account.state is State.PAUSED else ""
            if account.state.over:
                does = ["retry"] * bool(account.failed or account.left) + ["reuse", "forget"]
            else:
                does = ["sooner", "later", "cancel"] if account.place else ["pause", "cancel"]
            does += ["cancel all"] * (len(self._living) > 1)
            offered += [button(self.KEYS, each, paused if each == "pause" else "") for each in does]
        return [*offered, back]

    def _tell(self) -> None:
        """All of the one under the cursor."""
        account, ink = self.current, inks(self.app.theme)
        self._buttons.show(self._offered())
        if account is None:
            self._whole.update("")
            return
        text = Text(no_wrap=True, overflow="ellipsis")
        filters = "  ".join(account.filters) or ("" if account.own_edits else "none")
        own = "each its own edits" if account.own_edits else ""
        where = f" on {show(account.info.host)}" if account.info.host else ""
        cluster = f" by {account.info.cluster}" if account.info.cluster else ""
        begun = f"{account.id}{where}{cluster}"
        _row(ink, text, "batch", [(begun, ink.bright), (f"  to {show(account.info.output)}", ink.muted)])
        _row(ink, text, "filters", [(show("  ".join(filter(None, (own, filters))), FILTERS), ink.text)])
        share = 1 - account.left / max(account.info.total, 1)
        numbers = f" {percent(share)}" + (f", {count(account.left, 'file')} left" if account.left else "")
        numbers += f", {account.failed:,} failed" if account.failed else ""
        numbers += f", {account.skipped:,} there already" if account.skipped else ""
        _row(ink, text, "done", [*progress(share, BAR, ink.lamp, ink.track), (numbers, ink.text)])
        whole = account.spent.total
        if whole:
            spent = asdict(account.spent).items()
            shares = "  ".join(f"{stage} {percent(seconds / whole)}" for stage, seconds in spent)
            _row(ink, text, "threads", [(shares, ink.text), (f"  of {clock(whole)} in all", ink.muted)])
        elif account.place:
            waits = f"number {account.place} in the queue, priority {account.priority}"
            _row(ink, text, "turn", [(waits, ink.text)])
        self._whole.update(text)


def _row(ink: Inks, text: Text, label: str, pieces: Iterable[tuple[str, Style]]) -> None:
    text.append(f"{label:<{LABEL}}", ink.muted)
    for words, style in pieces:
        text.append(words, style)
    text.append("\n")
