"""Typing the name of a preset. It checks the name and keeps nothing itself."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from engine.errors import SpecError
from tui.screens.dialog import Dialog


class SavePresetScreen(Dialog[str]):
    """A field; gives the name, once it is one."""

    def __init__(
        self,
        check: Callable[[str], object],
        title: str = "Save the stack as a preset",
        verb: str = "save",
        name: str = "",
    ) -> None:
        """`check` raises SpecError for what is no name; `name` is there to begin with."""
        super().__init__()
        self._check, self._title, self._verb = check, title, verb
        self._field = Input(name, placeholder="a name, such as evening-light", select_on_focus=bool(name))
        self._field.cursor_blink = False
        self._verdict = Static("", classes="alarm", markup=False)

    def compose(self) -> ComposeResult:
        """What it is for, the field, what is wrong."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            box.border_subtitle = f"⏎ {self._verb}   esc back"
            yield Static("Its name: letters and digits, with hyphens between words.", classes="quiet", markup=False)
            yield Static("")
            yield self._field
            yield self._verdict

    def on_input_changed(self) -> None:
        """Say at once whether it can be used."""
        if self._field.value:
            self._judge()

    def on_input_submitted(self) -> None:
        """Use it, if it can be used."""
        if self._judge():
            self.dismiss(self._field.value.strip())

    def _judge(self) -> bool:
        try:
            self._check(self._field.value.strip())
        except SpecError as error:
            self._verdict.update(str(error))
            return False
        self._verdict.update("")
        return True
