"""The tables of comparisons, from what `safelight bench --peers --keep docs/bench.json` kept."""

import json
from pathlib import Path

from engine.bench.sheet import Sheet, legend, sheets

FILE, MARK = "docs/figures.md", "bench"
KEPT = Path(__file__).parent.parent / "bench.json"


def text() -> str:
    """A table for each section, what its columns mean and the machine."""
    if not KEPT.exists():
        return "Not measured yet.\n"
    record = json.loads(KEPT.read_text(encoding="utf-8"))
    return "\n".join([*(f"{line}\n" for line in legend(record)), *map(table, sheets(record))])


def table(sheet: Sheet) -> str:
    """One section."""
    title = sheet.title[0].upper() + sheet.title[1:]
    side = "---:" if sheet.numbers else "---"
    lines = [f"| {title} | {' | '.join(sheet.head[1:])} |", f"| --- |{f' {side} |' * (len(sheet.head) - 1)}"]
    lines += [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in sheet.rows]
    notes = [f"\n{note}" for note in sheet.notes]
    return "\n".join([*lines, *notes, ""])
