"""Every strategy on a small job: the same bytes from all, and a sentence from one that cannot run here."""

import os
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import correlate1d

from engine.errors import SafelightError, SpecError
from engine.lab.code import extension
from engine.lab.job import Job, Step, calls, exposure_gamma, reduced
from engine.lab.strategies import find, strategies
from engine.lab.strategy import Strategy

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and /dev/shm")
HERE = [pytest.param(each, id=each.name) for each in strategies().values() if not each.missing()]


@pytest.mark.parametrize("strategy", HERE)
def test_every_strategy_makes_the_same_bytes(strategy: Strategy, job: Job, expected: bytes) -> None:
    team = strategy.open(strategy.workers(3), None)
    try:
        for again in (job, replace(job, bands=2), job):
            team.load(again)
            for step in Step:
                team.run(step)
        assert team.room.result() == expected
    finally:
        team.close()


def test_a_float_variant_is_within_one_level(job: Job, expected: bytes) -> None:
    picture = 255.0 * np.minimum(job.pixels / 255.0 * 2.0**0.5, 1.0) ** (1.0 / 1.2)
    for axis in (0, 1):
        picture = correlate1d(picture, np.array(job.weights) / sum(job.weights), axis=axis, mode="nearest")
    whole = np.frombuffer(expected[: job.pixels.size], np.uint8).reshape(job.pixels.shape)
    assert np.abs(whole - picture).max() <= 1.0


@LINUX
@pytest.mark.parametrize("strategy", HERE)
def test_workers_are_threads_or_processes_of_their_own(strategy: Strategy, job: Job) -> None:
    team = strategy.open(strategy.workers(2), None)
    try:
        lanes = team.lanes
        assert len({(lane.process, lane.thread) for lane in lanes}) == strategy.workers(2)
        assert all((lane.process == os.getpid()) != strategy.name.startswith("processes") for lane in lanes)
        assert all(os.path.exists(f"/proc/{lane.process}/task/{lane.thread}") for lane in lanes)
    finally:
        team.close()


def test_pickled_arrays_are_sent_and_shared_ones_are_not(job: Job) -> None:
    sent = {}
    for name in ("threads-numpy", "processes-shared", "processes-pickle"):
        team = find(name).open(2, None)
        try:
            team.load(job)
            before = team.moved().count
            team.run(Step.TONE)
            sent[name] = team.moved().count - before
        finally:
            team.close()
    assert sent["threads-numpy"] == 0
    assert 0 < sent["processes-shared"] < 200 * job.bands
    assert sent["processes-pickle"] >= 2 * job.pixels.size


def test_a_worker_that_fails_is_one_sentence(job: Job) -> None:
    for name, said in (("threads-numpy", "A worker failed: "), ("processes-pickle", "A worker failed: ")):
        team = find(name).open(2, None)
        try:
            team.load(replace(job, wait=-1.0))
            with pytest.raises(SafelightError, match=said):
                team.run(Step.WAIT)
            team.run(Step.TONE)
        finally:
            team.close()


def test_a_process_that_is_killed_is_one_sentence(job: Job) -> None:
    team = find("processes-pickle").open(1, None)
    try:
        team.load(job)
        os.kill(team.lanes[0].process, 9)
        with pytest.raises(SafelightError, match="ended before it answered"):
            team.run(Step.TONE)
    finally:
        team.close()


@LINUX
def test_shared_memory_leaves_no_file(job: Job) -> None:
    team = find("processes-shared").open(1, None)
    try:
        team.load(job)
        assert not [name for name in os.listdir("/dev/shm") if name.startswith("safelight-lab-")]
    finally:
        team.close()


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    assert extension.missing().startswith("There is no C compiler")
    for strategy in strategies().values():
        told = strategy.missing()
        assert not told or (told.endswith(".") and "\n" not in told)


def test_an_unknown_name_is_one_sentence() -> None:
    with pytest.raises(SpecError, match="'threads-numpi'; the nearest is 'threads-numpy'"):
        find("threads-numpi")


def test_a_job_counts_what_it_does() -> None:
    assert [calls(number) for number in range(6)] == [1, 1, 3, 5, 9, 15]
    whole = Job(np.zeros((100, 50, 3), np.uint8), exposure_gamma())
    assert [whole.rows(band) for band in (0, whole.bands - 1)] == [(0, 6), (93, 100)]
    assert whole.sized(0.02).pixels.shape == (400, 50, 3)
    assert reduced(np.zeros((1000, 1000, 1), np.uint8), 0.01).shape == (100, 100, 3)
