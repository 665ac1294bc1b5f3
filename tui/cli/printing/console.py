"""The console that sub-commands print to: plain text stays plain, and a pipe gets no control codes."""

import os

from rich.console import Console

PIPE_WIDTH = 120
"""Columns for a reader that is no terminal."""


def console(*, stderr: bool = False) -> Console:
    """A console that takes text as it is: no markup, no emoji, no guessing of what a word may be."""
    screen = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not screen.is_terminal and "COLUMNS" not in os.environ:
        screen.width = PIPE_WIDTH
    return screen
