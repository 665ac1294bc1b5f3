"""What all dialogs share: a box in the middle, left with Escape. It asks nothing itself."""

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A box over the main screen; Escape gives None."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > #box {
        width: 66; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
        background: $panel; border: round $faint;
        border-title-color: $primary; border-title-style: bold; border-subtitle-color: $muted;
    }
    Dialog Input, Dialog Input:focus {
        border: none; height: 1; padding: 0 1; background: $track; color: $bright;
    }
    Dialog Static { color: $text; background: $panel; }
    Dialog Static.quiet { color: $muted; }
    Dialog Static.alarm { color: $error; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Back")]

    def action_leave(self) -> None:
        """Close, and change nothing."""
        self.dismiss(None)
