"""Work in turn, its seconds, and the copy."""

import numpy as np
import pytest

from engine.bench.copying import Copier
from engine.bench.timing import REST, Timing, in_turn


def test_work_runs_in_turn_after_a_rest_and_once_unmeasured() -> None:
    told: list[str | float] = []
    now = iter(range(100))
    works = {name: lambda name=name: told.append(name) for name in ("ours", "theirs")}
    seconds = in_turn(works, 2, clock=lambda: next(now) ** 2, rest=told.append)
    assert told == ["ours", "theirs", *[REST, "ours", REST, "theirs"] * 2]
    assert seconds == {"ours": (1, 9), "theirs": (5, 13)}


def test_a_timing_tells_its_median_and_its_spread() -> None:
    timing = Timing((0.5, 0.1, 0.2), 24.0)
    assert timing.median == 0.2
    assert timing.rate == pytest.approx(120.0)
    assert timing.to_dict() == {
        "rate": 120.0,
        "least": 48.0,
        "most": 240.0,
        "seconds": 0.2,
        "megapixels": 24.0,
        "times": 3,
    }


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_threads_copy_everything(workers: int) -> None:
    source = np.arange(7 * 3, dtype=np.uint16).reshape(7, 3)
    target = np.zeros_like(source)
    copier = Copier(workers)
    copier.copy(source, target)
    copier.close()
    np.testing.assert_array_equal(target, source)
