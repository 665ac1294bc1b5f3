"""Looking up bytes: every way that this processor has gives what NumPy's indexing gives, streamed or not."""

from __future__ import annotations

import llvmlite.binding as llvm
import numpy as np
import pytest

from engine.kernels import Kernel, byte_table
from engine.plan import Axis, Form, Pass, Plan, Stage
from engine.run import rendering
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering

FEATURES = {"permute": "avx512vbmi", "shuffle": "avx2", "table": "neon"}


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize("way", byte_table.LOOK_UPS)
def test_a_look_up_is_one(way: str, streamed: bool, channels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if not llvm.get_host_cpu_features().get(FEATURES[way]):
        pytest.skip(f"this processor has no {FEATURES[way]}")
    monkeypatch.setattr(rendering, "CACHED", 0 if streamed else 1 << 40)
    random = np.random.default_rng(5)
    alpha = channels if channels % 2 == 0 else 0
    for height, width in ((1, 1), (3, 64), (5, 257), (9, 701)):
        table = random.integers(0, 256, 256, np.uint8)
        source = random.integers(0, 256, (height, width, channels), np.uint8)
        expected = table[source]
        if alpha:
            expected[..., -1] = source[..., -1]
        form = Form(1, channels)
        kernel = Kernel("lookup_bytes", (alpha, way))
        stage = Stage(kernel, "", form, form, table.view(np.float32), Axis(height), Axis(width))
        one = Pass((stage,), 4, 300, (height, width))
        plan = Plan(height, width, channels, height, width, channels, "uint8", "encoded", (one,), ())
        # Rows and columns begin anywhere in memory.
        for start in (0, channels):
            room = np.zeros(source.size + start, np.uint8)
            result = room[start:].reshape(source.shape)
            Rendering(plan, compiler(), source, result).lead(Desk(0))
            np.testing.assert_array_equal(result, expected)


def test_the_quickest_way_is_one_of_them() -> None:
    assert byte_table.best() in ("", *byte_table.LOOK_UPS)
