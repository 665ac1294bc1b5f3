"""Object code made callable by LLVM's linker, without Numba. What is loaded stays for good: others hold addresses."""

import functools
import hashlib
import threading

from llvmlite import binding

ENTRY = "safelight_kernel"
"""The one name that an object shows."""
_LINKING = threading.Lock()


class LinkError(Exception):
    """Bytes that are no object code for this machine, have no ENTRY, or call what this process does not have."""


def processor() -> str:
    """A name for all that compiled code takes for granted: system, processor and its features."""
    name = binding.get_host_cpu_name()
    whole = f"{binding.get_process_triple()} {name} {binding.get_host_cpu_features().flatten()}"
    return f"{name}-{hashlib.sha256(whole.encode()).hexdigest()[:12]}"


def link(code: bytes) -> int:
    """The address of an object's ENTRY, for as long as the process lives; LinkError when that cannot be."""
    with _LINKING:
        return _linker().link(code)


class _Linker:
    """LLVM's JITLink, which raises where the linker that Numba uses ends the process. For one thread at a time."""

    def __init__(self) -> None:
        binding.initialize_native_target()
        machine = binding.Target.from_default_triple().create_target_machine(jit=True)
        self._session = binding.create_lljit_compiler(machine, use_jit_link=True, suppress_errors=True)
        self._tried = 0
        self._loaded: list[binding.ResourceTracker] = []

    def link(self, code: bytes) -> int:
        """The address of the object's ENTRY."""
        self._tried += 1
        builder = binding.JITLibraryBuilder().add_object_img(code).export_symbol(ENTRY)
        try:
            loaded = builder.link(self._session, f"object {self._tried}")
        except RuntimeError as error:
            raise LinkError(str(error)) from None
        self._loaded.append(loaded)
        return int(loaded[ENTRY])


@functools.cache
def _linker() -> _Linker:
    return _Linker()
