"""A batch on many machines: lanes by machine, machines in their place, who lags behind; on a Board that is real."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.job import State
from engine.telemetry import Lane, Snapshot, Stage
from tests.tui.crowd import Crowd
from tests.tui.opened import Opened, folder, opened
from tui.commands import perform
from tui.screens.failures import FailuresScreen
from tui.screens.monitor import MonitorScreen
from tui.widgets.machines import Machine, Spot, arrange, machines
from tui.widgets.past import SLOTS, Past
from tui.widgets.stragglers import Stragglers
from tui.widgets.turns import MOST, Turns

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


def lane(host: str, number: int = 1, **values: object) -> Lane:
    known = Lane(f"{host} {number}", Stage.FILTER, 0, 0.5, 0.0, 2.0, 0.5, 0.0, 0.0, host=host)
    return replace(known, **values)  # type: ignore[arg-type]


def batch(seconds: float, *lanes: Lane, latency: float | None = 1.0, state: State = State.RUNNING) -> Snapshot:
    return Snapshot("b", state, seconds, lanes, (0.5,), 100, 5, 0, 0, 50.0, 10.0, None, latency=latency)


def test_what_a_machines_threads_do_together() -> None:
    first, second = machines(
        [
            lane("a"),
            lane("a", 2, stage=Stage.IDLE, failed=2),
            lane("a", 3, stage=Stage.PAUSED),
            lane("b", load=1.0),
        ]
    )
    assert first == Machine("a", 0, 3, 1, 1.5, 6.0, 2)
    assert (second.name, second.first, second.cores) == ("b", 3, 1.0)
    assert machines([lane(""), lane("")]) == ()


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["ip-1.lan.example", "ip-2.lan.example"], ["ip-1", "ip-2"]),
        (["a.one.example", "a.two.example"], ["a.one", "a.two"]),
        (["10.0.0.7", "10.0.1.7"], ["10.0.0.7", "10.0.1.7"]),
        (["alone.example"], ["alone"]),
        (["x", "y.example"], ["x", "y.example"]),
    ],
)
def test_a_domain_that_all_have_in_common_is_not_shown(names: list[str], shown: list[str]) -> None:
    assert [each.name for each in machines(lane(name) for name in names)] == shown


def crowd(*threads: int, failed: int = -1) -> list[Machine]:
    found, first = [], 0
    for number, count in enumerate(threads):
        found.append(Machine(f"m{number}", first, count, count, 1.0, 1.0, int(number == failed)))
        first += count
    return found


def test_threads_then_machines_then_as_many_as_fit() -> None:
    found = crowd(3, 3, failed=1)
    headed = arrange(found, 80, 8, lane=60, machine=40, headed=True)
    assert [type(each) for each in headed.entries] == [Machine, Spot, Spot, Spot] * 2
    lanes = arrange(found, 130, 3, lane=60, machine=40)
    assert (len(lanes.threads), lanes.rows, lanes.across) == (6, 3, 2)
    assert lanes.row(0) == [Spot(0, 1, "m0"), Spot(3, 1, "m1")]
    folded = arrange(found, 80, 4, lane=60, machine=40)
    assert (folded.machines, folded.rows, folded.across) == (tuple(found), 2, 1)
    worst = arrange(crowd(*[9] * 10, failed=8), 80, 2, lane=60, machine=40)
    assert (worst.machines[0].name, len(worst.machines), worst.more) == ("m8", 3, 7)
    assert worst.row(1)[-1] is None


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(20, 400), st.integers(-2, 90), st.booleans())
def test_every_thread_or_every_machine_or_the_number_that_is_missing(
    threads: list[int], width: int, rows: int, headed: bool
) -> None:
    found = crowd(*threads)
    arranged = arrange(found, width, rows, lane=75, machine=46, headed=headed)
    assert arranged.rows <= max(rows, 1)
    places = [entry for row in range(arranged.rows + 3) for entry in arranged.row(row)]
    assert len(places) == len(arranged.entries) + bool(arranged.more) <= arranged.rows * arranged.across
    assert {each for each in places if each} == set(arranged.entries)
    if arranged.threads:
        assert len(arranged.threads) == sum(threads)
        assert [each.slot for each in arranged.threads] == list(range(sum(threads)))
    else:
        assert len(arranged.machines) + arranged.more == len(found)


def test_of_many_those_that_stood_longest_are_drawn_anew() -> None:
    turns, count = Turns[int, float](), 3 * MOST
    for look in range(4):
        turns.take(dict.fromkeys(range(count), look * 1.0), batch(look * 1.0))
        fresh = [number for number, (_, value) in turns.shown.items() if value == look]
        assert len(fresh) == (count if look == 0 else MOST)
    assert {value for _, value in turns.shown.values()} == {1.0, 2.0, 3.0}
    turns.take(dict.fromkeys(range(count), 9.0), batch(4.0, state=State.DONE))
    assert {value for _, value in turns.shown.values()} == {9.0}
    turns.take({1: 1.0, 2: 2.0}, batch(4.1))
    assert [value for _, value in turns.shown.values()] == [1.0, 2.0]


def test_who_is_far_longer_on_a_file_than_files_take_is_told_of() -> None:
    told = Stragglers()
    for second in range(31):
        quick, slow = lane("a", file=second), lane("b", file=7)
        rests = lane("c", file=8, stage=Stage.PAUSED if second % 2 else Stage.FILTER)
        told.add(batch(second, quick, slow, rests, latency=None if second > 5 else 1.0))
        assert bool(told.found) == (second >= 10)
    assert [(each.slot, each.name, each.seconds) for each in told.found] == [(1, "b 1", 30.0), (2, "c 1", 15.0)]
    told.add(batch(31, lane("a", file=99), lane("b", file=100), rests))
    assert [each.name for each in told.found] == ["c 1"]
    told.add(batch(32, rests, state=State.DONE))
    assert told.found == ()


def test_nobody_lags_where_files_take_long_or_none_was_finished() -> None:
    unknown, long = Stragglers(), Stragglers()
    for second in range(60):
        unknown.add(batch(second, lane("a"), latency=None))
        long.add(batch(second, lane("a"), latency=15.0))
    assert unknown.found == long.found == ()
    long.add(replace(batch(9000.0, lane("a")), batch="another"))
    assert long.found == ()


def test_threads_that_stay_keep_their_minute_when_others_come_and_go() -> None:
    past = Past()
    for half in range(9):
        past.add(batch(half / 2, lane("a", busy_seconds=half / 2, filter_seconds=half / 2)))
    minute = past.cells(0, SLOTS)
    past.add(batch(4.5, lane("0"), lane("a", busy_seconds=4.0, filter_seconds=4.0)))
    assert past.cells(1, SLOTS) == minute
    assert set(past.cells(0, SLOTS)) == {None}
    past.add(batch(5.0, lane("0")))
    past.add(batch(5.5, lane("0")))
    assert past.rates.top(10) == 10.0


async def watched(case: Opened, told: int = 60, *, monitor: bool = False) -> None:
    """The batch as it stands then, in its panel or all over the screen."""
    case.engine.running = True
    case.app.bridge.batch.follow("batch-0")
    while case.engine.told < told:
        case.app.bridge.batch.tick()
    case.engine.stands_at = case.engine.told
    if monitor:
        perform("monitor", case.app)
        await case.until(lambda: isinstance(case.app.screen, MonitorScreen) and "throughput" in case.text())
    await case.until(lambda: "at work" in case.text() or " machines  " in case.text())


@pytest.mark.parametrize("monitor", [False, True])
@pytest.mark.parametrize("size", [(80, 24), (120, 50), (300, 90)])
async def test_each_thread_has_a_lane_under_its_machine(size: tuple[int, int], monitor: bool) -> None:
    async with opened(Crowd(machines=2, workers=2), size=size) as case:
        await watched(case, monitor=monitor)
        lines, snapshot = case.lines(), case.app.main.engine.snapshot
        assert snapshot is not None
        rows = [line for line in lines if "MP/s" in line and " % " in line]
        assert len(rows) == 4
        for row, each in zip(rows, snapshot.lanes, strict=True):
            assert f" {each.stage.name[0]} " in row
            assert f"{each.rate:.1f} MP/s" in row
            assert f"{each.load * 100:.0f} %" in row
            assert "jpg" in row
        names = [line for line in lines if "node-0" in line]
        assert sorted({line[line.index("node-") :][:7] for line in names}) == ["node-01", "node-02"]
        assert " 2 machines  4 of 4 threads at work" in case.text()


@pytest.mark.parametrize("monitor", [False, True])
@pytest.mark.parametrize(("size", "more"), [((80, 24), True), ((120, 50), False), ((300, 90), False)])
async def test_more_threads_than_rows_fold_to_their_machines(size: tuple[int, int], more: bool, monitor: bool) -> None:
    async with opened(Crowd(), size=size) as case:
        await watched(case, monitor=monitor)
        text = case.text()
        shown = sum("20/20" in piece for piece in text.split("node-")[1:])
        missing = 50 - shown
        assert (missing > 0) == (more or (not monitor and size == (120, 50)))
        assert not missing or f"and {missing} more machines" in text
        assert " 50 machines  1,000 of 1,000 threads at work" in text
        row = next(line for line in case.lines() if "node-02" in line)
        assert "! node-02" in row
        assert "cores" in row
        assert "MP/s" in row
        assert missing == 0 or row == next(line for line in case.lines() if "node-" in line)
        assert "1 failed" in row or size == (120, 50)


@pytest.mark.parametrize("monitor", [False, True])
async def test_who_lags_behind_is_named_with_its_file(monitor: bool) -> None:
    async with opened(Crowd(stuck=(23, 41, 42)), size=(120, 50)) as case:
        await watched(case, 80, monitor=monitor)
        assert "straggler node-02 4: 0:40 on D" in case.text()
        assert ", and 2 more" in case.text()


async def test_a_failure_names_its_machine() -> None:
    async with opened(Crowd(failing=2)) as case:
        await watched(case)
        await case.pilot.press("e")
        assert isinstance(case.app.screen, FailuresScreen)
        assert "node-02" in next(line for line in case.lines() if "broken-1.jpg" in line)
        assert "copy it again. (On node-02.)" in " ".join(case.text().split())


async def test_the_end_is_shown_as_it_is_whoever_had_a_turn() -> None:
    async with opened(Crowd(), size=(120, 50)) as case:
        await watched(case, monitor=True)
        case.engine.stands_at, case.engine.state = 0, State.DONE
        case.app.bridge.batch.tick()
        await case.until(lambda: " done " in case.lines()[0])
        assert case.text().count(" 0.0 MP/s") >= 50


async def test_machines_that_go_leave_no_ghosts() -> None:
    engine = Crowd(machines=3, workers=2)
    async with opened(engine, size=(120, 50)) as case:
        await watched(case, monitor=True)
        assert case.text().count("node-03") >= 1
        assert engine._board is not None
        for slot in (4, 5):
            engine._board.lane(slot)[14] = 0
        engine.stands_at = 0
        case.app.bridge.batch.tick()
        await case.until(lambda: "node-03" not in case.text())
        assert " 2 machines  4 of 4 threads" in case.text()
