"""The monitor: what a batch's threads did in the last minute, who stands first, and the screen that shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.job import State
from engine.telemetry import Lane, Snapshot, Stage
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tui.commands import perform
from tui.screens.failures import FailuresScreen
from tui.screens.monitor import MonitorScreen
from tui.theme import inks
from tui.widgets.machine_rows import MachineRows
from tui.widgets.monitor_panel import shape
from tui.widgets.past import SLOTS, Kind, Past
from tui.widgets.thread_rows import worst_first
from tui.widgets.time_line import LENGTHS, LETTERS, PEN, legend, time_line

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
INK = inks("safelight")


def lane(**values: float) -> Lane:
    idle = Lane("worker 1", Stage.FILTER, 0, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0)
    return replace(idle, **values)  # type: ignore[arg-type]


def batch(seconds: float, *lanes: Lane, cores: int = 2, state: State = State.RUNNING) -> Snapshot:
    return Snapshot("b", state, seconds, lanes, (0.5,) * cores, 100, 5, 0, 0, 50.0, 10.0, None)


def lived(past: Past, text: str, begun: float = 0.0) -> float:
    """Half a second of each letter's doing: d, F, e, w or . for idle; returns when it is over."""
    spent = dict.fromkeys("dFew.", 0.0)
    past.add(batch(begun, lane()))
    for number, letter in enumerate(text, 1):
        spent[letter] += 0.5
        known = {"decode_seconds": spent["d"], "filter_seconds": spent["F"], "encode_seconds": spent["e"]}
        past.add(batch(begun + number / 2, lane(busy_seconds=sum(spent.values()) - spent["."], **known)))
    return begun + len(text) / 2


def drawn(past: Past, cells: int = SLOTS) -> str:
    """The first thread's minute in letters; _ for what was not lived yet."""
    letters = {Kind.IDLE: ".", Kind.DECODE: "d", Kind.FILTER: "F", Kind.ENCODE: "e", Kind.WAIT: "w", None: "_"}
    return "".join(letters[kind] for kind in past.cells(0, cells))


def test_a_minute_tells_each_kind_where_it_was() -> None:
    past = Past()
    lived(past, "ddFFFew.")
    assert drawn(past) == "_" + "ddFFFew." + "_" * (SLOTS - 9)
    assert past.pen(SLOTS) == 8


def test_a_minute_is_written_round_and_nothing_moves() -> None:
    past = Past()
    lived(past, "F" * (SLOTS - 1) + "eee")
    assert drawn(past) == "eee" + "F" * (SLOTS - 3)
    assert past.pen(SLOTS) == 2


