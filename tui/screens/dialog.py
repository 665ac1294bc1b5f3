"""What all dialogs share: a box that leaves most of the picture free, left with Escape. It asks nothing itself."""

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip

from tui.output.app import pens_of
from tui.output.beneath import beneath
from tui.screens.own_keys import OwnKey

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A box over the main screen; Escape gives None."""

    DEFAULT_CSS = """
    Dialog { align: right bottom; background: transparent; }
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
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-high"), (60, "-tall")]
    WHERE: ClassVar[str] = ""
    """As the help page calls it: `in the log`."""
    KEYS: ClassVar[tuple[OwnKey, ...]] = ()
    """What its keys do, but for moving in its list."""
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Back")]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The screen below, as it is."""
        return beneath(self, crop, pens_of(self.app))

    def action_leave(self) -> None:
        """Close, and change nothing."""
        self.dismiss(None)
