"""Credit on a line of known rate and delay: what is on its way, what it drains; and terminals that are silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.output.credit import LEAST, LOST, MOST, SECONDS, SILENCE, Credit


class Line:
    """A line of so many bytes a second and such a round trip, in time of its own."""

    def __init__(self, rate: float, round_trip: float) -> None:
        self.rate, self.round_trip = rate, round_trip
        self.now = self.free = 0.0
        self.answers: list[float] = []
        self.credit = Credit()

    def send(self, size: int) -> None:
        """Put so many bytes on the line."""
        self.free = max(self.now, self.free) + size / self.rate
        self.answers.append(self.free + self.round_trip)
        self.credit.sent(size, self.now)

    def wait(self) -> None:
        """Until the next answer."""
        self.now = self.answers.pop(0)
        self.credit.answered(self.now)

    def pour(self, count: int, size: int) -> None:
        """Send pieces as fast as credit allows."""
        for _ in range(count):
            while self.credit.room(self.now) < size:
                self.wait()
            self.send(size)
            assert self.credit.unanswered <= self.credit.window
        while self.answers:
            self.wait()


@given(st.floats(8e3, 1e6), st.floats(0.001, 0.4))
def test_a_line_is_measured_and_never_filled(rate: float, round_trip: float) -> None:
    line = Line(rate, round_trip)
    line.pour(3, 60)
    assert line.credit.round_trip == pytest.approx(round_trip + 60 / rate, rel=0.01)
    line.pour(60, 1300)
    assert line.credit.drain == pytest.approx(rate, rel=0.3)
    assert line.credit.window <= max(LEAST, 1.4 * SECONDS * rate)


def test_a_terminal_that_answers_many_at_once_is_not_taken_for_a_quick_line() -> None:
    credit, now = Credit(), 0.0
    for _ in range(20):
        credit.sent(60, now)
        credit.answered(now + 0.1)
        now += 1.0
        for _ in range(8):
            credit.sent(1500, now)
        # It was busy for as long as they took at 125 kB/s, and then reads them all.
        for place in range(8):
            credit.answered(now + 0.1 + 8 * 1500 / 125_000 + 0.0001 * place)
        now += 1.0
    assert credit.drain < 130_000


def test_while_only_large_pieces_go_the_round_trip_is_remembered() -> None:
    credit, now = Credit(), 0.0
    credit.sent(60, now)
    credit.answered(0.1)
    for place in range(50):
        now += 1.0
        credit.sent(12_500, now)
        credit.answered(now + 0.2 + 0.002 * (place % 3))
    assert credit.round_trip == 0.1
    assert 110_000 < credit.drain < 130_000


def test_little_is_on_its_way_before_anything_is_known() -> None:
    credit = Credit()
    assert credit.room(0.0) == LEAST
    credit.sent(LEAST, 0.0)
    assert credit.room(0.1) == 0
    assert 0.0 < credit.patience(0.1) <= SILENCE


def test_a_terminal_beside_us_that_answers_at_once_takes_a_picture_in_one_piece() -> None:
    for near, trip, window in ((True, 0.004, 150_000), (True, 0.1, LEAST), (False, 0.004, LEAST)):
        credit = Credit(near)
        assert credit.window == LEAST
        credit.sent(60, 0.0)
        credit.answered(trip)
        assert credit.window == window


def test_a_terminal_that_never_answers_is_not_waited_for() -> None:
    credit = Credit()
    credit.sent(LEAST, 0.0)
    assert credit.room(SILENCE / 2) == 0
    assert credit.room(SILENCE) == MOST
    credit.sent(MOST, SILENCE)
    assert credit.room(SILENCE) == MOST
    credit.answered(3.0)
    assert credit.room(3.0) == LEAST


def test_an_answer_that_somebody_else_read_is_not_waited_for_for_ever() -> None:
    credit = Credit()
    credit.sent(100, 0.0)
    credit.answered(0.1)
    credit.sent(LEAST, 1.0)
    assert credit.room(1.0 + LOST / 2) == 0
    assert credit.room(1.0 + LOST) == LEAST


def test_another_terminal_is_another_line() -> None:
    line = Line(1e6, 0.05)
    line.pour(20, 1300)
    line.credit.forget()
    assert (line.credit.drain, line.credit.round_trip, line.credit.window) == (0.0, 0.0, LEAST)
