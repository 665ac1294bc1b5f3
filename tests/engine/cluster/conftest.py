"""Pictures, a state folder and a yard for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.earlier import resumed
from engine.batch.outputs import plan_outputs
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.stack import Stack, Step
from tests.crashes import make_pictures
from tests.engine.batch.conftest import state_folder
from tests.yard import Yard

__all__ = ["state_folder"]
Ask = Callable[..., Batch]


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    """A scheduler without workers."""
    pytest.importorskip("distributed")
    yard = Yard(tmp_path / "yard")
    yield yard
    yard.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[..., Path]:
    """Makes small pictures of these names."""
    return lambda *names: make_pictures(tmp_path / "in", names)


@pytest.fixture
def ask(tmp_path: Path, state_folder: Path) -> Ask:
    """Begins a batch of all that lies in the folder of pictures."""

    def ask(cluster: str = "", out: str = "out", *, resume: bool = False) -> Batch:
        folder = str(tmp_path / out)
        tasks = plan_outputs([str(tmp_path / "in")], folder, existing="replace" if resume else "fail")
        stack = Stack((Step.of("invert"),))
        wanted = Specification(tasks, stack, workers=1, output=folder, cluster=cluster)
        return start(resumed(wanted, Shelf().batches()) if resume else wanted)

    return ask
