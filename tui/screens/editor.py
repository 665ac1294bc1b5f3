"""What all editors share: they stand where the stack stands, show what they do in the picture, and change nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Generic, NamedTuple, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from engine.parameters import Value
from tui.editing.draft import Draft
from tui.editing.room import Room
from tui.messages import RunCommand
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey
from tui.screens.type_value import TypeValueScreen
from tui.widgets.handle_rows import HandleRows
from tui.widgets.key_bar import Hint, KeyBar

COARSE = 10
"""Steps of an arrow key with shift."""
NARROW, WIDE = 30, 60
"""Columns of an editor."""
ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
MOVES = {
    **ARROWS,
    **{f"shift+{key}": (COARSE * across, COARSE * down) for key, (across, down) in ARROWS.items()},
    "h": (-1, 0),
    "l": (1, 0),
    "H": (-COARSE, 0),
    "L": (COARSE, 0),
}

AnyDraft = TypeVar("AnyDraft", bound=Draft)


class Action(NamedTuple):
    """Something to do in an editor: a key, a word, and the method `do_NAME`."""

    name: str
    keys: tuple[str, ...]
    shown: str
    """The key as it is shown."""
    label: str
    always: bool = False


KEEP = Action("keep", ("enter",), "⏎", "keep", always=True)
LEAVE = Action("leave", ("escape",), "esc", "back", always=True)
NEXT = Action("next", ("tab", "j"), "⇥", "next")
PREVIOUS = Action("previous", ("shift+tab", "k"), "", "")
TYPE = Action("type", ("equals_sign",), "=", "type")
RESET = Action("reset", ("r", "0"), "r", "reset")
UNDO = Action("undo", ("u",), "u", "undo")
ADD = Action("add", ("plus", "insert", "a"), "+", "add")
REMOVE = Action("remove", ("x", "delete", "backspace"), "x", "remove")


class Editor(Dialog[dict[str, Value]], Generic[AnyDraft]):
    """Gives the values when they are kept. Escape gives None, and whoever opened it shows what was before."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (NEXT, PREVIOUS, TYPE, RESET, UNDO, KEEP, LEAVE)
    ARROWS: ClassVar[tuple[str, str]] = "←↑↓→", "move"
    """Which of the arrows move, and what they do, in a word."""

    WHERE = "in an editor"
    KEYS = (
        OwnKey("next", NEXT.keys, "The next point, colour, corner or number."),
        OwnKey("previous", PREVIOUS.keys, "The one before it."),
        OwnKey("add", ADD.keys, "Another one, where there may be more."),
        OwnKey("remove", REMOVE.keys, "Take it away."),
        OwnKey("type", TYPE.keys, "Type its value."),
        OwnKey("reset", RESET.keys, "As it is by default."),
        OwnKey("undo", UNDO.keys, "Take back what was done last in the editor."),
        OwnKey("keep", KEEP.keys, "Keep all of it, as one step to undo."),
        OwnKey("leave", LEAVE.keys, "Close it, and change nothing."),
    )
    LISTED: ClassVar[bool] = True
    """Whether all handles have a row, or the chosen one alone."""

    DEFAULT_CSS = """
    Editor > #box { position: absolute; padding: 0 1; max-height: 100%; background: $surface; }
    Editor > #box > * { width: 100%; }
    Editor Static { background: $surface; }
    Editor #help { height: auto; margin-top: 1; }
    Editor #said { height: auto; max-height: 4; }
    Editor KeyBar { dock: bottom; width: 100%; height: 1; }
    """

    def __init__(self, draft: AnyDraft, room: Room) -> None:
        super().__init__()
        self.draft, self.room = draft, room
        self._rows = HandleRows(self._choose, self._slide)
        self._said = Static("", id="said", classes="alarm", markup=False)
        self._help = Static("", id="help", classes="quiet", markup=False)
        self._bar = KeyBar()
        self._shown: Mapping[str, Value] | None = None
        self._past = [draft.step]
        """The step as it was after each change, the newest last."""

    def stage(self) -> ComposeResult:
        """What stands above the rows."""
        yield from ()

    def restage(self) -> None:
        """Show the draft as it is now."""

    def compose(self) -> ComposeResult:
        """The stage, the handles, what was refused; the keys in the lowest line of the screen."""
        subject = self.draft.subject
        with Vertical(id="box") as box:
            box.border_title = (
                f"{subject.edited.filter}: {subject.form if len(subject.names) > 1 else subject.names[0]}"
            )
            yield from self.stage()
            yield self._rows
            yield self._said
            if self.LISTED:
                yield self._help
        yield self._bar

    def on_mount(self) -> None:
        """Stand where the stack stands."""
        hints = [Hint(*self.ARROWS, "")]
        hints += [Hint(each.shown, each.label, each.name, each.always) for each in self.ACTIONS if each.label]
        self._bar.show(tuple(hints))
        self._fit()
        self.refresh_draft()

    def on_resize(self, event: events.Resize) -> None:
        """The stack may stand elsewhere."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        width, height = self.app.size
        region = self.room.region()
        if not region.area:
            region = Region(max(width - WIDE, 0), 0, WIDE, height - 1)
        region = region.intersection(Region(0, 0, width, max(height - 1, 1)))
        box = self.query_one("#box", Widget)
        box.styles.width = min(max(region.width, NARROW), width)
        box.styles.height = max(region.height, min(height - 1, 8))
        box.styles.offset = (min(region.x, max(width - NARROW, 0)), region.y)

    def refresh_draft(self) -> None:
        """Show the draft, and in the picture what it does."""
        draft = self.draft
        if draft.step != self._past[-1]:
            self._past.append(draft.step)
        handles, chosen = draft.handles, draft.chosen
        shown = handles if self.LISTED else handles[chosen : chosen + 1]
        self._rows.show(shown, chosen if self.LISTED else 0)
        self._rows.styles.height = len(shown)
        self._said.update(_plain(draft.refusal, draft.subject.edited.filter, draft.subject.names))
        self._help.update(draft.field()[0].help)
        self.restage()
        self.show_result()

    def show_result(self) -> None:
        """Have the picture show it, unless it does."""
        seen = {**self.draft.values, "": self.look()}
        if seen != self._shown:
            self._shown = seen
            self.room.show(self.draft.shown())

    def look(self) -> str:
        """What else the picture depends on."""
        return str(self.draft.chosen)

    def on_key(self, event: events.Key) -> None:
        """Move the handle, or do what the key is for."""
        key = event.key
        event.stop()
        event.prevent_default()
        if key in MOVES:
            self.move(*MOVES[key])
            return
        for action in self.ACTIONS:
            if key in action.keys:
                self.act(action.name)

    def on_run_command(self, message: RunCommand) -> None:
        """A hint was clicked."""
        message.stop()
        if message.command:
            self.act(message.command)

    def act(self, name: str) -> None:
        """Do one of the actions, and show what came of it."""
        self.draft.refusal = ""
        getattr(self, f"do_{name}")()
        if self.is_current:
            self.refresh_draft()

    def move(self, across: int, down: int) -> None:
        """So many steps to the right and down."""
        self.draft.refusal = ""
        self.draft.nudge(across, down)
        self.refresh_draft()

    def do_keep(self) -> None:
        """Give the values."""
        self.dismiss(self.draft.values)

    def do_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)

    def do_next(self) -> None:
        """The next handle."""
        self.draft.choose(self.draft.chosen + 1)

    def do_previous(self) -> None:
        """The one before."""
        self.draft.choose(self.draft.chosen - 1)

    def do_reset(self) -> None:
        """As the filter declares it."""
        self.draft.reset()

    def do_undo(self) -> None:
        """Take back the last change that was made here."""
        if len(self._past) > 1:
            del self._past[-1]
            self.draft.restore(self._past[-1])

    def do_type(self) -> None:
        """Type the value of the handle."""

        def take(typed: Value | None) -> None:
            if typed is not None:
                self.draft.put(typed)
                self.refresh_draft()

        self.app.push_screen(TypeValueScreen(*self.draft.field()), take)

    def _choose(self, index: int) -> None:
        self.draft.choose(index)
        self.refresh_draft()

    def _slide(self, index: int, share: float) -> None:
        self.draft.slide(index, share)
        self.refresh_draft()


def _plain(refusal: str, filter: str, names: tuple[str, ...]) -> str:
    """A sentence without the words before it that the title says."""
    for before in (filter, *names):
        refusal = refusal.removeprefix(f"{before}: ")
    return refusal[:1].upper() + refusal[1:]
