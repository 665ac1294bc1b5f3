"""What kernels are compiled to: object code that stands alone, and a refusal of any that would not."""

from typing import Any

import numpy as np
import pytest
from llvmlite import binding

from engine.kernels import Kernel
from engine.kernels.linker import ENTRY, LinkError, link
from engine.kernels.lowering import compile_object, lowered, machine


def raises(x: Any, constants: Any) -> Any:
    if x > 2.0:
        raise ValueError
    return x


def allocates(x: Any, constants: Any) -> Any:
    return np.ones(int(x), np.float32).sum()


def prints(x: Any, constants: Any) -> Any:
    print(x)
    return x


def calls_the_c_library(x: Any, constants: Any) -> Any:
    return np.exp(x)


@pytest.mark.parametrize(("curve", "called"), [(raises, "an exception"), (allocates, "NRT_"), (prints, "gil")])
def test_a_kernel_that_does_more_than_compute_is_refused(curve: Any, called: str) -> None:
    with pytest.raises(TypeError, match=f"The kernel curve may only compute, but needs: .*{called}"):
        compile_object(Kernel("curve", curve))


def test_a_kernel_may_call_functions_of_the_c_library() -> None:
    assert link(compile_object(Kernel("curve", calls_the_c_library)))


def test_a_name_that_nobody_has_is_an_error_and_not_the_end_of_the_process() -> None:
    code = f"declare void @nobody() define void @{ENTRY}() {{ call void @nobody() ret void }}"
    with pytest.raises(LinkError):
        link(machine().emit_object(binding.parse_assembly(code)))


def test_an_object_without_the_entry_is_refused() -> None:
    with pytest.raises(LinkError):
        link(machine().emit_object(binding.parse_assembly("define void @other() { ret void }")))


def test_each_object_is_loaded_by_itself() -> None:
    addresses = {link(compile_object(Kernel(module))) for module in ("take", "spread")}
    assert all(addresses)
    assert len(addresses) == 2


def test_only_the_entry_is_seen_from_outside() -> None:
    module = lowered(Kernel("take"))
    seen = [each.name for each in (*module.functions, *module.global_variables) if each.linkage.name == "external"]
    assert [name for name in seen if not name.startswith("llvm.")] == ["safelight_kernel"]


@pytest.mark.parametrize("code", [b"", b"no object code", b"\x7fELF" + bytes(60)])
def test_bytes_that_are_no_object_code_are_refused(code: bytes) -> None:
    with pytest.raises(LinkError):
        link(code)
