"""Typing the value of a parameter. It checks the text and sets nothing itself."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from engine.errors import SpecError
from engine.parameters import Parameter, Value
from tui.screens.dialog import Dialog


class TypeValueScreen(Dialog[Value]):
    """A field with the value in it; gives the value, once it is one."""

    def __init__(self, parameter: Parameter, value: Value) -> None:
        super().__init__()
        self._parameter = parameter
        self._field = Input(parameter.format(value), select_on_focus=True)
        self._field.cursor_blink = False
        self._verdict = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """Help, the field, limits or what is wrong."""
        parameter = self._parameter
        with Vertical(id="box") as box:
            box.border_title = parameter.name + (f" in {parameter.unit}" if parameter.unit else "")
            box.border_subtitle = "⏎ set   esc back"
            yield Static(parameter.help, classes="quiet", markup=False)
            yield Static("")
            yield self._field
            self._limits = parameter.allowed
            yield self._verdict
        self._judge()

    def on_input_changed(self) -> None:
        """Say at once whether it can be used."""
        self._judge()

    def on_input_submitted(self) -> None:
        """Use it, if it can be used."""
        value = self._judge()
        if value is not None:
            self.dismiss(value)

    def _judge(self) -> Value | None:
        try:
            value = self._parameter.parse(self._field.value)
        except SpecError as error:
            self._verdict.update(str(error))
            self._verdict.set_classes("alarm")
            return None
        self._verdict.update(self._limits)
        self._verdict.set_classes("quiet")
        return value
