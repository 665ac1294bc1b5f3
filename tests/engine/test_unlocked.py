"""CPU time in calls that release Python's lock: against threads whose share is known, and against a witness."""

import hashlib
import importlib
import sys
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

import engine.unlocked
from engine import apply
from engine.files import formats
from engine.files.format import Format
from engine.image import Metadata
from engine.job import State
from engine.meter import Meter
from engine.run.worker import Worker
from engine.telemetry import Board
from engine.unlocked import Account, unlocked
from tests.engine.pictures import made

MILLISECOND = 1_000_000
BLOCK = bytes(1 << 22)
PICTURE = made("ramp", (1500, 2000, 3), "uint8", seed=1)


def spins() -> None:
    """A while of pure Python, which keeps the lock."""
    sum(range(20_000))


def digests() -> None:
    """A few milliseconds in C; hashlib lets the lock go for blocks of more than 2047 bytes."""
    unlocked(hashlib.sha256, BLOCK)


def filters() -> None:
    """A kernel of ours, on a picture so large that planning it counts for little."""
    apply(PICTURE, ("median:radius=4",), workers=1, light="encoded")


def at_work(*works: tuple[Callable[[], None], int]) -> float | None:
    """The share told of threads side by side, each of which does something for so many nanoseconds of CPU time."""
    board = Board.fresh(len(works), 0)
    board.state = State.RUNNING
    workers = [Worker(slot, board) for slot in range(len(works))]

    def work(worker: Worker, does: Callable[[], None], most: int) -> None:
        worker.begin()
        while time.thread_time_ns() < most:
            does()
        worker.end()

    threads = [threading.Thread(target=work, args=(worker, *each)) for worker, each in zip(workers, works, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.publish()
    return Meter("b").read(board, time.monotonic_ns()).unlocked


@pytest.mark.parametrize("releases", [digests, filters])
@pytest.mark.parametrize(("python", "native"), [(300, 100), (200, 200), (100, 300)])
def test_the_share_is_that_of_the_threads_that_release_the_lock(
    python: int, native: int, releases: Callable[[], None]
) -> None:
    releases()
    told = at_work((spins, python * MILLISECOND), (releases, native * MILLISECOND))
    assert told == pytest.approx(native / (python + native), abs=0.08)


def test_all_python_is_none_of_it_and_no_work_is_no_share() -> None:
    assert at_work((spins, 50 * MILLISECOND)) == 0.0
    assert Meter("b").read(Board.fresh(2, 0), 1).unlocked is None


def test_a_call_under_way_counts_up_to_now(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Account()
    monkeypatch.setattr(time, "thread_time_ns", iter((100, 350, 400)).__next__)
    assert account.read(lambda: 70) == (0, 70)
    assert account.enter()
    assert account.read(lambda: 160) == (60, 160)
    assert not account.enter()
    account.leave()
    assert account.read(lambda: 380) == (250, 380)


def test_calls_within_calls_count_once_and_faults_go_through() -> None:
    here = engine.unlocked.account()
    before, began = here.read(time.thread_time_ns)

    def inner() -> None:
        digests()
        raise ValueError("cut short")

    with pytest.raises(ValueError, match="cut short"):
        unlocked(inner)
    after, now = here.read(time.thread_time_ns)
    assert 0 < after - before <= now - began
    assert here.enter()
    here.leave()


class Witness(Account):
    """Counts, beside the time, what another thread of Python does during each call."""

    __slots__ = ("_began", "calls", "going", "ticks")

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[int] = []
        self.ticks = self._began = 0
        self.going = True

    def watch(self) -> None:
        """In a thread of its own: it asks for the lock again and again, and nobody takes it from anybody by force."""
        while self.going:
            self.ticks += 1
            time.sleep(0.0001)

    def enter(self) -> bool:
        """A call begins."""
        begins = super().enter()
        if begins:
            self._began = self.ticks
        return begins

    def leave(self) -> None:
        """It is over."""
        self.calls.append(self.ticks - self._began)
        super().leave()


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> Iterator[Witness]:
    interval, account = sys.getswitchinterval(), Witness()
    monkeypatch.setattr(engine.unlocked._here, "account", account)
    thread = threading.Thread(target=account.watch)
    thread.start()
    sys.setswitchinterval(60.0)
    yield account
    account.going = False
    sys.setswitchinterval(interval)
    thread.join()


def test_the_witness_tells_a_call_that_keeps_the_lock(witness: Witness) -> None:
    for _ in range(20):
        unlocked(spins)
    assert witness.calls == [0] * 20
    unlocked(time.sleep, 0.05)
    assert witness.calls[-1] > 0


def encoders() -> list[Format]:
    """Every format that can be written here."""
    names = sorted(path.stem for path in Path(formats.__file__).parent.glob("[a-z]*.py"))
    found = [importlib.import_module(f"{formats.__name__}.{name}").FORMAT for name in names]
    return [each for each in found if each.encode is not None and (each.extra is None or each.extra.installed)]


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("form", encoders(), ids=lambda form: form.name)
def test_what_is_counted_lets_other_threads_run(form: Format, depth: int, witness: Witness) -> None:
    if form.encode is None or depth not in form.depths.get(3, ()):
        pytest.skip("it does not hold such pictures")
    noise = np.random.default_rng(3).integers(0, 1 << depth, (700, 700, 3))
    data = form.encode(noise.astype(f"u{depth // 8}"), Metadata(), 90)
    form.decode(data, form.examine(BytesIO(data)), np.empty)
    assert witness.read(lambda: 0)[0] < 10 * MILLISECOND or sum(witness.calls) > 0


def test_a_kernel_of_ours_lets_other_threads_run(witness: Witness) -> None:
    filters()
    assert sum(witness.calls) > 0
