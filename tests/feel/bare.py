"""A bare Textual list, for comparison: the least that a key can cost in that framework."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Bare(App[None]):
    """Names below each other."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield OptionList(*(f"DSC_{number:05}.jpg" for number in range(int(sys.argv[1]))))


if __name__ == "__main__":
    Bare().run()
