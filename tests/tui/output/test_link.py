"""The profile of a line: by hand, by what was measured, and thin where nobody knows."""

import pytest

from tui.output.credit import Credit
from tui.output.link import LOCAL, NAMES, THIN, Link
from tui.terminal.surroundings import Surroundings

SSH = Surroundings(remote=True)


def measured(rate: float, round_trip: float, count: int = 20) -> Credit:
    """Credit that has seen so many pieces on such a line."""
    credit = Credit()
    now = 0.0
    for _ in range(count):
        for size in (60, 1500):
            credit.sent(size, now)
            now += round_trip + size / rate
            credit.answered(now)
    return credit


def test_a_terminal_on_this_machine_is_local_and_says_nothing() -> None:
    link = Link(Surroundings(), Credit())
    assert link.profile().name == "local"
    assert link.text() == ""


@pytest.mark.parametrize(
    ("rate", "round_trip", "name", "words"),
    [
        (16_000, 0.3, "thin", "304 ms 17 kB/s thin"),
        (125_000, 0.1, "normal", "100 ms 130 kB/s normal"),
        (12_500_000, 0.02, "normal", "20 ms 1.5 MB/s normal"),
    ],
)
def test_a_measured_line(rate: float, round_trip: float, name: str, words: str) -> None:
    link = Link(SSH, measured(rate, round_trip))
    assert link.profile().name == name
    assert link.text() == words
    assert link.reason() == "measured"


def test_an_unknown_line_far_away_is_thin() -> None:
    assert Link(SSH, Credit()).profile().name == "thin"
    assert Link(SSH, measured(1e6, 0.05, 1)).profile().name == "thin"


def test_behind_a_multiplexer_nothing_can_be_measured() -> None:
    link = Link(Surroundings("tmux", remote=True), measured(1e7, 0.001))
    assert link.profile().name == "thin"
    assert link.text() == "tmux: line unknown, thin"


def test_a_choice_by_hand_wins() -> None:
    for name in NAMES:
        link = Link(SSH, measured(16_000, 0.3))
        link.chosen = name
        assert link.profile().name == name
        assert link.text().endswith("(by hand)")


def test_a_line_near_a_limit_does_not_flicker() -> None:
    credit = measured(THIN * 1.2, 0.1)
    link = Link(SSH, credit)
    assert link.profile().name == "thin"
    credit._drains.extend([THIN * 2.0] * 12)
    assert link.profile().name == "normal"
    credit._drains.extend([THIN * 1.2] * 12)
    assert link.profile().name == "normal"
    assert LOCAL > THIN
