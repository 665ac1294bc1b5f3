"""`python -m tests.line [NAME ...]`: measures and prints the table; takes some minutes."""

import sys

from rich.console import Console
from rich.table import Table

from tests.line.figures import ROWS_OF_TABLE


def main(names: list[str]) -> None:
    """Prints the rows asked for, or all."""
    table = Table("line", "what", "at most", "measured", "")
    for name in names or ROWS_OF_TABLE:
        for figure in ROWS_OF_TABLE[name]():
            table.add_row(figure.line, figure.what, figure.aim, figure.found, "" if figure.holds else "missed")
            print(*figure, file=sys.stderr, flush=True)
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
