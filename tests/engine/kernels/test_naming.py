"""Names of stages: readable, the same in another process, and never one name for different code."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.kernels import Kernel
from engine.kernels.naming import object_name
from tests.engine.kernels.listing import listed

ROOT = Path(__file__).parents[3]
FIRST, SECOND, THIRD = (lambda x, c: x + c[0]), (lambda x, c: x - c[0]), (lambda x, c: x + c[1])


def named(x: Any, constants: Any) -> Any:
    return x


def test_a_name_says_which_stage_it_is() -> None:
    assert re.fullmatch(r"points-8-3-0-3-[0-9a-f]{16}", object_name(Kernel("points", (8, 3, 0, 3))))
    assert re.fullmatch(r"curve-test_naming\.named-[0-9a-f]{16}", object_name(Kernel("curve", named)))
    assert re.fullmatch(r"spread-[0-9a-f]{16}", object_name(Kernel("spread")))


def test_names_are_the_same_in_another_process() -> None:
    code = "from engine.warm import all_kernels; from engine.kernels.naming import object_name\n"
    code += "print(*map(object_name, all_kernels()), sep='\\n')"
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split() == [object_name(kernel) for kernel in listed()]


def test_no_two_stages_have_one_name() -> None:
    numbers: list[Any] = [None, 1, 2, (1,), (1, 2), ((1, 2),), "1", np.uint8, np.uint16, (np.uint8, 3)]
    variants = [*numbers, FIRST, SECOND, THIRD, named]
    kernels = [*listed(), *(Kernel("curve", variant) for variant in variants)]
    assert len({object_name(kernel) for kernel in kernels}) == len({*kernels})
    assert all(len(object_name(kernel)) < 120 for kernel in kernels)


def test_what_another_process_could_not_name_is_refused() -> None:
    number = 2.0
    for variant in (lambda x, c: x * number, object(), [1], (1, object())):
        with pytest.raises(TypeError, match="must be the same in every process"):
            object_name(Kernel("curve", variant))