@pytest.mark.parametrize("cells", LENGTHS)
def test_shorter_lines_tell_what_most_of_each_cell_was(cells: int) -> None:
    past = Past()
    each = SLOTS // cells
    lived(past, ("d" * each + "F" * each) * (cells // 2))
    seen = drawn(past, cells)
    assert len(seen) == cells
    assert seen[2:].count("d") == seen[2:].count("F") > 0
    assert past.pen(cells) == 0


def test_what_the_pens_cell_had_a_minute_ago_is_not_shown() -> None:
    past = Past()
    lived(past, "F" * SLOTS + "ee")
    assert drawn(past, 12).startswith("e")
    assert drawn(past, 12)[1:] == "F" * 11


def test_a_late_reader_fills_what_it_missed_and_another_batch_begins_anew() -> None:
    past = Past()
    past.add(batch(0.0, lane()))
    past.add(batch(10.0, lane(busy_seconds=10.0, filter_seconds=10.0)))
    assert drawn(past)[1:21] == "F" * 20
    past.add(batch(10_000.0, lane(busy_seconds=10.0, filter_seconds=10.0)))
    assert drawn(past) == "." * SLOTS
    past.add(replace(batch(3.0, lane()), batch="another"))
    assert drawn(past) == "_" * SLOTS
    assert past.rates.top(10) == 1.0


def test_a_paused_thread_waits() -> None:
    past = Past()
    past.add(batch(0.0, lane()))
    past.add(batch(1.0, lane(stage=Stage.PAUSED)))
    assert drawn(past)[1:3] == "ww"


@given(st.lists(st.sampled_from([None, *Kind]), min_size=12, max_size=120), st.integers(0, 119))
def test_a_time_line_is_as_long_as_its_cells_and_has_one_pen(cells: list[Kind | None], pen: int) -> None:
    text = "".join(piece for piece, _ in time_line(cells, pen % len(cells), INK))
    assert len(text) == len(cells)
    assert text.index(PEN) == (pen % len(cells) + 1) % len(cells)
    assert text.count(PEN) == 1


def test_every_kind_and_stage_has_a_letter_that_the_legend_tells() -> None:
    assert set(LETTERS) == set(Kind)
    assert len(set(LETTERS.values())) == len(Kind)
    words = "".join(text for text, _ in legend(INK, timed=True)).lower()
    assert all(f"{letter.lower()} {kind.name.lower()}" in words for kind, letter in LETTERS.items())
    assert all(stage.name.lower() in words for stage in Stage)


def test_who_fails_stands_first_then_the_slowest_and_who_has_done_nothing_last() -> None:
    lanes = (
        lane(megapixels=90.0, busy_seconds=3.0),
        lane(),
        lane(megapixels=90.0, busy_seconds=9.0),
        lane(megapixels=90.0, busy_seconds=1.0, failed=1),
        lane(megapixels=5.0),
    )
    assert worst_first(batch(9.0, *lanes)) == [3, 2, 0, 1, 4]


@given(st.integers(1, 300), st.integers(1, 300), st.integers(20, 400), st.integers(8, 120))
def test_the_parts_fill_the_screen_and_nothing_more(threads: int, cores: int, width: int, height: int) -> None:
    parts = shape(batch(1.0, *[lane()] * threads, cores=cores), MachineRows(), width, height)
    rows = parts.heading + parts.threads + parts.blank + parts.plots + parts.cores
    assert rows == max(height - 4, parts.cores + 1)
    assert 1 <= parts.threads <= threads
    if parts.grid:
        least = min(parts.across * parts.threads, threads)
        assert least == threads or width // (parts.across + 1) < 8
        assert (parts.threads - 1) * parts.across < threads


async def watched(case: Opened, told: int = 60) -> None:
    """The monitor over a batch that stands at such a snapshot."""
    case.engine.running, case.engine.frames = True, 0
    case.app.bridge.batch.follow("batch-0")
    while case.engine.told < told:
        case.app.bridge.batch.tick()
    case.engine.stands_at = case.engine.told
    perform("monitor", case.app)
    await case.until(lambda: isinstance(case.app.screen, MonitorScreen))
    await case.until(lambda: "throughput" in case.text())


async def test_it_says_how_to_begin_where_no_batch_is() -> None:
    async with opened() as case:
        await case.pilot.press("percent_sign")
        await case.until(lambda: "No batch is running: a applies the stack" in case.text())
        await case.pilot.press("percent_sign")
        await case.until(lambda: case.app.screen is case.app.main)


@pytest.mark.parametrize("key", ["escape", "q", "enter", "percent_sign"])
async def test_a_key_closes_it(key: str) -> None:
    async with opened() as case:
        await watched(case)
        await case.pilot.press("j", key)
        await case.until(lambda: case.app.screen is case.app.main)
        case.engine.stands_at = 0
        before = case.lines()
        await case.until(lambda: case.lines() != before)


async def test_a_click_on_the_batch_opens_it_and_one_on_the_lowest_line_closes_it() -> None:
    async with opened() as case:
        case.engine.running, case.engine.frames = True, 0
        case.app.bridge.batch.follow("batch-0")
        await case.until(lambda: case.app.main.engine.size.height > 3)
        await case.pilot.click(case.app.main.engine, offset=(10, 3))
        await case.until(lambda: isinstance(case.app.screen, MonitorScreen))
        await case.pilot.click(offset=(100, 20))
        assert isinstance(case.app.screen, MonitorScreen)
        await case.pilot.click(offset=(117, 39))
        await case.until(lambda: case.app.screen is case.app.main)


async def test_a_click_on_the_failures_of_a_batch_still_names_them() -> None:
    async with opened() as case:
        case.engine.running, case.engine.frames = True, 0
        case.app.bridge.batch.follow("batch-0")
        await case.until(lambda: case.app.bridge.batch.failures and case.app.main.engine.size.height > 3)
        await case.pilot.click(case.app.main.engine, offset=(10, 1))
        await case.until(lambda: isinstance(case.app.screen, FailuresScreen))


async def test_each_thread_has_its_row_with_all_its_numbers() -> None:
    async with opened(FakeEngine(workers=4, total=4800)) as case:
        await watched(case)
        lines = case.lines()
        snapshot = case.app.main.engine.snapshot
        assert snapshot is not None
        assert "stage" in lines[2]
        assert "last minute" in lines[2]
        for number, each in enumerate(snapshot.lanes, 1):
            row = lines[2 + number]
            assert f"{number:3} {each.stage.name[0]}" in row
            assert f"{each.load * 100:.0f} %" in row
            assert f"{each.rate:.1f} MP/s" in row
            assert case.app.main.engine.files[number - 1] in row
            assert len([letter for letter in row if letter in "DFEw·"]) >= 28
        assert lines[4].lstrip().startswith("!")
        text = case.text()
        for words in ("832 MB of 2.0 GB", "MB/s  out", "GIL-free 97 %", "latency of a file", "3.76 cores used"):
            assert words in text, words


async def test_it_goes_on_with_the_batch_and_stays_at_its_end() -> None:
    async with opened(FakeEngine(workers=2, total=4800)) as case:
        await watched(case, 20)
        before = case.text()
        case.engine.stands_at = 0
        await case.until(lambda: case.text() != before)
        case.engine.frames = 30
        await case.until(lambda: " done " in case.lines()[0] and " in 0:" in case.lines()[0])
        assert "throughput  " in case.text()
        await case.pilot.press("escape")
        await case.until(lambda: " done: " in case.lines()[-2] and case.app.main.engine.size.height == 1)


async def test_more_threads_than_rows_stand_side_by_side_the_worst_first() -> None:
    async with opened(FakeEngine(workers=128, total=4800), size=(80, 24)) as case:
        await watched(case)
        first = case.lines()[2]
        assert first.startswith("!  2")
        text = case.text()
        assert all(f"{number:3} " in text for number in range(1, 129))


async def test_where_there_is_no_room_it_says_how_many_are_missing() -> None:
    async with opened(FakeEngine(workers=300, total=4800), size=(80, 24)) as case:
        case.engine.running = True
        case.app.bridge.batch.follow("batch-0")
        await case.pilot.press("percent_sign")
        await case.until(lambda: isinstance(case.app.screen, MonitorScreen) and " +" in case.text())
