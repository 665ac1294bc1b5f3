"""Filters that are files in a person's config folder, run only if nobody else may have written them."""

from __future__ import annotations

import importlib.util
import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.abc import InspectLoader
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from engine.config import filters_path
from engine.errors import SpecError

MODULES = "safelight_own"
"""What the modules are named after; no package has this name."""
MOST_BYTES = 1 << 20
Loader = Callable[[], Any]


class KeptSource(InspectLoader):
    """Loads a module from a text that was read once, so that what runs is what its kernels are told apart by."""

    def __init__(self, path: Path, source: str) -> None:
        self._path, self._source = path, source

    def get_source(self, fullname: str) -> str:  # noqa: ARG002 - the one it was made for
        """The text that runs, whatever the file says by now."""
        return self._source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - as above
        """Compiled anew: kept bytecode would be told from other by the second, and leave a folder behind."""
        return self.source_to_code(self._source, str(self._path))

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        module.__file__ = str(self._path)
        super().exec_module(module)


def own_files(left_out: list[str]) -> Iterator[tuple[str, Loader]]:
    """Each file by its path, with what loads it; a sentence is added to `left_out` when there is no looking."""
    folder = filters_path()
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".py") and not name.startswith((".", "_")))
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        left_out.append(f"The filters in {folder} were left out: the folder cannot be read ({error.strerror}).")
        return
    for name in names:
        path = folder / name
        yield str(path), partial(_run, path)


def _run(path: Path) -> Any:
    source = importlib.util.decode_source(_read(path))
    name = f"{MODULES}.{path.stem}"
    spec = ModuleSpec(name, KeptSource(path, source), origin=str(path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        assert spec.loader is not None
        spec.loader.exec_module(module)
        return module
    except BaseException:
        del sys.modules[name]
        raise


def _read(path: Path) -> bytes:
    """The file, if nobody else may have written it."""
    folder = os.stat(path.parent)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise SpecError("it is no ordinary file")
        for each, what in ((facts, "it"), (folder, "its folder")):
            if each.st_mode & stat.S_IWOTH or each.st_uid not in (0, os.geteuid()):
                raise SpecError(f"others may write to {what}, so make {what} your own and run chmod o-w on {what}")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SpecError(f"it has more than {MOST_BYTES >> 20} MB, which is no filter")
    return data
