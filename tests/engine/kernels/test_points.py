"""Sweeps over single pixels: every layout of memory, odd widths, and every way to pick the pieces of a spline."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import llvmlite.binding as llvm
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.accuracy import Span
from engine.kernels import Kernel, segments
from engine.kernels.compiled import Compiler
from engine.kernels.elementary import line
from engine.light import SRGB, decode, encode
from engine.operation import Affine, Curve
from engine.plan import Axis, Form, Pass, Plan, Stage
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering
from engine.staging.program import SPLINE, Instruction, matrix, parameters, scale
from engine.staging.splines import PIECES, fit
from tests.engine.pictures import DEPTHS, made

BITS = {"uint8": 8, "uint16": 16, "float32": 32}
FEATURES = {"permute": "avx512f", "blend": "avx2"}
SIZES = ((1, 1), (2, 63), (3, 64), (2, 65), (5, 201))
BY_PLANES = (False, True)


def form(bits: int, channels: int) -> Form:
    return Form(1, bits // 8 * channels) if bits else Form(channels, 4)


def swept(
    source: NDArray[Any], channels: int, program: list[Instruction], *, by_planes: bool, native: Compiler
) -> NDArray[Any]:
    """The result of the program, by way of planes or not."""
    height, width, stored = source.shape
    bits = BITS[source.dtype.name]
    layouts = [(bits, stored), *([(0, stored)] if by_planes else []), (bits, channels)]
    stages = []
    for number, (before, after) in enumerate(itertools.pairwise(layouts), start=2):
        numbers = parameters(program if number == len(layouts) else []).astype(np.float32)
        kernel = Kernel("points", (*before, *after))
        stages.append(Stage(kernel, "", form(*before), form(*after), numbers, Axis(height), Axis(width)))
    one = Pass(tuple(stages), 4, 300, (height, width))
    plan = Plan(height, width, stored, height, width, channels, source.dtype.name, "encoded", (one,), ())
    result = np.empty(plan.shape_out, source.dtype)
    Rendering(plan, native, source, result).lead(Desk(0))
    return result


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("by_planes", BY_PLANES)
def test_every_sample_goes_where_it_came_from(by_planes: bool, depth: str, channels: int) -> None:
    for size in SIZES:
        source = made("beyond", (*size, channels), depth, seed=2)
        np.testing.assert_array_equal(swept(source, channels, [], by_planes=by_planes, native=compiler()), source)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("by_planes", BY_PLANES)
def test_grey_becomes_three_equal_colours_and_alpha_stays(by_planes: bool, channels: int) -> None:
    for size in SIZES:
        source = made("noise", (*size, channels), "uint8", seed=2)
        found = swept(source, channels + 2, [], by_planes=by_planes, native=compiler())
        np.testing.assert_array_equal(found[..., :3], np.repeat(source[..., :1], 3, axis=2))
        np.testing.assert_array_equal(found[..., 3:], source[..., 1:])


def test_a_matrix_and_a_line_leave_alpha_alone() -> None:
    weights = np.random.default_rng(1).normal(size=(3, 4))
    program = [
        matrix(Affine(np.vstack([weights, [0.0, 0.0, 0.0, 1.0]]), "", False)),
        scale(Curve(line, (-0.5, 0.2), "")),
    ]
    for size in SIZES:
        source = made("beyond", (*size, 4), "float32", seed=2)
        found = swept(source, 4, program, by_planes=False, native=compiler())
        exact = 0.2 - 0.5 * (source[..., :3].astype(np.float64) @ weights[:, :3].T + weights[:, 3])
        np.testing.assert_allclose(found[..., :3], exact, atol=1e-5)
        np.testing.assert_array_equal(found[..., 3], source[..., 3])


@pytest.mark.parametrize("pieces", PIECES)
@pytest.mark.parametrize("way", segments.WAYS)
def test_splines_are_the_same_in_every_way(
    way: str, pieces: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    if way in FEATURES and not llvm.get_host_cpu_features().get(FEATURES[way]):
        pytest.skip(f"this processor has no {FEATURES[way]}")
    monkeypatch.setattr(segments, "best", lambda: way)
    native = Compiler(tmp_path)
    random = np.random.default_rng(6)
    for (function, constants), low, odd in itertools.product(
        ((decode, SRGB.decoding()), (encode, SRGB.encoding())), (0.0, -0.8), (False, True)
    ):
        if odd == (low == 0.0):
            continue
        made = fit([Curve(function, constants, "")], Span(low, 1.3), pieces, clipped=False)
        assert made.odd == odd
        kind = SPLINE + made.odd + 2 * PIECES.index(pieces)
        source = random.uniform(low, 1.3, (3, 77, 3)).astype(np.float32)
        found = swept(source, 3, [Instruction(kind, made.numbers, "")], by_planes=False, native=native)
        off = np.abs(found - function(source.astype(np.float64), constants)).max()
        assert off <= made.error + 5e-7


def test_the_quickest_way_is_one_of_them() -> None:
    assert segments.best() in segments.WAYS
