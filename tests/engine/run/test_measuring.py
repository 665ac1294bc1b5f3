"""Whole-picture filters in a batch and in the preview: measured anew for every picture, by all who work on it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import apply
from engine.files.decode import decode
from engine.files.limits import Limits
from engine.job import State
from engine.run.look import Look
from engine.run.preview import Preview
from engine.stack import Stack
from tests.engine.pictures import made
from tests.engine.run.conftest import Begin, until

STACK = ("auto-levels:clip=1", "gaussian-blur:sigma=2", "grey-world", "equalise")


def test_a_batch_measures_every_picture_by_itself(batch: Begin, photograph: Any) -> None:
    sources = [photograph(f"{'x' * number}.png", (400, 300, 3)) for number in range(1, 5)]
    done = batch(*sources, stack=STACK, workers=3).start().wait()
    assert done.crew.state is State.DONE
    for task in done.tasks:
        before, after = (decode(path, Limits()).image.pixels for path in (task.source, task.output))
        np.testing.assert_array_equal(after, apply(before, STACK, workers=1))
    assert done.crew.summary().megapixels == pytest.approx(4 * 0.12)


@pytest.fixture
def shown() -> Iterator[Preview]:
    preview = Preview()
    yield preview
    preview.close()


def test_the_preview_measures_what_it_shows(shown: Preview, tmp_path: Path) -> None:
    pixels = made("ramp", (60, 80, 3), "uint8", seed=1)
    pixels //= 2
    path = str(tmp_path / "dark.png")
    Image.fromarray(pixels).save(path)
    stack = Stack.parse(["auto-levels:clip=0"])
    expected = apply(pixels, stack)
    shown.look(Look(1, path, 80, 60, stack))

    def filtered() -> bool:
        looked = shown.looked()
        return looked is not None and (bool(looked.error) or looked.filtered)

    until(filtered)
    looked = shown.looked()
    assert looked is not None
    np.testing.assert_array_equal(looked.pixels, expected)
