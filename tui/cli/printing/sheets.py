"""Results of the benchmark as tables in a terminal."""

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from engine.bench.record import Record
from engine.bench.sheet import Sheet, legend, sheets
from tui.cli.printing.console import console

NAME_WIDTH = 15
"""Columns that a name gets at least; longer ones are folded."""


def print_section(record: Record, section: str) -> None:
    """The table of one section, and what is to be said of it."""
    screen = console()
    for sheet in sheets(record):
        if sheet.section == section:
            screen.print(_table(sheet))
            for note in sheet.notes:
                screen.print(Text(note))
            screen.print()


def print_legend(record: Record) -> None:
    """What the columns are, and the machine."""
    screen = console()
    for line in legend(record):
        screen.print(Text(line, style="dim"))


def _table(sheet: Sheet) -> Table:
    table = Table(title=sheet.title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for place, name in enumerate(sheet.head):
        if place:
            table.add_column(name, justify="right" if sheet.numbers else "left", overflow="fold")
        else:
            table.add_column(name, min_width=NAME_WIDTH, overflow="fold")
    for place, row in enumerate(sheet.rows):
        table.add_row(*row, style="red" if place in sheet.missed else None)
    return table
