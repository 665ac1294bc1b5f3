"""The measure of a processor: a stage that does what it is told as often as it is told, for any number of workers."""

import numpy as np
import pytest

from engine.kernels import Kernel
from engine.plan import Axis, Form, Plan, Stage, tile
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render

ROWS = 1000


def spinning(iterations: int) -> Plan:
    """A plan of one stage on a picture that is one pixel wide."""
    grey = Form(1, 1)
    stage = Stage(Kernel("spin"), "spin", grey, grey, np.array([iterations], np.float32), Axis(ROWS), Axis(1))
    return Plan(ROWS, 1, 1, ROWS, 1, 1, "uint8", "encoded", (tile((stage,), (ROWS, 1)),), ())


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize(("iterations", "code"), [(0, 0), (1, 127), (2, 191), (5, 247), (30_000, 255)])
def test_every_row_is_spun(iterations: int, code: int, workers: int) -> None:
    source, result = np.zeros((2, ROWS, 1, 1), np.uint8)
    rendering = Rendering(spinning(iterations), compiler(), source, result)
    render(rendering, workers)
    assert (result == code).all()
    assert sum(rendering.shares.values()) == ROWS
