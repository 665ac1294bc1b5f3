"""What the compiler made of every stage: vector instructions, float32 throughout, no masked stores, no libm."""

import importlib
import platform
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.kernels import Kernel
from engine.kernels.lowering import compile_object
from engine.kernels.naming import object_name
from engine.run.compiler import compiler
from tests.engine.kernels.listing import listed

pytestmark = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="only these instruction sets are known here"
)
INTEL = platform.machine() == "x86_64"
ARITHMETIC = re.compile(
    r"^\s+v?(?:add|sub|mul|div|min|max|sqrt|cmp\w*|fn?m(?:add|sub)\d+)(ps|ss|pd|sd)\b"
    if INTEL
    else r"^\s+f(?:add|sub|mul|div|minn?m?|maxn?m?|sqrt|cm\w+|ml[as])\s+(v\d+\.[24]s|s\d|v\d+\.2d|d\d)",
    re.MULTILINE,
)
PACKED_MOVE = re.compile(
    r"^\s+v?(?:mov(?:up[sd]|dqu\d*)|p?unpck\w+|pshufb)\b.*[xyz]mm" if INTEL else r"^\s+(?:ld[pr1]|st[pr1])\s.*\b[qv]\d",
    re.MULTILINE,
)
DOUBLE = re.compile(
    r"\bv?cvt(?:ss2sd|ps2pd|sd2ss|pd2ps|si2sd|dq2pd)\b" if INTEL else r"\bfcvt\w*\s+(?:d\d|v\d+\.2d)", re.MULTILINE
)
MASKED = re.compile(r"\bv?p?maskmov\w*")
LIBM = re.compile(r"\b_*(?:pow|exp|exp2|exp10|log|log2|log10|sin|cos|tan|floor|round)f?\b\s*(?:@|$|,)", re.MULTILINE)


def name_of(kernel: Kernel) -> str:
    return object_name(kernel)


def assembly(kernel: Kernel, path: Path) -> str:
    """The stage's code, kept beside its object: it is compiled for this once for each state of the sources."""
    if not path.exists():
        compile_object(kernel, path)
    return path.read_text()


def wider(x: Any, constants: Any) -> Any:
    """A curve with a number of its own, which is a float64."""
    return x * 0.1 + constants[0]


def slower(x: Any, constants: Any) -> Any:
    """A curve that calls the C library for every sample."""
    return np.exp(x * constants[0])


@pytest.mark.parametrize(("curve", "mark"), [(wider, DOUBLE), (slower, LIBM)], ids=["float64", "libm"])
def test_the_marks_of_bad_code_are_found_where_they_are(curve: Any, mark: re.Pattern[str], tmp_path: Path) -> None:
    assert mark.search(assembly(Kernel("curve", curve), tmp_path / "curve.s"))


@pytest.mark.parametrize("kernel", listed(), ids=name_of)
def test_a_stage_is_made_of_vector_instructions(kernel: Kernel) -> None:
    code = assembly(kernel, compiler().listing(kernel))
    module = importlib.import_module(f"engine.kernels.{kernel.module}")
    double = getattr(module, "DOUBLE", None)
    assert len(double) > 10 if double else not DOUBLE.findall(code)
    assert not MASKED.findall(code)
    assert not LIBM.findall(code)
    kinds = Counter(kind if INTEL else re.sub(r"\d+", "", kind) for kind in ARITHMETIC.findall(code))
    doubles = [kind for kind in kinds if kind in ("pd", "sd", "v.d", "d")]
    assert double or not doubles
    reason = getattr(module, "SCALAR", None)
    if reason is not None:
        assert len(reason) > 10
        return
    assert PACKED_MOVE.search(code)
    if kinds:
        packed = [kinds[kind] for kind in (("ps", "pd") if INTEL else ("v.s", "v.d"))]
        assert (max(packed) if double else packed[0]) > 0
