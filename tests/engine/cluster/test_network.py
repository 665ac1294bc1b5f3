"""Scheduler, workers and client on machines of their own: nothing leans on loopback, or on a folder to work in."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.child import environment
from tests.crashes import NAMES, contents, leftovers
from tests.engine.batch.conftest import summary
from tests.engine.cluster.conftest import Ask
from tests.network import Network
from tests.yard import Yard

SCHEDULER, FIRST, SECOND, CLIENT = 1, 2, 3, 4


@pytest.fixture
def network() -> Iterator[Network]:
    """Four machines."""
    pytest.importorskip("distributed")
    with Network(4) as network:
        yield network


@pytest.fixture
def spread(network: Network, tmp_path: Path) -> Iterator[Yard]:
    """A scheduler and two workers, each on its machine and in its folder."""
    address = network.address(SCHEDULER)
    yard = Yard(tmp_path / "yard", network.machine(SCHEDULER), address)
    try:
        for number in (FIRST, SECOND):
            yard.worker(1, "--host", network.address(number), prefix=network.machine(number))
        yield yard
    finally:
        yard.close()


def test_a_batch_across_machines_is_as_at_home(
    network: Network, spread: Yard, pictures: Callable[..., Path], ask: Ask, tmp_path: Path
) -> None:
    names = (*NAMES, *(f"slow-{number}.jpg" for number in range(8)))
    pictures(*names)
    assert summary(ask(out="home")).done == len(names)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    words = ["apply", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "-f", "invert", "--json"]
    done = subprocess.run(
        [*network.machine(CLIENT), sys.executable, "-P", "-m", "tui", *words, "--cluster", spread.address],
        cwd=elsewhere,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert contents(tmp_path / "out") == contents(tmp_path / "home")
    assert not leftovers(tmp_path / "out")
    last = json.loads(done.stdout.splitlines()[-1])
    assert {worker["name"].rsplit(" ", 1)[0] for worker in last["workers"]} == {"machine-2", "machine-3"}
    assert all(worker["busy_seconds"] > 0 for worker in last["workers"])
