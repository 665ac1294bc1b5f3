"""Safelight installed as a wheel for every supported Python that this machine has, and its quick tests."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

PYTHONS = ("python3.11", "python3.12", "python3.13")


def runs(python: str) -> bool:
    """Whether that interpreter is here; a version manager may keep a name without one."""
    return shutil.which(python) is not None and subprocess.run([python, "-c", ""], check=False).returncode == 0


@pytest.fixture(scope="module", params=PYTHONS)
def environment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The `bin` of a fresh environment with Safelight and what its tests need."""
    if not runs(request.param):
        pytest.skip(f"{request.param} is not here")
    home = tmp_path_factory.mktemp(request.param)
    subprocess.run([request.param, "-m", "venv", home], check=True)
    subprocess.run([home / "bin" / "pip", "install", "-q", f"{root}[test]"], check=True)
    return home / "bin"


def test_it_runs_from_any_folder(environment: Path, tmp_path: Path, photographs: Path) -> None:
    def safelight(*words: str) -> bytes:
        done = subprocess.run([environment / "safelight", *words], cwd=tmp_path, capture_output=True, check=True)
        return done.stdout

    assert safelight("--version").startswith(b"safelight ")
    assert len(json.loads(safelight("filters", "--json"))) >= 12
    picture = min(photographs.glob("*.jpg"), key=lambda path: path.stat().st_size)
    safelight("apply", str(picture), "-f", "exposure:ev=0.5", "-o", "results")
    assert (tmp_path / "results" / picture.name).is_file()


def test_the_quick_tests_pass(environment: Path, root: Path) -> None:
    words = [environment / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(os.cpu_count())]
    assert subprocess.run(words, cwd=root, check=False).returncode == 0
