"""`python -m tests.long.figures [NAME ...]`: measures, prints a table, and with --write keeps it for the documents."""

import argparse
import importlib
import json
import os
import pkgutil
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from engine.run.cpu import available_workers
from tests.long.figures import measurements
from tests.long.figures.figure import Figure
from tests.long.figures.terminal import APP, ROOT, environment

KEPT = ROOT / "docs" / "figures.json"
LISTENING, QUIET = 2.0, 5.0
"""Seconds in which the machine is looked at first, and the per cent of its cores that may be in use then."""
PIPE_WIDTH = 160
"""Columns for a reader that is no terminal."""


def main() -> int:
    """Measures what is asked for, by default everything; 0 when every figure is reached, else 1."""
    names = [module.name for module in pkgutil.iter_modules(measurements.__path__)]
    parser = argparse.ArgumentParser(prog="python -m tests.long.figures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"by default all: {', '.join(names)}")
    parser.add_argument("--rounds", type=int, help="repetitions of each, by default its own number")
    parser.add_argument("--write", action="store_true", help=f"keep the results in {KEPT.relative_to(ROOT)}")
    words = parser.parse_args()
    unknown = set(words.names) - set(names)
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    others = psutil.cpu_percent(interval=LISTENING)
    if others > QUIET:
        print(f"Other programs use {others:.0f} % of the cores: the figures will suffer.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as home:
        furnish(Path(home))
        measured = {}
        for name in words.names or names:
            print(f"{name} ...", file=sys.stderr, flush=True)
            module = importlib.import_module(f"{measurements.__name__}.{name}")
            try:
                measured[name] = module.measure(words.rounds or module.ROUNDS)
            except (OSError, AssertionError) as error:
                print(f"{name} could not be measured: {error}", file=sys.stderr)
    show(measured)
    if words.write:
        keep(measured)
    reached = all(figure.reached for figures in measured.values() for figure in figures)
    return 0 if reached and len(measured) == len(words.names or names) else 1


def furnish(home: Path) -> None:
    """Give this process and its children folders of their own, with the kernels compiled."""
    for kind in ("STATE", "CONFIG", "DATA", "CACHE", "RUNTIME"):
        folder = home / kind.lower()
        folder.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR" if kind == "RUNTIME" else f"XDG_{kind}_HOME"] = str(folder)
    print("compiling kernels ...", file=sys.stderr, flush=True)
    subprocess.run([*APP, "warm"], env=environment(), stdout=subprocess.DEVNULL, check=True)


def show(measured: dict[str, list[Figure]]) -> None:
    """The figures as a table, each against what is to be reached."""
    table = Table("Figure", "Target", "Measured", "Least to most", "Times", "Verdict")
    for figures in measured.values():
        for each in figures:
            note = f"\n{each.note}" if each.note else ""
            table.add_row(
                f"{each.name}{note}",
                f"{each.bound} {each.limit:g} {each.unit}",
                f"{each.result:.4g} ({each.judged})",
                f"{min(each.values):.4g} to {max(each.values):.4g}",
                str(len(each.values)),
                each.verdict,
            )
    screen = Console(markup=False, highlight=False)
    if not screen.is_terminal:
        screen.width = PIPE_WIDTH
    screen.print(table)


def keep(measured: dict[str, list[Figure]]) -> None:
    """Put the results into the file that the documents are made from; those of other names stay."""
    before = json.loads(KEPT.read_text(encoding="utf-8"))["figures"] if KEPT.exists() else {}
    figures = before | {name: [each.to_dict() for each in found] for name, found in measured.items()}
    whole = {"machine": machine(), "figures": dict(sorted(figures.items()))}
    KEPT.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """What kind of machine it is, without its name."""
    return {
        "cores": available_workers(),
        "processor": processor(),
        "system": platform.system(),
        "python": ".".join(platform.python_version_tuple()[:2]),
    }


def processor() -> str:
    """The processor's make where the system tells it, else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
