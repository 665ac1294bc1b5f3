"""The queue under each rule with a clock in hand, and real runs on real threads."""

import itertools
import time
from collections.abc import Callable, Mapping

import pytest

from engine.lab.drawing.gantt import gantt_svg
from engine.lab.scheduling.load import BAND, LONG, SHORT, Arrival, batch, stream
from engine.lab.scheduling.outcome import FIGURES, JobRun, Outcome, Slice
from engine.lab.scheduling.policies import policies
from engine.lab.scheduling.policy import Policy
from engine.lab.scheduling.queue import Entry, Queue
from engine.lab.scheduling.run import band_of_work, judged, run

FEW = (Arrival("A", 0.0, 6), Arrival("B", 0.0, 2), Arrival("0", 0.0, 1), Arrival("1", 0.003, 1))


def served(policy: Policy, jobs: tuple[Arrival, ...] = FEW) -> str:
    """Whose bands one worker does, in order, where each takes just as long as it should."""
    now = [0.0]
    queue, order = Queue(policy, jobs, lambda: now[0]), ""
    entry: Entry | None = None
    bands = 0
    last = None
    while (entry := queue.next(entry, bands)) is not None:
        bands = bands + 1 if entry is last else 1
        last = entry
        queue.note(entry, 0, now[0], now[0] + BAND)
        now[0] += BAND
        order += entry.arrival.name
    assert sum(len(job.slices) > 0 for job in queue.jobs()) == len(jobs)
    return order


def test_each_rule_has_its_order() -> None:
    orders = {name: served(policy) for name, policy in policies().items()}
    assert orders["first-come"] == orders["first-come-helping"] == "AAAAAABB01"
    assert orders["shortest-first"] == "0BB1AAAAAA"
    assert orders["round-robin"] == "AABB01AAAA"


def trickle(count: int) -> tuple[Arrival, ...]:
    """A long job, and short ones that keep one worker busy by themselves."""
    return Arrival("A", 0.0, 20), *(Arrival("0", place * BAND, 1) for place in range(count))


def test_a_long_job_starves_while_short_ones_come_unless_it_ages() -> None:
    known = policies()
    for count in (60, 200):
        assert served(known["shortest-first"], trickle(count)).index("A") == count
        assert served(known["ageing"], trickle(count)).index("A") < 30
        assert served(known["first-come"], trickle(count)).index("A") == 0


def test_only_the_helping_queue_shares_a_job() -> None:
    for name, policy in policies().items():
        queue = Queue(policy, FEW[:1], lambda: 0.0)
        first = queue.next(None, 0)
        assert first is not None
        if policy.helps:
            assert queue.next(None, 0) is first, name


@pytest.fixture(scope="module")
def work() -> Callable[[], object]:
    return band_of_work()


@pytest.mark.parametrize("policy", policies().values(), ids=lambda each: each.name)
def test_every_job_is_done_once_on_real_threads(policy: Policy, work: Callable[[], object]) -> None:
    jobs = tuple(each for each in stream(2) if each.time < 0.1)
    done: list[None] = []
    outcome = run(policy, jobs, 2, lambda: (work(), done.append(None)))
    assert len(done) == sum(job.bands for job in jobs)
    assert [job.arrival for job in outcome.jobs] == list(jobs)
    for job in outcome.jobs:
        assert job.slices[0].begin >= job.arrival.time
        if not policy.helps:
            assert all(a.end <= b.begin for a, b in zip(job.slices, job.slices[1:], strict=False))
    for worker in range(2):
        mine = sorted((s for job in outcome.jobs for s in job.slices if s.worker == worker), key=lambda s: s.begin)
        assert all(a.end <= b.begin + 1e-9 for a, b in itertools.pairwise(mine))


def test_figures_are_those_of_the_slices() -> None:
    long = JobRun(Arrival("A", 0.0, LONG), (Slice(0, 0.1, 0.2), Slice(1, 0.5, 0.9)))
    short = JobRun(Arrival("0", 0.2, SHORT), (Slice(0, 0.2, 0.3),))
    found: Mapping[str, float] = {name: figure(Outcome((long, short), 2)) for name, figure in FIGURES.items()}
    assert found == pytest.approx(
        {
            "mean_latency": 0.5,
            "worst_latency": 0.9,
            "mean_latency_of_short": 0.1,
            "mean_latency_of_long": 0.9,
            "longest_starvation": 0.3,
            "all_done": 0.9,
            "jobs_per_second": 2 / 0.9,
        }
    )


def test_helping_ends_a_batch_sooner_than_its_last_job_alone() -> None:
    last: dict[str, int] = {}
    for name in ("first-come", "first-come-helping"):
        outcome = run(policies()[name], batch(2), 2, lambda: time.sleep(BAND / 4))
        (slices,) = (job.slices for job in outcome.jobs if job.arrival.name == "E")
        last[name] = len({each.worker for each in slices})
    assert last == {"first-come": 1, "first-come-helping": 2}


def test_verdicts_have_their_runs_and_a_picture() -> None:
    said: list[str] = []
    chosen = [policies()["first-come"], policies()["first-come-helping"]]
    verdicts = judged(chosen, batch(2), 2, 1, said.append)
    assert said == ["first come, run 1 of 1", "first come, helping (Safelight's), run 1 of 1"]
    assert [each.to_dict()["runs"] for each in verdicts] == [1, 1]
    assert "long A" in gantt_svg(verdicts)
