"""Choosing a preset, or having one renamed or binned. It puts nothing on the stack and writes no file itself."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from tui.messages import RunCommand
from tui.screens.chooser import Chooser, Find
from tui.screens.question import Answer, QuestionScreen
from tui.screens.save_preset import SavePresetScreen
from tui.widgets.key_bar import Hint, KeyBar

RENAME, REMOVE = "f2", "f8"
Then = Callable[[str], None]
"""Is told what became of it."""


class ChoosePresetScreen(Chooser):
    """All presets there are, with what is wrong with those that are broken."""

    TITLE, VERB, NOTHING = "Put a preset on the stack", "put on", "No preset has these letters"
    DEFAULT_CSS = """
    ChoosePresetScreen KeyBar { height: 1; margin-top: 1; }
    ChoosePresetScreen.-low KeyBar { margin: 0; }
    """

    def __init__(
        self,
        find: Find,
        consider: Callable[[str], object],
        check: Callable[[str], object],
        rename: Callable[[str, str, Then], object],
        remove: Callable[[str, Then], object],
    ) -> None:
        """`check` raises SpecError for what is no name; `rename` takes the old and the new one."""
        super().__init__(find=find, consider=consider)
        self._check, self._rename, self._remove = check, rename, remove
        self._bar = KeyBar()
        self._bar.show((Hint("F2", "rename", RENAME), Hint("F8", "bin", REMOVE)))

    def below(self) -> ComposeResult:
        """What can be done to one of a person's own."""
        yield self._bar

    def on_key(self, event: events.Key) -> None:
        """Rename or bin, or what all choosers do."""
        if event.key in (RENAME, REMOVE):
            event.stop()
            self._do(event.key)
        else:
            super().on_key(event)

    def on_run_command(self, message: RunCommand) -> None:
        """A hint was clicked."""
        message.stop()
        self._do(message.command)

    def _do(self, what: str) -> None:
        if self.current is None:
            return
        name, whose = self.current.name, self.current.group
        if not whose:
            self._help.update(f"{name} comes along with Safelight and stays; only your own can be renamed or binned.")
        elif what == RENAME:
            screen = SavePresetScreen(self._check, f"Rename the preset {name}", "rename", name)
            self.app.push_screen(screen, lambda new: self._named(name, new))
        else:
            answers: tuple[Answer[bool], ...] = (Answer("b", "bin it", True), Answer("escape", "keep it", None))
            question = QuestionScreen(f"Bin the preset {name}?", "It goes into the system's bin.", answers)
            self.app.push_screen(question, lambda yes: self._answered(name, yes))

    def _named(self, name: str, new: str | None) -> None:
        if new is not None:
            self._rename(name, new, self.again)

    def _answered(self, name: str, yes: bool | None) -> None:
        if yes:
            self._remove(name, self.again)
