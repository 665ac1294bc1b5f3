"""The README's few lines of comparison, from what `safelight bench --peers --keep docs/bench.json` kept."""

import json
from typing import Any

from docs.parts.bench_table import KEPT
from engine.bench.record import mean
from engine.bench.sheet import MEANS

FILE, MARK = "README.md", "bench"
KNOWN = ("gamma:", "gaussian-blur:sigma=2", "median:radius=2", "unsharp-mask:", "resize:scale=25", "chain of 6")
"""What most people know, by how the name begins; each of 8 bits."""


def text() -> str:
    """What is known best, and the mean of all."""
    if not KEPT.exists():
        return "Not measured yet.\n"
    sections = json.loads(KEPT.read_text(encoding="utf-8"))["sections"]
    rows = [row for row in [*sections["8-bit"], *sections["chains"]] if row["name"].startswith(KNOWN)]
    lines = ["| 24 megapixels of RGB | Mpx/s | the fastest other | times |", "| --- | ---: | ---: | ---: |"]
    lines += [line(row) for row in rows]
    for depth in MEANS:
        if found := mean(sections[depth]):
            value, count = found
            lines.append(f"| {depth}, geometric mean of {count} algorithms | | | {value:.2f} |")
    return "\n".join(lines) + "\n"


def line(row: dict[str, Any]) -> str:
    """One algorithm, all workers, on code values."""
    fastest = next(each for each in row["peers"] if each["peer"] == row["fastest"])
    rate = f"{row['all']['rate']:,.0f}"
    return f"| {row['name']} | {rate} | {row['fastest']} {fastest['rate']:,.0f} | {row['times']:.2f} |"
