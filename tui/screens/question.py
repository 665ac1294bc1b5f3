"""A question with a few answers, each with its key. It does nothing about the answer."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, meant, way
from tui.widgets.text_rows import TextRows

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """One answer: its key, its words, and the value given back."""

    key: str
    label: str
    value: Value | None


class QuestionScreen(Dialog[Value]):
    """Up, down and Enter, the answer's key, or the mouse; Escape gives None."""

    WHERE = "beside a question"
    KEYS = (OwnKey("take", ("enter",), "Give the answer under the cursor; each has its own key too.", "choose"),)

    def __init__(self, question: str, remark: str, answers: tuple[Answer[Value], ...]) -> None:
        super().__init__()
        self._question = question
        self._remark = remark
        self._answers = answers
        self._rows = TextRows(on_click=self._take)

    def compose(self) -> ComposeResult:
        """The question, a remark, the answers."""
        with Vertical(id="box") as box:
            box.border_title = self._question
            box.border_subtitle = f"{edge(self.KEYS)}   esc back"
            yield Static(self._remark, classes="quiet", markup=False)
            yield Static("")
            yield self._rows

    def on_mount(self) -> None:
        """The first answer is under the cursor."""
        ink = self._rows.ink
        self._rows.show([[(f" {each.key} ", ink.key), (f" {each.label}", ink.text)] for each in self._answers])
        self._rows.styles.height = len(self._answers)
        self._rows.activate(True)

    def on_key(self, event: events.Key) -> None:
        """Move, choose, or answer by key."""
        if event.key == "escape":
            return
        event.stop()
        does = meant(self.KEYS, event.key)
        answered = next((index for index, each in enumerate(self._answers) if event.key == each.key), None)
        if answered is not None:
            self._take(answered)
        elif does == "take":
            self._take(self._rows.cursor)
        else:
            self._rows.move_to(self._rows.cursor + way(self._rows, does))

    def _take(self, index: int) -> None:
        self.dismiss(self._answers[index].value)
