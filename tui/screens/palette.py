"""Textual's command palette in our clothes: no dimmed screen behind it and no blinking cursor."""

import asyncio

from textual.command import CommandPalette
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from tui.output.app import pens_of
from tui.output.beneath import beneath


class Palette(CommandPalette):
    """A list of commands that narrows while one types."""

    DEFAULT_CSS = """
    Palette { background: transparent; align: right bottom; }
    Palette > Vertical { margin: 0; width: 66; max-width: 100%; max-height: 56vh; background: $panel; }
    Palette #--input { border: none; background: $track; height: 1; }
    Palette #--input Label { margin: 0 1; }
    Palette CommandInput, Palette CommandInput:focus { border: none; height: 1; padding: 0; background: $track; }
    Palette CommandList { background: $panel; border: none; max-height: 50vh; }
    Palette CommandList > .option-list--option-highlighted { background: $chosen; color: $bright; }
    """

    def on_mount(self) -> None:
        """Nothing is sent to the terminal while nothing happens."""
        self.query_one(Input).cursor_blink = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The screen below, as it is."""
        return beneath(self, crop, pens_of(self.app))

    async def pondered(self) -> None:
        """Wait until the list is that for the letters typed."""
        searches = [worker.wait() for worker in self.workers if worker.node is self and not worker.is_finished]
        await asyncio.gather(*searches, return_exceptions=True)
