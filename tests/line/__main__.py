"""`python -m tests.line [NAME ...] [--json FILE]`: measures and prints the table; takes some minutes."""

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.line.batch import batch
from tests.line.cells import cells
from tests.line.figures import ROWS_OF_TABLE
from tests.line.session import MIDDLE

ROWS = ROWS_OF_TABLE | {"batch": lambda: batch(MIDDLE), "half-blocks": cells}


def main() -> None:
    """Prints the rows asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.line")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(ROWS))
    parser.add_argument("--json", type=Path, metavar="FILE")
    asked = parser.parse_args()
    table = Table("line", "what", "at most", "measured", "")
    found = []
    for name in asked.names or ROWS:
        for figure in ROWS[name]():
            table.add_row(figure.line, figure.what, figure.aim, figure.found, "" if figure.holds else "missed")
            print(*figure, file=sys.stderr, flush=True)
            found.append(figure._asdict())
    Console().print(table)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
