"""Where to and how: what applying the stack to images needs to know. It plans and starts nothing itself."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from engine.files.name import show
from tui.screens.dialog import Dialog
from tui.values import ApplyOptions, Existing, Metadata, Planned
from tui.widgets.buttons import Buttons
from tui.widgets.choice import Choice
from tui.widgets.figures import count

EXISTING: tuple[Existing, ...] = ("fail", "skip", "replace")
METADATA: tuple[Metadata, ...] = ("safe", "all", "none")
WHOSE = ("this stack for all", "each its own")
FOLDER = "developed"
"""Beside the first image, unless a person names another."""

LARGE = 100
"""Files from which a contact sheet is offered."""
MOST = 12
CLOSE = ("edits", "cluster")
"""Lines that stand with the one above: over a thin line a higher dialog costs more."""
START, SHEET = ("enter", "⏎", "start"), ("f3", "f3", "contact sheet")
CLUSTER = "The cluster's workers read and write them: they need these folders under the same names."
Beside = Literal["", "waits", "shares"]
BESIDE: dict[str, str] = {
    "waits": "Another batch is at work: this one waits for its turn.",
    "shares": "Another batch is at work; they will share the cores.",
}
Plan = Callable[[ApplyOptions, Callable[[Planned], None]], None]


class ApplyScreen(Dialog[ApplyOptions]):
    """Folder, format, quality, what to do with files that exist; says what would come of it while one chooses."""

    DEFAULT_CSS = """
    ApplyScreen #box { width: 76; }
    ApplyScreen Horizontal { height: 1; margin-top: 1; }
    ApplyScreen Horizontal.close { margin: 0; }
    ApplyScreen.-low Horizontal, ApplyScreen.-low #verdict, ApplyScreen.-middle Horizontal { margin: 0; }
    ApplyScreen .label { width: 14; color: $muted; }
    ApplyScreen #verdict { margin-top: 1; height: 4; }
    ApplyScreen.-low Buttons { display: none; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-middle"), (27, "-high"), (60, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "app.focus_next", "Next field"),
        ("up", "app.focus_previous", "Previous field"),
        ("enter", "start", "Start"),
        ("f3", "sheet", "Contact sheet"),
    ]

    def __init__(
        self,
        paths: tuple[str, ...],
        filters: tuple[str, ...],
        formats: tuple[str, ...],
        *,
        marked: bool,
        plan: Plan,
        reach: Callable[[str, Callable[[str], None]], None],
        sheet: Callable[[ApplyOptions, Callable[[bool | None], None]], object],
        beside: Beside = "",
        last: ApplyOptions | None = None,
        folder: str = "",
    ) -> None:
        """`formats` can be written; `plan` answers later, in the event loop, with what the options would do, and
        `reach` with why a cluster cannot do it, or nothing.

        `sheet` shows some of that, and gives True where it is to be started. `beside` is said of another batch that is
        at work; `last` was chosen last, but for the folder, which is `folder`, or beside the first.
        """
        super().__init__()
        self._filters = filters
        self._heading = f"Apply to {count(len(paths), 'marked image')}" if marked else "Apply to this image"
        self._beside: Beside = beside
        self._plan, self._reach, self._sheet = plan, reach, sheet
        self._planned: Planned | None = None
        self._judged = asyncio.Event()
        self._folder = Input(folder or folder_beside(paths[0]), id="folder", select_on_focus=False)
        self._quality = Input(last.quality if last else "90", id="quality", select_on_focus=True)
        self._format = Choice(("keep", *formats), last.format if last else "keep", id="format")
        self._existing: Choice[Existing] = Choice(EXISTING, last.existing if last else "fail", id="existing")
        self._whose = Choice(WHOSE, WHOSE[bool(last and last.own)], id="whose")
        self._side = Input(last.side if last else "", id="side", placeholder="as it is")
        self._metadata: Choice[Metadata] = Choice(METADATA, last.metadata if last else "safe", id="metadata")
        self._cluster = Input(last.cluster if last else "", id="cluster", placeholder="this machine")
        self._verdict = Static("", id="verdict", markup=False)
        self._buttons = Buttons(self._press)

    def compose(self) -> ComposeResult:
        """A line for each thing to choose, and the verdict."""
        for each in (self._folder, self._quality, self._side, self._cluster):
            each.cursor_blink = False
        with Vertical(id="box") as box:
            box.border_title = self._heading
            stack = " → ".join(self._filters) or "no filter: files are only written anew"
            for label, field in (
                ("stack", Static(stack, markup=False)),
                ("edits", self._whose),
                ("folder", self._folder),
                ("format", self._format),
                ("quality", self._quality),
                ("longer side", self._side),
                ("metadata", self._metadata),
                ("if one exists", self._existing),
                ("cluster", self._cluster),
            ):
                with Horizontal(classes="close" if label in CLOSE else ""):
                    yield Static(label, classes="label")
                    yield field
            yield self._verdict
            yield self._buttons

    def on_mount(self) -> None:
        """The first verdict."""
        self._folder.focus()
        self._buttons.show([START, SHEET, ("tab", "⇥", "next"), ("escape", "esc", "back")])
        self._ask()

    @property
    def options(self) -> ApplyOptions:
        """What is chosen now."""
        return ApplyOptions(
            output=self._folder.value,
            format=self._format.value,
            quality=self._quality.value,
            existing=self._existing.value,
            own=self._whose.value == WHOSE[1],
            side=self._side.value,
            metadata=self._metadata.value,
            cluster=self._cluster.value.strip(),
        )

    def on_input_changed(self) -> None:
        """Another folder or quality."""
        self._ask()

    def on_choice_changed(self) -> None:
        """Another format or way."""
        self._ask()

    def on_input_submitted(self) -> None:
        """Enter in a field."""
        self.action_start()

    def action_sheet(self) -> None:
        """Some of the results, where the last verdict allows them."""
        if self._planned is not None and not self._planned.error and self._planned.count:
            self._sheet(self.options, lambda go: self.action_start() if go else None)

    def _press(self, key: str) -> None:
        """A key's button was clicked."""
        actions = {"enter": self.action_start, "f3": self.action_sheet, "escape": self.action_leave}
        actions.get(key, self.focus_next)()

    def action_start(self) -> None:
        """Start, if the last verdict allows it and the cluster answers."""
        options = self.options
        if self._planned is None or self._planned.error or not self._planned.count:
            return
        if not options.cluster:
            self.dismiss(options)
            return

        def answer(error: str) -> None:
            if not self.is_attached or options != self.options:
                return
            if error:
                self._say(error, alarm=True)
            else:
                self.dismiss(options)

        self._say(f"{options.cluster} is being asked.")
        self._reach(options.cluster, answer)

    def _ask(self) -> None:
        asked, self._planned = self.options, None
        self._judged.clear()

        def answer(planned: Planned) -> None:
            if self.is_attached and asked == self.options:
                self._judge(planned)

        self._plan(asked, answer)

    async def pondered(self) -> None:
        """Wait for the verdict on what is chosen now."""
        await self._judged.wait()

    def _judge(self, planned: Planned) -> None:
        self._planned = planned
        self._judged.set()
        if planned.error:
            text = planned.error
        else:
            text = f"{count(planned.count, 'file')}, such as {show(planned.example, 200)}"
            if planned.left_out:
                are = "is" if planned.left_out == 1 else "are"
                text += f"\n{count(planned.left_out, 'image')} without edits {are} left out."
            if self.options.cluster:
                text += f"\n{CLUSTER}"
            if self._beside:
                text += f"\n{BESIDE[self._beside]}"
            if planned.count >= LARGE:
                text += f"\nThat is a large run: {SHEET[1]} tries {MOST} of them, and tells time, size and memory."
        self._say(text, alarm=bool(planned.error))

    def _say(self, text: str, *, alarm: bool = False) -> None:
        self._verdict.update(text)
        self._verdict.set_class(alarm, "alarm")


def folder_beside(path: str) -> str:
    """A folder beside an image, or in the home folder where its name cannot be typed."""
    beside = os.path.join(os.path.dirname(path), FOLDER)
    return beside if show(beside) == beside else os.path.join("~", FOLDER)
