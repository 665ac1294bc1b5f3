"""The table: what it names is there, and whoever counts does the same work."""

import ast
from pathlib import Path

import numpy as np
import pytest

from engine.bench import peers
from engine.bench.comparison import TITLES, Comparison, Depth
from engine.bench.comparisons import COMPARISONS
from engine.bench.contest import MOST
from engine.bench.setting import Setting
from engine.bench.sheet import ENOUGH
from engine.bench.truth import error, truth
from engine.errors import SafelightError
from engine.library import apply
from engine.stack import Stack

CASES = [pytest.param(each, depth, id=f"{each.name} {TITLES[depth]}") for each in COMPARISONS for depth in each.depths]


def parsed(comparison: Comparison) -> Stack:
    """Its stack; the test is left out when the catalogue has no such filter."""
    try:
        return Stack.parse(comparison.stack)
    except SafelightError as error:
        pytest.skip(str(error))


def test_names_are_told_apart() -> None:
    names = [each.name for each in COMPARISONS]
    assert len(set(names)) == len(names)


def test_enough_algorithms_are_listed() -> None:
    assert sum(each.listed and "uint8" in each.depths for each in COMPARISONS) >= ENOUGH


def test_every_call_is_a_function_of_its_library() -> None:
    folder = Path(peers.__file__).parent
    for library in peers.libraries():
        module = ast.parse((folder / f"{library}.py").read_text(encoding="utf-8"))
        known = {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
        rivals = [rival for each in COMPARISONS for rival in each.rivals if rival.library == library]
        chained = {call[0] for rival in rivals if rival.function == "chain" for call in rival.arguments}
        assert {rival.function for rival in rivals} | chained <= known
        assert {"use", "version", "build"} <= known


@pytest.mark.parametrize(("comparison", "depth"), CASES)
def test_some_peer_does_the_same_work(comparison: Comparison, depth: Depth, beside: Setting) -> None:
    stack = parsed(comparison)
    source = beside.picture(beside.crop, depth)
    expected, ours = truth(source, stack), apply(source, stack, light="encoded")
    errors = {}
    for rival in comparison.rivals:
        if depth in rival.depths:
            result = np.asarray(peers.build(rival, source, np.empty_like(ours))())
            assert result.dtype == ours.dtype
            errors[rival.library, rival.function] = error(result, expected)
    assert min(errors.values()) <= MOST, errors
