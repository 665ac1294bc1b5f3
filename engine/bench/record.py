"""What a run of the benchmark found, as JSON values: the machine, the bandwidth of a copy, and each section's rows."""

from __future__ import annotations

import json
import math
import platform
import statistics
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from engine.bench import peers
from engine.bench.setting import Setting
from engine.bench.timing import in_turn
from engine.errors import SafelightError

Record = dict[str, Any]
LISTENING = 1.0
"""Seconds for which the machine is looked at first."""


def begin(setting: Setting) -> Record:
    """The machine, without its name, and how fast it copies."""
    return {
        "machine": {
            "workers": setting.workers,
            "processor": _processor(),
            "system": platform.system(),
            "python": ".".join(platform.python_version_tuple()[:2]),
            "busy": psutil.cpu_percent(interval=LISTENING),
            "peers": peers.versions() if setting.peers else {},
        },
        "copy": {"gigabytes_per_second": round(bandwidth(setting), 2)},
        "sections": {},
    }


def bandwidth(setting: Setting) -> float:
    """Gigabytes per second, read and written, of a copy on all workers into memory that is there already."""
    source = setting.picture(setting.megapixels, "uint8")
    target = np.empty_like(source)
    seconds = in_turn({"": lambda: setting.copier.copy(source, target)}, setting.rounds)[""]
    return 2.0 * source.nbytes / statistics.median(seconds) / 1e9


def add(record: Record, section: str, row: dict[str, Any]) -> None:
    """Put a row in; one of the same name is replaced."""
    rows = record["sections"].setdefault(section, [])
    rows[:] = [*(each for each in rows if each["name"] != row["name"]), row]


def skip(record: Record, section: str, name: str, reason: str) -> None:
    """Note what could not be measured, and why."""
    add(record, section, {"name": name, "skipped": reason})


def mean(rows: Iterable[dict[str, Any]]) -> tuple[float, int] | None:
    """The geometric mean of the ratios of what is listed, and of how many; None without any."""
    ratios = [row["times"] for row in rows if row.get("listed") and row.get("times")]
    return (math.exp(sum(map(math.log, ratios)) / len(ratios)), len(ratios)) if ratios else None


def keep(record: Record, path: Path, order: list[str]) -> None:
    """Write the record to a file, with the rows of other names that are there already; SafelightError if it cannot."""
    try:
        before: Record = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        sections = {name: list(rows) for name, rows in before.get("sections", {}).items()}
        for section, rows in record["sections"].items():
            fresh = {row["name"]: row for row in rows}
            old = sections.get(section, [])
            sections[section] = [fresh.pop(row["name"], row) for row in old] + list(fresh.values())
        merged = record | {"sections": {name: sections[name] for name in order if name in sections}}
        path.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise SafelightError(f"--keep: the results cannot be put into {path.name} ({error}).") from None


def _processor() -> str:
    """The processor's make where the system tells it, else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
