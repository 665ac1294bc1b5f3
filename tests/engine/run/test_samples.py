"""Files of a batch tried before it is begun, and what is told of all: against the batch that then really runs."""

import hashlib
import os
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.run.crew import Crew
from engine.run.prediction import predict
from engine.run.samples import MOST, chosen, develop_samples
from engine.stack import Stack
from engine.telemetry import Board

SIZE = (64, 48)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Fourteen pictures of two formats and sizes, one of which is no picture."""
    folder, noise = tmp_path / "in", np.random.default_rng(7)
    folder.mkdir()
    for number in range(13):
        height, width = (120, 160) if number % 2 else (200, 150)
        pixels = noise.integers(0, 256, (height, width, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02}{'.png' if number % 3 else '.jpg'}")
    (folder / "13.jpg").write_bytes(b"\xff\xd8\xff and nothing else")
    return folder


def asked(pictures: Path, output: Path, *filters: str, workers: int = 2, form: str = "keep") -> Specification:
    tasks = plan_outputs([str(pictures)], str(output), form, "skip")
    return Specification(
        tasks,
        Stack.parse(filters or ("exposure:ev=1",)),
        workers=workers,
        format=form,
        output=str(output),
        existing="skip",
    )


def run(specification: Specification) -> None:
    """The batch itself."""
    tasks = specification.tasks
    board = Board.fresh(specification.workers, len(tasks))
    crew = Crew(specification, tasks, specification.workers, board, lambda _: None)
    crew.start()
    assert crew.wait(60.0)


def test_the_numbers_are_spread_and_always_the_same() -> None:
    assert chosen(0) == ()
    assert chosen(5) == (0, 1, 2, 3, 4)
    assert chosen(MOST) == tuple(range(MOST))
    for count in (13, 100, 4321):
        numbers = chosen(count)
        assert len(set(numbers)) == MOST
        assert all(part * count // MOST <= numbers[part] < (part + 1) * count // MOST for part in range(MOST))
    for period in (3, 5, 11):
        assert len({number % period for number in chosen(4 * 11 * 15)}) >= min(period, 5)


@pytest.mark.parametrize("form", ["keep", "jpeg", "webp"])
def test_a_sample_is_what_the_batch_makes(pictures: Path, tmp_path: Path, form: str) -> None:
    wanted = asked(pictures, tmp_path / "out", "exposure:ev=1", "resize:width=100,height=100,fit=shrink", form=form)
    samples = {each.index: each for each in develop_samples(wanted, range(len(wanted.tasks)), SIZE)}
    assert sorted(samples) == list(range(14))
    assert not (tmp_path / "out").exists()
    run(wanted)
    for index, task in enumerate(wanted.tasks[:13]):
        sample = samples[index]
        assert (sample.bytes, sample.error) == (os.path.getsize(task.output), "")
        assert sample.pixels is not None
        with Image.open(task.output) as made:
            assert sample.made == pytest.approx(made.width * made.height / 1e6)
            made.draft("RGB", SIZE)
            small = made.convert("RGB").resize(sample.pixels.shape[1::-1], Image.Resampling.BOX)
        assert max(sample.pixels.shape[:2]) <= max(SIZE)
        assert abs(np.asarray(small, np.float64).mean() - sample.pixels.mean()) < 8
        assert min(sample.spent.decode, sample.spent.filter, sample.spent.encode) > 0
    assert "13.jpg" in samples[13].error
    assert samples[13].pixels is None


def test_what_is_told_of_all_when_all_were_tried_is_so(pictures: Path, tmp_path: Path) -> None:
    wanted = asked(pictures, tmp_path / "out")
    told = predict(wanted, develop_samples(wanted, range(len(wanted.tasks))))
    run(wanted)
    written = sum(path.stat().st_size for path in (tmp_path / "out").iterdir())
    assert told.bytes == pytest.approx(written, abs=2)
    assert (told.files, told.tried, told.failing, told.left_alone) == (14, 14, 1, 0)
    assert told.megapixels == pytest.approx((7 * 200 * 150 + 6 * 120 * 160) / 1e6)
    assert told.seconds is not None
    assert told.seconds > told.spent.total / 2
    assert told.free > 0
    away = predict(replace(wanted, cluster="tcp://there:8786", output=""), ())
    assert (away.seconds, away.workers, away.memory, away.cluster) == (None, 0, 0, "tcp://there:8786")
    again = predict(wanted, develop_samples(wanted, (0, 1)))
    assert (again.files, again.left_alone, again.bytes) == (1, 13, 0)


def test_twelve_of_many_tell_the_bytes_of_all(tmp_path: Path) -> None:
    folder, noise = tmp_path / "many", np.random.default_rng(3)
    folder.mkdir()
    for number in range(60):
        pixels = noise.integers(0, 256, (60, 40 + number, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02}.png")
    wanted = asked(folder, tmp_path / "out")
    told = predict(wanted, develop_samples(wanted, chosen(60)))
    run(wanted)
    written = sum(path.stat().st_size for path in (tmp_path / "out").iterdir())
    assert (told.files, told.tried) == (60, MOST)
    assert told.bytes == pytest.approx(written, rel=0.03)


def test_sources_are_left_alone_where_results_would_take_their_places(pictures: Path, tmp_path: Path) -> None:
    before = {path.name: hashlib.sha256(path.read_bytes()).digest() for path in pictures.iterdir()}
    wanted = asked(pictures, tmp_path / "out")
    tasks = tuple(replace(task, output=task.source) for task in wanted.tasks)
    wanted = replace(wanted, tasks=tasks, in_place=True, existing="replace", output="")
    told = predict(wanted, develop_samples(wanted, chosen(len(tasks))))
    assert told.files == 14
    assert {path.name: hashlib.sha256(path.read_bytes()).digest() for path in pictures.iterdir()} == before


def test_it_stops_when_it_is_told_to(pictures: Path, tmp_path: Path) -> None:
    wanted, stop = asked(pictures, tmp_path / "out", workers=1), threading.Event()
    running = develop_samples(wanted, range(len(wanted.tasks)), SIZE, stop)
    assert not next(running).error
    running.close()
    assert stop.is_set()
    told = develop_samples(wanted, range(len(wanted.tasks)), SIZE, stop)
    assert [each.error for each in told] == ["stopped"] * 14


def test_what_had_better_be_seen_to_is_said(pictures: Path, tmp_path: Path) -> None:
    wanted = asked(pictures, tmp_path / "out")
    told = predict(wanted, develop_samples(wanted, (0, 1, 2)))
    assert told.warning == ""
    assert "the disk has 1 MB left" in replace(told, free=1_000_000, bytes=5_000_000_000).warning
    assert "some will wait for others" in replace(told, budget=told.memory - 1).warning
    assert "None of the files" in predict(wanted, develop_samples(wanted, (13,))).warning
