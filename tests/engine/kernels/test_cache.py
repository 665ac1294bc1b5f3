"""The kernel cache: used by the next process, private, pruned, and survived when it is damaged or cannot be had."""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from engine.kernels import Kernel, layout
from engine.kernels.compiled import Compiler, salt
from engine.run.compiler import KEPT, compiler, kernel_folder
from engine.run.warming import STAMP, warm_ahead
from engine.telemetry import Row
from engine.warm import all_kernels, is_warm, warm

ROOT = Path(__file__).parents[3]
SMALL = Kernel("load_float")
FRESH = "from engine.run.compiler import compiler; from engine.warm import {0}; {0}(); print(compiler().fresh)"
PREPARE = "from engine.kernels import Kernel; from engine.run.compiler import compiler; "
PREPARE += "compiler().prepare([Kernel('load_float')]); print(compiler().fresh)"


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What another process prints."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | environment
    )


def test_the_next_process_compiles_nothing() -> None:
    told: list[tuple[int, int]] = []
    warm(lambda done, total: told.append((done, total)))
    count = len(all_kernels())
    assert told == [(done, count) for done in range(count + 1)]
    assert is_warm()
    assert run(FRESH.format("warm")).stdout == "0\n"


def test_compiled_code_is_private_and_named_by_its_sources() -> None:
    folder = compiler().folder
    assert folder.name == salt()
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.rglob("*.nbc"))


def test_the_settings_of_others_are_left_alone(tmp_path: Path) -> None:
    before = numba.config.CACHE_DIR
    Compiler(tmp_path).address(SMALL)
    assert before == numba.config.CACHE_DIR
    assert list(tmp_path.rglob("*.nbc"))


@pytest.mark.parametrize("suffix", ["nbi", "nbc"])
@pytest.mark.parametrize("kept", [0, 1, 40, 200])
def test_a_file_cut_short_is_made_again(suffix: str, kept: int, tmp_path: Path) -> None:
    first = Compiler(tmp_path)
    first.address(SMALL)
    for path in tmp_path.rglob(f"*.{suffix}"):
        path.write_bytes(path.read_bytes()[:kept])
    second, third = Compiler(tmp_path), Compiler(tmp_path)
    assert second.address(SMALL) > 0
    assert third.address(SMALL) > 0
    assert (first.fresh, second.fresh, third.fresh) == (1, 1, 0)


def test_a_damaged_runner_is_made_again_by_the_next_process(tmp_path: Path) -> None:
    compiler().prepare([SMALL])
    home = tmp_path / "safelight" / "kernels"
    shutil.copytree(compiler().folder, home / salt())
    for folder in (home, home.parent):
        folder.chmod(0o700)
    assert run(PREPARE, XDG_CACHE_HOME=str(tmp_path)).stdout == "0\n"
    for path in (home / salt()).rglob("runner.run_pass*"):
        path.write_bytes(path.read_bytes()[:100])
    assert run(PREPARE, XDG_CACHE_HOME=str(tmp_path)).stdout == "1\n"


def file_for_cache(home: Path) -> None:
    home.write_text("in the way")


def file_for_kernels(home: Path) -> None:
    (home / "safelight").mkdir(parents=True, mode=0o700)
    (home / "safelight" / "kernels").write_text("in the way")


def open_to_others(home: Path) -> None:
    folder = home / "safelight" / "kernels" / "abc"
    folder.mkdir(parents=True)
    folder.chmod(0o777)


@pytest.mark.parametrize("obstacle", [file_for_cache, file_for_kernels, open_to_others])
def test_without_a_cache_folder_there_is_a_temporary_one_and_one_sentence(
    obstacle: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(obstacle)
    obstacle(tmp_path / "cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with caplog.at_level(logging.INFO):
        folder = kernel_folder("abc")
    assert folder.stat().st_mode & 0o077 == 0
    assert not folder.is_relative_to(tmp_path)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("Compiled kernels are kept only until this program ends: ")
    assert warm_ahead(folder) is None


def test_a_temporary_folder_goes_with_its_process(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    code = "from engine.run.compiler import kernel_folder; print(kernel_folder('abc'))"
    done = run(code, XDG_CACHE_HOME=str(tmp_path / "cache"), TMPDIR=str(tmp_path))
    assert Path(done.stdout.strip()).parent == tmp_path
    assert not Path(done.stdout.strip()).exists()
    assert done.stderr.count("\n") == 1


def test_only_the_newest_versions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    home = tmp_path / "safelight" / "kernels"
    for age, name in enumerate(["now", "yesterday", "last year", "before that"]):
        kernel_folder(name)
        os.utime(home / name, (1e9 - age, 1e9 - age))
    kernel_folder("yesterday")
    assert sorted(os.listdir(home)) == ["now", "yesterday"]
    assert KEPT == 2


def test_a_complete_folder_is_not_warmed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = kernel_folder("abc")
    (folder / STAMP).touch()
    assert warm_ahead(folder) is None


def test_what_the_kernel_shows_lies_where_the_board_has_it() -> None:
    shown = {"DONE": Row.BANDS_DONE, "TOTAL": Row.BANDS_TOTAL, "PIXELS": Row.LIVE_PIXELS}
    for name, row in shown.items():
        assert getattr(layout, f"PROGRESS_{name}") == row - Row.BANDS_DONE
    assert Row.BANDS_DONE + layout.PROGRESS_FIELDS == Row.LIVE_PIXELS + 1
