"""One picture on several threads: signals, shares and counters, without files."""

import dataclasses
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply
from engine.kernels import layout
from engine.plan import Plan
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering, StoppedError, Sweep
from engine.stack import Stack
from tests.engine.pictures import made
from tests.engine.run.conftest import DEADLINE, Gate, until

SLOW = Stack.parse(["non-local-means"])
QUICK = Stack.parse(["gaussian-blur:sigma=2"])


class Run:
    """A rendering with a leader and others, each on a thread of its own, and how the leader ended."""

    def __init__(self, plan: Plan, pixels: NDArray[Any], workers: int = 1) -> None:
        self.target = np.zeros((plan.height, plan.width, plan.channels_out), plan.dtype)
        self.rendering = Rendering(plan, compiler(), pixels, self.target)
        self.desks = [Desk(slot) for slot in range(workers)]
        self.stopped: list[StoppedError] = []
        works = [self._lead, *(lambda desk=desk: self.rendering.join(desk) for desk in self.desks[1:])]
        self.threads = [threading.Thread(target=work) for work in works]

    def _lead(self) -> None:
        try:
            self.rendering.lead(self.desks[0])
        except StoppedError as stopped:
            self.stopped.append(stopped)

    def start(self) -> "Run":
        for thread in self.threads:
            thread.start()
        return self

    def end(self) -> "Run":
        for thread in self.threads:
            thread.join(DEADLINE)
            assert not thread.is_alive()
        return self

    def made(self) -> int:
        return sum(int(desk.progress[layout.PROGRESS_PIXELS]) for desk in self.desks)


def plan_for(stack: Stack, pixels: NDArray[Any], *, tile_rows: int | None = None) -> Plan:
    height, width, channels = pixels.shape
    plan = make_plan(stack, (height, width, channels), pixels.dtype.name)
    if tile_rows is None:
        return plan
    return dataclasses.replace(
        plan, passes=tuple(dataclasses.replace(each, tile_rows=tile_rows) for each in plan.passes)
    )


@pytest.fixture
def large() -> Iterator[NDArray[Any]]:
    return made("noise", (700, 300, 3), "uint8", seed=1)


def test_shares_and_counters_add_up_to_the_picture(large: NDArray[Any]) -> None:
    two_passes = Stack.parse(["unsharp-mask:radius=6", "unsharp-mask:radius=6"])
    plan = plan_for(two_passes, large, tile_rows=32)
    assert len(plan.passes) == 2
    for _ in range(5):
        run = Run(plan, large, workers=3).start().end()
        assert sum(run.rendering.shares.values()) == 700 * 300 == run.made()
        assert max(desk.progress[layout.PROGRESS_DONE] for desk in run.desks) == run.desks[0].progress[1]
        np.testing.assert_array_equal(run.target, apply(large, two_passes, workers=1))


@pytest.mark.parametrize("passes", [1, 2])
def test_nobody_goes_on_before_everyone_is_back_from_the_kernel(
    passes: int, large: NDArray[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A helper that makes the whole first pass, and is held on its way back."""
    gate, work = Gate(), Sweep.work

    def held(sweep: Sweep, run_pass: Any, desk: Desk) -> int:
        if desk.slot == 0:
            gate.wait()
        pixels = work(sweep, run_pass, desk)
        if desk.slot == 1:
            gate.pass_through()
        return pixels

    monkeypatch.setattr(Sweep, "work", held)
    plan = plan_for(Stack.parse(["unsharp-mask:radius=6"] * passes), large)
    assert len(plan.passes) == passes
    run = Run(plan, large, workers=2).start()
    gate.wait()
    sweep = run.rendering._sweep
    assert sweep is not None
    assert sweep.control[layout.DONE_TILES] == sweep.tiles
    run.threads[0].join(0.05)
    assert run.threads[0].is_alive()
    assert run.rendering._sweep is sweep
    gate.open()
    run.end()
    assert sum(run.rendering.shares.values()) == 700 * 300


def test_a_pause_ends_between_tiles_and_going_on_makes_the_same_picture(large: NDArray[Any]) -> None:
    run = Run(plan_for(SLOW, large, tile_rows=16), large, workers=2).start()
    until(lambda: run.made() > 0)
    run.rendering.signal(layout.PAUSE)
    # Shares are told by whoever is back from the kernel: when all that was made is told, nobody is in it.
    until(lambda: sum(run.rendering.shares.values()) == run.made())
    assert 0 < run.made() < 700 * 300
    assert all(thread.is_alive() for thread in run.threads)
    run.rendering.signal(layout.GO)
    run.end()
    np.testing.assert_array_equal(run.target, apply(large, SLOW, workers=2))


def test_a_cancel_ends_within_a_tile(large: NDArray[Any]) -> None:
    """The whole picture is one tile that takes seconds: nothing is made, and nobody waits for it."""
    run = Run(plan_for(SLOW, large, tile_rows=700), large, workers=2).start()
    until(lambda: run.rendering._sweep is not None and run.rendering._sweep.control[layout.NEXT_TILE] > 0)
    run.rendering.signal(layout.CANCEL)
    run.end()
    assert len(run.stopped) == 1
    assert run.made() == 0
    assert run.rendering.shares in ({}, {0: 0}, {1: 0}, {0: 0, 1: 0})


@pytest.mark.parametrize("first", [layout.PAUSE, layout.CANCEL])
def test_a_signal_before_the_start_counts(first: int, large: NDArray[Any]) -> None:
    run = Run(plan_for(QUICK, large), large, workers=2)
    run.rendering.signal(first)
    run.start()
    if first == layout.PAUSE:
        assert run.made() == 0
        run.rendering.signal(layout.CANCEL)
    run.end()
    assert len(run.stopped) == 1
    assert run.made() == 0


def test_who_comes_too_late_goes_away(large: NDArray[Any]) -> None:
    run = Run(plan_for(QUICK, large), large).start().end()
    late = Desk(7)
    run.rendering.join(late)
    assert 7 not in run.rendering.shares
    assert late.progress[layout.PROGRESS_PIXELS] == 0


def test_who_comes_first_waits_for_the_leader(large: NDArray[Any]) -> None:
    run = Run(plan_for(QUICK, large, tile_rows=8), large, workers=2)
    leader, helper = run.threads
    helper.start()
    leader.start()
    run.end()
    np.testing.assert_array_equal(run.target, apply(large, QUICK, workers=1))


def test_no_passes_make_a_copy(large: NDArray[Any]) -> None:
    run = Run(plan_for(Stack(), large), large, workers=2).start().end()
    np.testing.assert_array_equal(run.target, large)
    assert run.rendering.shares == {0: 700 * 300}
    assert run.made() == 700 * 300


def test_a_desk_keeps_its_arena() -> None:
    desk = Desk(0)
    arena = desk.fit(100)
    assert desk.fit(60) == arena
    assert desk.fit(200) % 64 == 0
    assert desk.arena.size >= 200
