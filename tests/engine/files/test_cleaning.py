"""Caches are emptied, whole, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.confinement import READ_ONLY
from engine.errors import SafelightError
from engine.files.cleaning import clean


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of two files, and a link out of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "safelight"
    (folder / "kernels" / "deep").mkdir(parents=True)
    folder.chmod(0o700)
    (folder / "kernels" / "deep" / "one.o").write_bytes(b"12345")
    (folder / "two").write_bytes(b"123")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "photograph.jpg").write_bytes(b"only copy")
    (folder / "link").symlink_to(tmp_path / "kept")
    return folder


def test_everything_in_it_goes_and_what_links_lead_to_stays(cache: Path, tmp_path: Path) -> None:
    link = (cache / "link").lstat().st_size
    assert clean() == 8 + link
    assert list(cache.iterdir()) == []
    assert (tmp_path / "kept" / "photograph.jpg").read_bytes() == b"only copy"
    assert clean() == 0


def test_nothing_goes_where_nothing_may_be_written(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    with pytest.raises(SafelightError, match="read-only"):
        clean()
    assert (cache / "two").exists()


def test_doctor_says_what_it_freed(cache: Path) -> None:
    line = [sys.executable, "-m", "tui", "doctor", "--clean"]
    done = subprocess.run(line, env=os.environ | {"NO_COLOR": "1"}, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("The caches are empty: 0.0 MB are free again.")
    assert list(cache.iterdir()) == []
