"""What is compiled ahead: enough for every preset that comes along."""

import itertools
from pathlib import Path

import pytest

from engine import presets
from engine.planner import make_plan
from engine.presets.reading import read_preset
from engine.warm import CHANNELS, DEPTHS, LIGHTS
from tests.engine.kernels.listing import listed


@pytest.mark.parametrize("path", sorted(presets.BUILT_IN.glob("*.toml")), ids=lambda path: path.stem)
def test_presets_find_all_their_kernels_compiled(path: Path) -> None:
    stack = read_preset(path).stack
    for depth, light, channels in itertools.product(DEPTHS, LIGHTS, CHANNELS):
        plan = make_plan(stack, (1500, 2500, channels), depth, light=light)
        missing = {stage.kernel for each in plan.passes for stage in each.stages} - {*listed()}
        assert not missing, (depth, light, channels)
