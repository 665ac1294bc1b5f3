"""The steps as an extension in C, built by the system's compiler when it is first asked for. It needs one at hand."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from engine.errors import SafelightError, quoted
from engine.files.places import cache_folder

NAME = "safelight_lab_extension"
SOURCE = Path(__file__).with_suffix(".c")


def missing() -> str:
    """A sentence where the extension can neither be found built nor be built."""
    if compiler() is None:
        return "There is no C compiler: install one (such as gcc or clang), or name it in CC."
    header = Path(sysconfig.get_path("include"), "Python.h")
    return "" if header.exists() else f"{header} is not there: install the headers of this Python (python3-dev)."


def compiler() -> str | None:
    """The path of the C compiler."""
    return next(filter(None, map(shutil.which, filter(None, (os.environ.get("CC"), "cc", "gcc", "clang")))), None)


def load() -> Any:
    """The extension's module, from the cache if it was built before; SafelightError when it cannot be built."""
    made = hashlib.sha256(SOURCE.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = cache_folder() / "lab"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{NAME}-{made}{sysconfig.get_config_var('EXT_SUFFIX')}"
    if not path.exists():
        _build(path)
    specification = importlib.util.spec_from_file_location(NAME, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def _build(path: Path) -> None:
    found = compiler()
    if found is None:
        raise SafelightError(missing())
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        built = Path(folder, path.name)
        shape = ["-bundle", "-undefined", "dynamic_lookup"] if sys.platform == "darwin" else ["-shared"]
        include = f"-I{sysconfig.get_path('include')}"
        words = [found, "-O3", "-fPIC", *shape, include, str(SOURCE), "-o", str(built)]
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            raise SafelightError(f"{found} could not build {SOURCE.name}: {quoted(done.stderr.strip())}.")
        built.replace(path)
