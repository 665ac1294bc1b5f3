"""What the monitor's numbers cost: the CPU time of a batch with and without them, in alternated pairs.

`python -m tests.engine.run.cost_of_measuring PICTURE [PAIRS]` prints each pair's ratio and their median.
"""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FILES = 24


def batch(source: str, folder: Path) -> None:
    """One batch as its own process runs it; prints the process's CPU seconds."""
    from engine.batch.specification import Specification
    from engine.job import Task
    from engine.run.crew import Crew
    from engine.stack import Stack
    from engine.telemetry import Board

    tasks = tuple(Task(source, str(folder / f"{number}.jpg")) for number in range(FILES))
    stack = Stack.parse(["exposure:ev=0.3", "gaussian-blur:sigma=2", "unsharp-mask"])
    crew = Crew(Specification(tasks, stack, workers=2), tasks, 2, Board.fresh(2, FILES), lambda _: None)
    crew.start()
    while not crew.wait(0.1):
        crew.publish()
    summary = crew.summary()
    assert summary.done == FILES, summary
    print(summary.process_cpu_seconds)


def unmeasured() -> None:
    """Take the measuring out, before anything has taken it up: clocks, accounts, memory. Stages stay."""
    import engine.run.clock
    import engine.run.memory
    import engine.unlocked

    def plain(call: Any, /, *arguments: Any, **named: Any) -> Any:
        return call(*arguments, **named)

    engine.unlocked.unlocked = plain  # type: ignore[assignment]
    engine.run.memory.resident = lambda: 0
    engine.run.clock.ThreadClock.read = lambda _: 0  # type: ignore[method-assign]


def main() -> None:
    """Pairs, the order turned round each time."""
    if sys.argv[1] in ("with", "without"):
        if sys.argv[1] == "without":
            unmeasured()
        with tempfile.TemporaryDirectory() as folder:
            batch(sys.argv[2], Path(folder))
        return
    picture, pairs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    ratios = []
    for pair in range(pairs):
        spent = {}
        for mode in ("with", "without")[:: 1 if pair % 2 else -1]:
            run = [sys.executable, "-m", __spec__.name, mode, picture]
            spent[mode] = float(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
        ratios.append(spent["with"] / spent["without"])
        print(f"{spent['with']:.3f} s with, {spent['without']:.3f} s without: {ratios[-1]:.4f}", flush=True)
    print(f"median of {pairs} pairs: {statistics.median(ratios):.4f}")


if __name__ == "__main__":
    main()
