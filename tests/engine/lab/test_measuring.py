"""A strategy measured in its own process: what comes back, and what one that fails or falls leaves."""

import os
import pickle
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.lab.drawing.lanes import lanes_svg
from engine.lab.job import Step
from engine.lab.listing import listing
from engine.lab.measuring.measurement import Measurement, spread
from engine.lab.measuring.reason import reason
from engine.lab.measuring.setting import Setting
from engine.lab.measuring.trial import Trial
from engine.lab.strategies import find, strategies

PICTURE = np.random.default_rng(5).integers(0, 256, (300, 400, 3), dtype=np.uint8)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="takes time lines and peaks of memory")
QUICK = Setting(workers=2, seconds=0.02)


def measured(name: str) -> Measurement:
    return Trial(find(name), QUICK, PICTURE).measurement()


@pytest.fixture(scope="module")
def pickled() -> Measurement:
    return measured("processes-pickle")


@pytest.fixture(scope="module")
def shared() -> Measurement:
    return measured("processes-shared")


@LINUX
def test_all_is_measured_at_least_five_times(pickled: Measurement) -> None:
    assert pickled.problem == ""
    assert [times.step for times in pickled.steps] == list(Step)
    for times in pickled.steps:
        assert len(times.one) == len(times.many) == 5
        assert times.speed_up.least <= times.speed_up.median <= times.speed_up.most
    assert pickled.start_up > 0.0
    assert len(pickled.cpu) == 2
    assert pickled.peak > 50_000_000
    assert pickled.ceiling.median > 0.5


def test_bytes_that_are_sent_are_counted(pickled: Measurement, shared: Measurement) -> None:
    assert pickled.digest == shared.digest
    pixels = 3e6 * pickled.megapixels
    passes = round(pickled.times(Step.TONE).amount / pickled.megapixels)
    assert pickled.moved.count > 2 * pixels * (passes + 1)
    assert pickled.moved.seconds > 0.0
    assert shared.moved.count < 1_000_000


def test_an_echo_costs_where_bytes_are_sent(pickled: Measurement, shared: Measurement) -> None:
    assert pickled.echo_seconds > 3 * shared.echo_seconds


def test_it_is_json_and_a_picture_and_a_sentence(pickled: Measurement, shared: Measurement) -> None:
    told = pickled.to_dict()
    assert told["problem"] is None
    assert {row["runs"] for row in told["steps"]} == {5}
    picture = lanes_svg([pickled, shared])
    assert picture.startswith("<svg")
    assert picture.count("processes, shared memory") == 2
    assert "with 2 workers in the Gaussian blur" in reason(pickled)


def test_one_that_is_missing_says_so_and_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    trial = Trial(find("native-extension"), QUICK, PICTURE)
    assert trial.over
    assert trial.measurement().problem.startswith("There is no C compiler")


@pytest.mark.skipif(sys.platform == "win32", reason="no false")
def test_one_that_fails_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refusing = tmp_path / "cc"
    refusing.write_text("#!/bin/sh\necho no such luck >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("CC", str(refusing))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    problem = measured("native-extension").problem
    assert "could not build extension.c: 'no such luck'" in problem


def test_one_whose_process_falls_is_a_sentence() -> None:
    trial = Trial(find("threads-python"), QUICK, PICTURE)
    os.kill(trial._process.pid, 9)
    told = trial.measurement()
    assert "ended with status -9" in told.problem
    assert told.to_dict() == {
        "name": "threads-python",
        "title": "threads, pure Python",
        "workers": 2,
        "problem": told.problem,
    }


@LINUX
def test_one_can_be_cancelled_and_is_seen_while_it_runs() -> None:
    trial = Trial(find("one-thread"), Setting(workers=1, seconds=0.1), PICTURE)
    while trial.timeline() is None:
        assert not trial.over
    line = trial.timeline(last=50)
    trial.cancel()
    assert line is not None
    assert line.seconds < 5.0
    assert trial.measurement().problem == "one thread was cancelled."


def test_a_spread_is_the_middle_and_both_ends() -> None:
    assert spread((3.0, 1.0, 2.0)).to_dict() == {"median": 2.0, "least": 1.0, "most": 3.0}


@pytest.mark.parametrize("strategy", strategies().values(), ids=lambda each: each.name)
def test_every_page_shows_code_that_is_there(strategy: object) -> None:
    from engine.lab.strategy import Strategy

    assert isinstance(strategy, Strategy)
    assert len(strategy.story.split()) > 40
    assert not strategy.summary.startswith(" ")
    for place in strategy.code:
        found = listing(place)
        assert len(found.text.splitlines()) >= 3


def test_a_measurement_goes_between_processes(pickled: Measurement) -> None:
    assert pickle.loads(pickle.dumps(pickled)) == pickled
