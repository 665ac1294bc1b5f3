"""A batch in a process of its own, as batches run: prints the CPU seconds of its threads, and of the process."""

import sys
from pathlib import Path

from engine.batch.specification import Specification
from engine.job import Event, Task
from engine.run.crew import Crew
from engine.stack import Stack
from engine.telemetry import Board


def main(source: str, folder: Path) -> None:
    """The same picture a few times, filtered for seconds; published now and then, as the batch's process does."""
    tasks = tuple(Task(source, str(folder / f"{number}.png")) for number in range(9))
    specification = Specification(tasks, Stack.parse(["median:radius=4", "gaussian-blur:sigma=6"]), workers=2)
    board = Board.fresh(2, len(tasks))
    events: list[Event] = []
    crew = Crew(specification, tasks, 2, board, events.append)
    crew.start()
    while not crew.wait(0.1):
        crew.publish()
    summary = crew.summary()
    assert summary.done == len(tasks), events
    print(sum(lane.cpu_seconds for lane in summary.workers), summary.process_cpu_seconds)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
