"""Textual's command palette in our clothes: no dimmed screen behind it and no blinking cursor."""

from textual.command import CommandPalette
from textual.widgets import Input


class Palette(CommandPalette):
    """A list of commands that narrows while one types."""

    DEFAULT_CSS = """
    Palette { background: transparent; }
    Palette > Vertical { margin-top: 2; width: 76; max-width: 100%; background: $panel; }
    Palette #--input { border: none; background: $track; height: 1; }
    Palette #--input Label { margin: 0 1; }
    Palette CommandInput, Palette CommandInput:focus { border: none; height: 1; padding: 0; background: $track; }
    Palette CommandList { background: $panel; border: none; max-height: 60vh; }
    Palette CommandList > .option-list--option-highlighted { background: $chosen; color: $bright; }
    """

    def on_mount(self) -> None:
        """Nothing is sent to the terminal while nothing happens."""
        self.query_one(Input).cursor_blink = False
