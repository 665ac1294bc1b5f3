"""A network folder whose every look at a path takes 5 ms: a batch ends as on any other, and looks seldom."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

FILES = 200
A_FILE = 7
"""Looks at the paths of a source and its result, at most."""
LOOKS = "newfstatat,statx,stat,lstat,access,faccessat2,readlink"
DELAY = 5000
"""Microseconds."""
pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="takes strace")


def apply(root: Path, folder: Path, output: Path, *before: str) -> None:
    words = [sys.executable, "-m", "tui", "apply", str(folder), "-f", "invert", "-o", str(output), "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(root)}
    done = subprocess.run([*before, *words], env=environment, capture_output=True, text=True, check=False)
    assert f"{FILES} files done" in done.stdout, done.stderr


def test_a_batch_on_a_slow_folder(tmp_path: Path, root: Path) -> None:
    source, slow, quick, log = (tmp_path / name for name in ("in", "slow", "quick", "log"))
    source.mkdir()
    names = [f"{number}.jpg" for number in range(FILES)]
    for number, name in enumerate(names):
        Image.new("RGB", (64, 48), (number, 90, 30)).save(source / name)
    apply(root, source, quick)
    paths = [source, slow, *(folder / name for folder in (source, slow) for name in names)]
    only = [word for path in paths for word in ("-P", str(path))]
    late = ["strace", "-f", "-qq", "-o", str(log), *only, "-e", f"inject={LOOKS}:delay_exit={DELAY}"]
    began = time.monotonic()
    apply(root, source, slow, *late, "-e", f"trace={LOOKS}")
    # Looks at what is open already cost a network nothing.
    seconds = time.monotonic() - began
    # Looks at what is open already cost a network nothing.
    looks = sum('"' in line and '""' not in line for line in log.read_text().splitlines())
    print(f"{looks / FILES:.1f} looks a file of {DELAY / 1000:g} ms each, {seconds:.1f} s for {FILES} files")
    assert [(slow / name).read_bytes() for name in names] == [(quick / name).read_bytes() for name in names]
    assert looks <= A_FILE * FILES + 50
