"""Compiled stages and their addresses: object code from a private folder, or made in whichever thread asks for it."""

import ctypes
import hashlib
import importlib
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from engine.errors import SpecError
from engine.kernels import Kernel
from engine.kernels.foreign import fault
from engine.kernels.linker import LinkError, link, processor
from engine.kernels.naming import object_name
from engine.kernels.objects import ObjectFolder
from engine.kernels.sources import made_from

SOURCES = ("kernels/*.py", "filters/*.py", "light.py", "blends.py")
COMPILERS = ("numba", "llvmlite")
RUNNER = Kernel("runner")


def salt() -> str:
    """A name for all compiled code: it changes with every source it is made from and with the compiler."""
    digest = hashlib.sha256(tools().encode())
    home = Path(__file__).parent.parent
    for pattern in SOURCES:
        for path in sorted(home.glob(pattern)):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def tools() -> str:
    """A digest of the compiler and its settings.

    Numba is not imported for it: who finds all he needs compiled does without.
    """
    settings = sorted(item for item in os.environ.items() if item[0].startswith("NUMBA_"))
    digest = hashlib.sha256(f"{sys.implementation.cache_tag} {settings}".encode())
    for package in COMPILERS:
        digest.update(release_file(package).read_bytes())
    return digest.hexdigest()[:16]


def release_file(package: str) -> Path:
    """The file that tells which release of a compiler this is; found much sooner than the metadata of its wheel."""
    found = importlib.util.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"{package} is not installed.")
    return Path(found.origin).with_name("_version.py")


class Compiler:
    """The compiled stages of this process, and the folder that keeps them for the next."""

    def __init__(self, folder: Path, others: Iterable[Path] = ()) -> None:
        """Other folders, of other versions, may hold stages whose sources are the same."""
        self.folder = folder
        self.fresh = 0
        """Stages, and the runner, that had to be compiled because the folder did not hold them."""
        ground = f"{processor()} {tools()}"
        self.lists = False
        """Whether assembly is kept beside what is compiled."""
        self._objects = ObjectFolder(folder, ground)
        self._others = [ObjectFolder(each, ground) for each in others]
        self._compiling = threading.Lock()
        self._addresses: dict[Kernel, int] = {}

    @property
    def kept(self) -> int:
        """How many stages the folder holds."""
        return self._objects.count()

    def address(self, kernel: Kernel) -> int:
        """The stage's address, after loading or compiling it; one is compiled at a time, and loading waits for none.

        SpecError when it is made from a filter of a person's own that cannot be compiled.
        """
        address = self._addresses.get(kernel)
        return self._obtain(kernel) if address is None else address

    def listing(self, kernel: Kernel) -> Path:
        """Where its assembly is kept, if it is."""
        return self.folder / f"{object_name(kernel)}.s"

    def prepare(self, kernels: Iterable[Kernel]) -> None:
        """Have these stages and the runner at hand."""
        for kernel in (*kernels, RUNNER):
            self.address(kernel)

    def runner(self) -> Callable[..., int]:
        """`run_pass` of `engine.kernels.runner`, which takes eight whole numbers and runs without Python's lock."""
        prototype = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * 8)
        return prototype(self.address(RUNNER))

    def _obtain(self, kernel: Kernel) -> int:
        name, sources = object_name(kernel), made_from(kernel)
        address = self._load(name, sources)
        if address is None:
            with self._compiling:
                # Whoever held the lock before may have made this one.
                address = self._load(name, sources) or self._compile(kernel, name, sources)
        return self._addresses.setdefault(kernel, address)

    def _load(self, name: str, sources: str) -> int | None:
        code = self._objects.read(name, sources) or self._adopted(name, sources)
        try:
            return None if code is None else link(code)
        except LinkError:
            return None

    def _adopted(self, name: str, sources: str) -> bytes | None:
        """From another version's folder, kept in this one's from now on."""
        code = next(filter(None, (each.read(name, sources) for each in self._others)), None)
        if code is not None:
            self._objects.write(name, sources, code)
        return code

    def _compile(self, kernel: Kernel, name: str, sources: str) -> int:
        try:
            listing = self.listing(kernel) if self.lists else None
            code: bytes = importlib.import_module("engine.kernels.lowering").compile_object(kernel, listing)
        except Exception as error:
            sentence = fault(kernel.variant, error)
            if not sentence:
                raise
            raise SpecError(sentence) from error
        address = link(code)
        self._objects.write(name, sources, code)
        self.fresh += 1
        return address
