"""Ten thousand mutated files and more through open, look, filter and save, in processes that are watched.

`pytest tests/long/test_mutations.py` takes some minutes. `SAFELIGHT_FUZZ_RUN=NUMBER` tries others than the usual ones;
each fault is told with the command that shows it again.
"""

import os
import statistics
from pathlib import Path

import pytest

from tests.corpus import corpus
from tests.fuzzing import Report, try_in_processes

RUN = int(os.environ.get("SAFELIGHT_FUZZ_RUN", "20261123"))
FILES, PROCESSES = 16_000, 2
GROWTH = 24 << 20
"""Bytes that the memory of a process may differ by between the second quarter of its files and the last."""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """One of each process."""
    return try_in_processes(RUN, FILES, PROCESSES, tmp_path_factory.mktemp("mutations"))


def test_every_file_is_a_result_or_a_sentence(reports: list[Report]) -> None:
    whole = Report()
    for each in reports:
        whole.add(each)
    print("\n".join(f"{count:6} {outcome}" for outcome, count in sorted(whole.outcomes.items())))
    assert not whole.faults, "\n".join(whole.faults)
    assert sum(whole.outcomes.values()) == FILES
    for name in corpus():
        assert whole.outcomes[f"{name} saved"] > FILES / len(corpus()) / 20


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts descriptors")
def test_nothing_is_left_behind(reports: list[Report]) -> None:
    for each in reports:
        quarter = len(each.samples) // 4
        second, last = each.samples[quarter : 2 * quarter], each.samples[-quarter:]
        typical = [{key: statistics.median(held[key] for held in part) for key in part[0]} for part in (second, last)]
        print(*typical, sep="\n")
        assert typical[1]["memory"] <= typical[0]["memory"] + GROWTH
        assert typical[1]["below"] <= typical[0]["below"] + GROWTH
        for what in ("descriptors", "threads", "children", "zombies"):
            assert max(held[what] for held in last) <= max(held[what] for held in second)
        assert not max(held["zombies"] for held in each.samples)
