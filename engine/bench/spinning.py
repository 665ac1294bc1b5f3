"""A rendering that only computes, in registers: how much faster several workers can be than one here."""

from __future__ import annotations

import numpy as np

from engine.kernels import Kernel
from engine.plan import Axis, Form, Plan, Stage, tile
from engine.run.compiler import compiler
from engine.run.rendering import Rendering
from engine.run.together import render

ROWS = 4096


def spin(turns: int, workers: int) -> None:
    """So many turns for each of ROWS pixels, one below the other, made by so many workers."""
    grey, size = Form(1, 1), (ROWS, 1)
    stage = Stage(Kernel("spin"), "spin", grey, grey, np.array([turns], np.float32), Axis(ROWS), Axis(1))
    plan = Plan(*size, 1, *size, 1, "uint8", "encoded", (tile((stage,), size),), ())
    source, result = np.zeros((2, *size, 1), np.uint8)
    render(Rendering(plan, compiler(), source, result), workers)
