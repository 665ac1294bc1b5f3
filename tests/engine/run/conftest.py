"""Batches of real files on a real crew, with gates that hold a file wherever a test wants time to stand still."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.batch.specification import Specification
from engine.files.encode import encode
from engine.image import Image
from engine.job import Event, Task, Verb
from engine.run import development
from engine.run.crew import Crew
from engine.stack import Stack
from engine.telemetry import Board
from engine.warm import is_warm, warm
from tests.engine.pictures import made

DEADLINE = 30.0


def until(reached: Callable[[], bool]) -> None:
    """Waits for something that only a counter in memory tells; a test that waits too long has failed."""
    deadline = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.001)


class Batch:
    """A crew, what it told, and where its files are."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification
        self.tasks = specification.tasks
        self.board = Board.fresh(specification.workers, len(self.tasks))
        self.events: list[Event] = []
        self.crew = Crew(specification, self.tasks, specification.workers, self.board, self.events.append)

    def start(self) -> "Batch":
        self.crew.start()
        return self

    def wait(self) -> "Batch":
        assert self.crew.wait(DEADLINE), "the crew never ended"
        return self

    def told(self, kind: type[Event]) -> list[Any]:
        return [event for event in list(self.events) if isinstance(event, kind)]

    def outputs(self) -> list[str]:
        """Every file in the output folder, temporary ones and all."""
        folder = Path(self.tasks[0].output).parent
        return sorted(path.name for path in folder.iterdir())


Begin = Callable[..., Batch]


@pytest.fixture
def photograph(tmp_path: Path) -> Callable[..., Path]:
    """Saves a picture of noise as a real file."""

    def photograph(name: str, shape: tuple[int, ...] = (60, 80, 3), depth: str = "uint8") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        pixels = made("noise", shape, depth, seed=len(name))
        path.write_bytes(encode(Image(pixels), path.suffix[1:].replace("jpg", "jpeg"), 90))
        return path

    return photograph


@pytest.fixture
def batch(tmp_path: Path) -> Iterator[Begin]:
    """Makes batches of files; none runs on when the test is over."""
    begun: list[Batch] = []
    output = tmp_path / "out"
    output.mkdir()

    def batch(*sources: Path, stack: tuple[str, ...] = ("invert",), workers: int = 2, **settings: Any) -> Batch:
        tasks = tuple(Task(str(source), str(output / source.name)) for source in sources)
        specification = Specification(tasks, Stack.parse(stack), workers=workers, **settings)
        begun.append(Batch(specification))
        return begun[-1]

    yield batch
    for each in begun:
        if each.crew.state not in ("waiting", "done", "cancelled"):
            each.crew.ask(Verb.CANCEL)
            each.wait()


class Gate:
    """Where files are held: `reached` once one is there, gone on with after `open`."""

    def __init__(self) -> None:
        self.reached, self._open = threading.Event(), threading.Event()

    def open(self) -> None:
        self._open.set()

    def pass_through(self) -> None:
        self.reached.set()
        assert self._open.wait(DEADLINE), "the gate was never opened"

    def wait(self) -> None:
        assert self.reached.wait(DEADLINE), "nobody came to the gate"


@pytest.fixture
def hold(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Gate]]:
    """Holds a file of that name before a function of its way: `read`, `decode_bytes`, `encode`, a writer, `placed`."""
    gates: list[Gate] = []

    def hold(function: str, name: str) -> Gate:
        owner = development.Developed if function == "placed" else development
        gate, go_on = Gate(), getattr(owner, function)
        gates.append(gate)

        def held(*arguments: Any, **words: Any) -> Any:
            if any(str(getattr(each, "source", each)).endswith(name) for each in arguments):
                gate.pass_through()
            return go_on(*arguments, **words)

        monkeypatch.setattr(owner, function, held)
        return gate

    yield hold
    for gate in gates:
        gate.open()


@pytest.fixture(scope="session", autouse=True)
def _kernels_at_hand() -> None:
    """Everything is compiled before the first test that has a deadline or loads kernels in the background."""
    if not is_warm():
        warm()
