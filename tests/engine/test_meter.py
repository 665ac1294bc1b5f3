"""Rates, loads, fractions and time left, from faked readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.job import State
from engine.meter import Meter
from engine.telemetry import Board, Header, Row, Snapshot, Stage

SECOND = 1_000_000_000


class Fake:
    """A Board whose owner writes at the very moment it is read."""

    def __init__(self, workers: int = 2, total: int = 10) -> None:
        self.board = Board.fresh(workers, total)
        self.board.state = State.RUNNING
        self.board.words[Header.STARTED_NS] = self.now = 1000 * SECOND
        self.meter = Meter("b")

    def after(self, seconds: float, *, silent: bool = False) -> Snapshot:
        self.now += int(seconds * SECOND)
        if not silent:
            self.board.words[Header.NOW_NS] = self.now
        return self.meter.read(self.board, self.now, (0.5, 1.0))

    def put(self, slot: int, **values: int) -> None:
        for name, value in values.items():
            self.board.lane(slot)[Row[name]] = value


def test_the_first_reading_knows_totals_but_no_rates() -> None:
    fake = Fake()
    fake.board.words[Header.DONE], fake.board.words[Header.CREDITED_PIXELS] = 3, 36_000_000
    fake.put(1, LIVE_PIXELS=5_000_000, CREDITED_PIXELS=36_000_000, BUSY_NS=2 * SECOND, CPU_NS=SECOND)
    seen = fake.after(4.0)
    assert (seen.batch, seen.state, seen.seconds, seen.total, seen.done, seen.left) == (
        "b",
        State.RUNNING,
        4.0,
        10,
        3,
        7,
    )
    assert (seen.megapixels, seen.rate, seen.remaining_seconds, seen.cores) == (36.0, 0.0, None, (0.5, 1.0))
    lane = seen.lanes[1]
    assert (lane.name, lane.megapixels, lane.busy_seconds, lane.cpu_seconds) == ("worker 2", 36.0, 2.0, 1.0)
    assert (lane.rate, lane.load) == (0.0, 0.0)


def test_rates_and_loads_are_means_over_three_seconds() -> None:
    fake = Fake()
    for tenth in range(100):
        fake.put(0, LIVE_PIXELS=tenth * 1_000_000, CPU_NS=tenth * SECOND // 20)
        seen = fake.after(0.1)
    assert seen.lanes[0].rate == pytest.approx(10.0)
    assert seen.lanes[0].load == pytest.approx(0.5)
    assert seen.rate == pytest.approx(10.0)
    for _ in range(40):
        seen = fake.after(0.1)
    assert (seen.rate, seen.lanes[0].load) == (0.0, 0.0)


def test_a_slow_reader_still_gets_rates() -> None:
    fake = Fake()
    for minute in range(3):
        fake.put(0, LIVE_PIXELS=minute * 60_000_000, CPU_NS=minute * 60 * SECOND)
        seen = fake.after(60.0)
    assert seen.rate == pytest.approx(1.0)
    assert seen.lanes[0].load == pytest.approx(1.0)


def test_an_owner_that_stands_still_has_no_rate() -> None:
    fake = Fake()
    for tenth in range(20):
        fake.put(0, LIVE_PIXELS=tenth * 1_000_000)
        seen = fake.after(0.1)
    assert seen.rate == pytest.approx(10.0)
    for _ in range(40):
        seen = fake.after(0.1, silent=True)
    assert seen.rate == 0.0


def test_a_file_goes_its_way_once() -> None:
    fake = Fake()
    way = [(Stage.READ, 0, 0.0), (Stage.DECODE, 0, 0.05), (Stage.FILTER, 0, 0.4), (Stage.FILTER, 5, 0.5)]
    way += [(Stage.PAUSED, 5, 0.5), (Stage.FILTER, 10, 0.6), (Stage.ENCODE, 10, 0.6), (Stage.WRITE, 10, 0.95)]
    for stage, bands, fraction in [*way, (Stage.IDLE, 10, 1.0)]:
        fake.put(0, STAGE=stage, FILE=0, BANDS_DONE=bands, BANDS_TOTAL=10)
        assert fake.after(0.1).lanes[0].fraction == pytest.approx(fraction)
    fake.put(0, STAGE=Stage.READ, FILE=1)
    assert fake.after(0.1).lanes[0].fraction == 0.0
    fake.put(0, STAGE=Stage.IDLE, FILE=-1)
    assert fake.after(0.1).lanes[0].fraction == 0.0


@given(
    st.lists(st.tuples(st.integers(-2, 9), st.integers(-1, 2), st.integers(-5, 20), st.integers(-5, 20)), max_size=30)
)
def test_whatever_is_read_fractions_never_go_back_within_a_file(readings: list[tuple[int, int, int, int]]) -> None:
    fake, before = Fake(workers=1), (-1, 0.0)
    for stage, file, done, total in readings:
        fake.put(0, STAGE=stage, FILE=file, BANDS_DONE=done, BANDS_TOTAL=total)
        lane = fake.after(0.1).lanes[0]
        assert 0.0 <= lane.fraction <= 1.0
        assert lane.stage is Stage.IDLE or lane.file != before[0] or lane.fraction >= before[1]
        before = (-1, 0.0) if lane.stage is Stage.IDLE else (lane.file, lane.fraction)


def test_time_left_follows_the_pace_and_counts_parts_of_files() -> None:
    fake = Fake(total=10)
    fake.put(0, STAGE=Stage.FILTER, FILE=4, BANDS_DONE=0, BANDS_TOTAL=10)
    fake.after(0.0)
    assert fake.after(0.5).remaining_seconds is None
    fake.board.words[Header.DONE] = 2
    fake.put(0, BANDS_DONE=5)
    assert fake.after(3.7).remaining_seconds == pytest.approx((10 - 2.5) * 4.2 / 2.1)
    fake.board.words[Header.SKIPPED] = 7
    assert fake.after(0.0).remaining_seconds == pytest.approx((10 - 2.5 - 7) * 4.2 / 2.1)


@pytest.mark.parametrize(
    ("state", "remaining"), [(State.PAUSED, None), (State.DRAINING, None), (State.DONE, 0.0), (State.BROKEN, None)]
)
def test_time_left_is_told_of_what_runs(state: State, remaining: float | None) -> None:
    fake = Fake()
    fake.after(0.0)
    fake.board.words[Header.DONE] = 5
    assert fake.after(2.0).remaining_seconds == pytest.approx(2.0)
    fake.board.state = state
    assert fake.after(2.0).remaining_seconds == remaining
    fake.board.state = State.RUNNING
    assert fake.after(5.0).remaining_seconds is None


def test_what_the_reader_knows_better_wins() -> None:
    fake = Fake()
    fake.board.say("compiling kernels", 2, 5)
    assert fake.after(0.1).note == "compiling kernels 2 of 5"
    seen = fake.meter.read(fake.board, fake.now, state=State.BROKEN)
    assert (seen.state, seen.note, seen.rate) == (State.BROKEN, "", 0.0)


def test_each_stage_has_its_time_up_to_this_moment() -> None:
    fake = Fake()
    fake.put(0, STAGE=Stage.FILTER, FILE=3, SINCE_NS=fake.now, DECODE_NS=SECOND, FILTER_NS=5 * SECOND, FAILED=2)
    fake.put(0, BUSY_NS=7 * SECOND)
    lane = fake.after(0.5).lanes[0]
    assert (lane.decode_seconds, lane.filter_seconds, lane.encode_seconds, lane.failed) == (1.0, 5.5, 0.0, 2)
    assert lane.busy_seconds == 7.5
    fake.put(0, STAGE=Stage.PAUSED)
    assert fake.after(0.5).lanes[0].busy_seconds == 7.0


def test_latency_and_bytes_are_those_of_the_files_of_the_last_ten_seconds() -> None:
    fake = Fake()
    words = fake.board.words
    assert fake.after(0.0).latency is None
    for _ in range(20):
        words[Header.DONE] += 2
        words[Header.FILES_NS] += 3 * SECOND
        words[Header.READ_BYTES] += 8_000_000
        words[Header.WRITTEN_BYTES] += 1_000_000
        seen = fake.after(1.0)
        assert (seen.latency, seen.read_rate, seen.written_rate) == (1.5, 8e6, 1e6)
    for _ in range(10):
        seen = fake.after(1.0)
    assert (seen.latency, seen.read_rate, seen.written_rate) == (None, 0.0, 0.0)


def test_the_share_without_the_lock_is_of_all_threads_and_memory_is_as_told() -> None:
    fake = Fake()
    assert fake.after(0.1).unlocked is None
    fake.put(0, CPU_NS=3 * SECOND, UNLOCKED_NS=3 * SECOND)
    fake.put(1, CPU_NS=1 * SECOND, UNLOCKED_NS=0)
    fake.board.words[Header.MEMORY], fake.board.words[Header.MEMORY_LIMIT] = 5 << 20, 9 << 20
    seen = fake.after(0.1)
    assert (seen.unlocked, seen.memory, seen.memory_limit) == (0.75, 5 << 20, 9 << 20)
