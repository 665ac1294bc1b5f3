"""A kernel compiled by Numba to object code that stands alone: it knows no Python, allocates nothing, never raises."""

import functools
import importlib
import os
from pathlib import Path
from types import FunctionType
from typing import Any

from llvmlite import binding, ir
from numba import cfunc, types
from numba.core.registry import cpu_target
from numba.extending import register_jitable

from engine.kernels import Kernel, elementary
from engine.kernels.linker import ENTRY
from engine.kernels.signature import FASTMATH, RUNNER, SIGNATURE

MEMORY = ("memcpy", "memmove", "memset")
FUNCTIONS = (
    *("exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "pow", "sqrt", "cbrt", "hypot", "fmod", "fma", "ldexp"),
    *("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "floor", "ceil", "trunc", "round"),
)
ALLOWED = (*MEMORY, *FUNCTIONS, *(f"{name}f" for name in FUNCTIONS))
"""All that a kernel may call: functions of the C library without effects. Code generators put in some by themselves."""
DESTRUCTOR = "NRT_MemInfo_call_dtor"
"""What Numba calls when memory it counts references of is let go. Kernels only borrow memory, so it never is."""
EXCEPTION = "an exception"
"""What ENTRY would call after a kernel has raised: optimisers take the call away where a kernel cannot."""


def compile_object(kernel: Kernel, listing: Path | None = None) -> bytes:
    """Object code with one function, ENTRY, of the kernel's C signature; TypeError when it would call into Python.

    `listing` is a file to keep its assembly in, for people and tests that read it.
    """
    module = lowered(kernel)
    if listing is not None:
        # Making code changes a module.
        assembly = machine().emit_assembly(module.clone())
        fresh = listing.with_suffix(f".{os.getpid()}")
        fresh.write_text(assembly)
        fresh.replace(listing)
    code: bytes = machine().emit_object(module)
    return code


def machine() -> Any:
    """LLVM's description of this machine, as Numba has it."""
    return cpu_target.target_context.codegen()._tm  # noqa: SLF001 - Numba shows it nowhere else


def lowered(kernel: Kernel) -> Any:
    """The kernel as an optimised LLVM module with ENTRY and what it needs."""
    importlib.import_module("engine.kernels.native")
    for function in _functions(kernel.variant):
        _make_callable(function)
    build = importlib.import_module(f"engine.kernels.{kernel.module}").build
    signature = RUNNER if kernel.module == "runner" else SIGNATURE
    compiled = cfunc(signature, error_model="numpy", fastmath=FASTMATH, nopython=True)(build(kernel.variant))
    # Numba's own entry for C prints exceptions with Python's help; this one has no need to.
    module = binding.parse_assembly(str(_entry(compiled.native_name.removeprefix("cfunc."), signature)))
    module.link_in(compiled._library._get_module_for_linking(), preserve=True)  # noqa: SLF001 - nor this
    for each in (*module.functions, *module.global_variables):
        if not each.is_declaration and each.name != ENTRY:
            each.linkage = "internal"
    passes = binding.create_new_module_pass_manager()
    passes.add_ipsccp_pass()
    passes.add_simplify_cfg_pass()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(module, binding.create_pass_builder(machine(), binding.create_pipeline_tuning_options(speed_level=0)))
    foreign = [each.name for each in (*module.functions, *module.global_variables) if each.is_declaration]
    foreign = [name for name in foreign if not name.startswith("llvm.") and name not in ALLOWED]
    if foreign:
        raise TypeError(f"The kernel {kernel.module} may only compute, but needs: {', '.join(foreign)}.")
    return module


def _entry(native: str, signature: Any) -> Any:
    """A module with ENTRY, which calls the function that Numba has compiled."""
    context = cpu_target.target_context
    module = context.create_module(ENTRY)
    void = signature.return_type == types.void
    result = ir.VoidType() if void else context.get_value_type(signature.return_type)
    shape = ir.FunctionType(result, [context.get_value_type(each) for each in signature.args])
    entry = ir.Function(module, shape, ENTRY)
    builder = ir.IRBuilder(entry.append_basic_block())
    convention = context.call_conv
    callee = ir.Function(module, convention.get_function_type(signature.return_type, signature.args), native)
    status, value = convention.call_function(builder, callee, signature.return_type, signature.args, entry.args)
    nothing = ir.FunctionType(ir.VoidType(), [])
    with builder.if_then(status.is_error):
        builder.call(ir.Function(module, nothing, EXCEPTION), [])
    _ = builder.ret_void() if void else builder.ret(value)
    destructor = ir.Function(module, ir.FunctionType(ir.VoidType(), [ir.IntType(8).as_pointer()]), DESTRUCTOR)
    ir.IRBuilder(destructor.append_basic_block()).ret_void()
    return module


def _functions(variant: Any) -> list[FunctionType]:
    if isinstance(variant, tuple):
        return [function for each in variant for function in _functions(each)]
    return [variant] if isinstance(variant, FunctionType) else []


@functools.cache
def _make_callable(function: FunctionType) -> None:
    """Have Numba compile the function, and those that it calls, where a kernel calls it.

    Asked twice for one, Numba would not know which to take. What `elementary` has is compiled in ways of its own.
    """
    # A loop that calls a function is not packed, and LLVM leaves calls of long ones.
    register_jitable(forceinline=True)(function)
    for name in function.__code__.co_names:
        called = function.__globals__.get(name)
        if isinstance(called, FunctionType) and called.__module__ != elementary.__name__:
            _make_callable(called)
