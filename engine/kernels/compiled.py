"""Stages compiled on demand into a private cache folder, and their addresses. Compiles in whichever thread asks."""

import hashlib
import importlib
import pickle
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

import llvmlite
import numba
from numba import cfunc
from numba.extending import register_jitable

from engine.kernels import Kernel

SOURCES = ("kernels/*.py", "filters/*.py", "light.py")
DAMAGE = (AttributeError, EOFError, ImportError, IndexError, ValueError, pickle.UnpicklingError)
"""What reading a pickle that was cut short may raise."""
Made = TypeVar("Made")


def salt() -> str:
    """A name for all compiled code: it changes with every source it is made from and with the compiler.

    Numba's own key leaves out functions that live in other files (numba, developer/caching).
    """
    digest = hashlib.sha256(f"{numba.__version__} {llvmlite.__version__}".encode())
    home = Path(__file__).parent.parent
    for pattern in SOURCES:
        for path in sorted(home.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Compiler:
    """The compiled stages of this process, and the cache folder they come from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fresh = 0
        """Stages, and the runner, that had to be compiled because the cache did not hold them."""
        self._lock = threading.RLock()
        self._stages: dict[Kernel, Any] = {}
        self._jitable: set[FunctionType] = set()
        self._runner: Any = None

    def address(self, kernel: Kernel) -> int:
        """The stage's address, after compiling or loading it; waits for whoever is compiling."""
        stage = self._stages.get(kernel)
        if stage is None:
            with self._lock, self._caching():
                stage = self._stages.get(kernel)
                if stage is None:
                    stage = self._stages[kernel] = self._mended(lambda: self._compile(kernel))
        return int(stage.address)

    def prepare(self, kernels: Iterable[Kernel]) -> None:
        """Have these stages and the runner at hand."""
        for kernel in kernels:
            self.address(kernel)
        self.runner()

    def runner(self) -> Callable[..., int]:
        """`engine.kernels.runner.run_pass`, compiled for the one set of types it takes."""
        if self._runner is None:
            with self._lock, self._caching():
                if self._runner is None:
                    self._runner = self._mended(self._compile_runner)
        runner: Callable[..., int] = self._runner
        return runner

    def _compile_runner(self) -> Any:
        signature = importlib.import_module("engine.kernels.signature")
        build = importlib.import_module("engine.kernels.runner").build
        native = cfunc(signature.RUNNER, cache=True, error_model="numpy", nopython=True)(build(None))
        self.fresh += not native.cache_hits
        self._native_runner = native
        return native.ctypes

    def _compile(self, kernel: Kernel) -> Any:
        importlib.import_module("engine.kernels.native")
        signature = importlib.import_module("engine.kernels.signature")
        for part in kernel.variant if isinstance(kernel.variant, tuple) else (kernel.variant,):
            if isinstance(part, FunctionType) and part not in self._jitable:
                register_jitable(part)
                self._jitable.add(part)
        build = importlib.import_module(f"engine.kernels.{kernel.module}").build
        compile_stage = cfunc(
            signature.SIGNATURE, cache=True, error_model="numpy", fastmath=signature.FASTMATH, nopython=True
        )
        stage = compile_stage(build(kernel.variant))
        self.fresh += not stage.cache_hits
        return stage

    def _mended(self, make: Callable[[], Made]) -> Made:
        """What `make` makes; once more with an emptied folder when a file of it was cut short, as by a power cut."""
        try:
            return make()
        except DAMAGE:
            for each in self.folder.iterdir():
                if each.is_dir():
                    shutil.rmtree(each, ignore_errors=True)
                else:
                    each.unlink(missing_ok=True)
            return make()

    @contextmanager
    def _caching(self) -> Iterator[None]:
        before = numba.config.CACHE_DIR
        numba.config.CACHE_DIR = str(self.folder)
        try:
            yield
        finally:
            numba.config.CACHE_DIR = before
