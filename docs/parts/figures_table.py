"""The table of measured figures, from what `python -m tests.long.figures --write` kept."""

import json
from pathlib import Path
from typing import Any

FILE, MARK = "docs/figures.md", "figures"
KEPT = Path(__file__).parent.parent / "figures.json"
COUNTS = {1: "One", 2: "Two", 4: "Four", 8: "Eight"}


def text() -> str:
    """The table, and what kind of machine it is from."""
    if not KEPT.exists():
        return "Not measured yet.\n"
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    lines = ["| | Aim | Measured | From | To |", "| --- | --- | ---: | ---: | ---: |"]
    lines += [row(each) for figures in kept["figures"].values() for each in figures]
    return "\n".join([sentence(kept["machine"]), "", *lines]) + "\n"


def sentence(machine: dict[str, Any]) -> str:
    """What was measured on."""
    cores = machine["cores"]
    count = f"{COUNTS.get(cores, cores)} core{'s' if cores != 1 else ''}"
    return f"{count} ({machine['processor']}), {machine['system']}, Python {machine['python']}, a terminal of 120 x 50."


def row(figure: dict[str, Any]) -> str:
    """One figure; what has not been reached is said."""
    unit = figure["unit"]
    note = f" ({figure['note']})" if figure["note"] else ""
    missed = "" if figure["reached"] else ", not reached"
    aim = f"{figure['bound']} {number(figure['limit'])} {unit}{missed}"
    result = f"{number(figure['result'])}"
    if figure["times"] > 1:
        result += f", {'median' if figure['judged'] == 'median' else 'worst'} of {figure['times']}"
    return f"| {figure['name']}{note} | {aim} | {result} | {number(figure['least'])} | {number(figure['most'])} |"


def number(value: float) -> str:
    """Three digits that say something."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
