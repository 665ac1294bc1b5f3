"""A strategy's page: what happens and why, and the code that ran."""

from rich.syntax import Syntax
from rich.text import Text

from engine.lab.listing import listing
from engine.lab.strategies import find
from tui.cli.printing.console import console

WIDEST = 100
"""Columns of text that are still read with ease."""


def print_page(name: str) -> None:
    """All there is to tell of a strategy; SpecError naming the nearest when there is none of that name."""
    strategy, screen = find(name), console()
    width = min(WIDEST, screen.width)
    screen.print(Text.assemble((strategy.title, "bold underline"), f"  {strategy.name}"))
    screen.print(Text(strategy.summary), width=width)
    for paragraph in strategy.story.split("\n\n"):
        screen.print()
        screen.print(Text(" ".join(paragraph.split())), width=width)
    if problem := strategy.missing():
        screen.print()
        screen.print(Text(problem, style="yellow"), width=width)
    for place in strategy.code:
        found = listing(place)
        screen.print()
        screen.print(Text(found.where, style="bold"))
        screen.print(Syntax(found.text.rstrip(), found.language, theme="ansi_dark", background_color="default"))
