"""The kernel cache: used by the next process, without Numba; private, pruned, mended, and done without when need be."""

import gc
import importlib.metadata
import logging
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.filter import Window
from engine.filters import find
from engine.kernels import Kernel, compiled, layout, sources
from engine.kernels.compiled import COMPILERS, RUNNER, Compiler, release_file, salt
from engine.kernels.linker import ENTRY
from engine.kernels.naming import object_name
from engine.kernels.objects import SUFFIX, ObjectFolder
from engine.kernels.sources import ENGINE, made_from
from engine.run.compiler import KEPT, compiler, kernel_folder
from engine.run.warming import STAMP, warm_ahead
from engine.telemetry import Row
from engine.warm import all_kernels, is_warm, warm

ROOT = Path(__file__).parents[3]
SMALL = Kernel("take")
FRESH = "from engine.run.compiler import compiler; from engine.warm import warm; warm(); print(compiler().fresh)"
APPLY = "import sys, numpy, engine; engine.apply(numpy.zeros((40, 50, 3), 'uint8'), ['exposure:ev=1', 'unsharp-mask']);"
APPLY += "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'numba', 'llvmlite'}))"


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
    assert run(FRESH).stdout == "0\n"


def test_a_folder_that_keeps_nothing_is_never_called_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    native = Compiler(tmp_path)
    monkeypatch.setattr("engine.warm.compiler", lambda: native)
    monkeypatch.setattr("engine.warm.all_kernels", lambda: [SMALL])
    monkeypatch.setattr(ObjectFolder, "write", lambda *_: False)
    assert warm() == 2
    assert not is_warm()


def test_assembly_is_kept_beside_what_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    native = Compiler(tmp_path)
    monkeypatch.setattr("engine.warm.compiler", lambda: native)
    monkeypatch.setattr("engine.warm.all_kernels", lambda: [SMALL])
    assert warm(assembly=True) == 2
    assert ENTRY in native.listing(SMALL).read_text()


def test_who_finds_all_compiled_never_imports_numba() -> None:
    if not is_warm():
        warm()
    assert run(APPLY).stdout == "llvmlite\n"


def test_compiled_code_is_private_and_named_by_its_sources_and_the_processor() -> None:
    folder = compiler().folder
    assert folder.parent.name == salt()
    for each in (folder, folder.parent):
        assert each.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("package", COMPILERS)
def test_another_release_of_the_compiler_has_another_name(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert importlib.metadata.version(package) in release_file(package).read_text()
    before = salt()
    monkeypatch.setattr(compiled, "COMPILERS", ())
    assert salt() != before


def test_settings_of_the_compiler_have_their_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    before = salt()
    monkeypatch.setenv("NUMBA_OPT", "1")
    assert salt() != before
    monkeypatch.delenv("NUMBA_OPT")
    assert salt() == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the runner and one stage, and that nobody changes."""
    folder = tmp_path_factory.mktemp("whole")
    native = Compiler(folder)
    native.prepare([SMALL])
    assert (native.fresh, native.kept) == (2, 2)
    return folder


def test_another_version_takes_over_what_is_made_from_the_same_sources(whole: Path, tmp_path: Path) -> None:
    native = Compiler(tmp_path, [whole])
    native.prepare([SMALL])
    assert (native.fresh, native.kept) == (0, 2)


def test_nothing_is_taken_over_that_other_sources_made(whole: Path, tmp_path: Path) -> None:
    native = Compiler(tmp_path, [whole])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "made_from", lambda kernel: "other sources")
        assert native.address(SMALL) > 0
    assert native.fresh == 1


def test_a_kernel_is_made_from_its_module_its_functions_and_what_these_import() -> None:
    sharpen = find("unsharp-mask").kind
    assert isinstance(sharpen, Window)
    assert sharpen.combine is not None
    names = {
        path.relative_to(ENGINE).as_posix()
        for path in sources._closure(
            frozenset({ENGINE / "kernels/fixed_combined.py", *sources._files(sharpen.combine.function)})
        )
    }
    wanted = {"kernels/fixed_combined.py", "kernels/fixed_convolution.py", "kernels/vectors.py", "kernels/layout.py"}
    assert wanted | {"filters/unsharp_mask.py", "filters/gaussian_blur.py", "kernels/elementary.py"} <= names
    assert "kernels/points.py" not in names


@pytest.mark.parametrize("kept", [0, 1, 40, 200])
@pytest.mark.parametrize("kernel", [SMALL, RUNNER])
def test_a_file_cut_short_is_made_again(kernel: Kernel, kept: int, whole: Path, tmp_path: Path) -> None:
    name = f"{object_name(kernel)}{SUFFIX}"
    (tmp_path / name).write_bytes((whole / name).read_bytes()[:kept])
    second, third = Compiler(tmp_path), Compiler(tmp_path)
    assert second.address(kernel) > 0
    assert third.address(kernel) > 0
    assert (second.fresh, third.fresh) == (1, 0)


def test_code_that_cannot_be_linked_is_made_again(tmp_path: Path) -> None:
    native = Compiler(tmp_path)
    native._objects.write(object_name(SMALL), made_from(SMALL), b"written whole, but no object code")
    assert native.address(SMALL) > 0
    assert native.fresh == 1


def test_code_of_another_processor_is_made_again(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(compiled, "processor", lambda: "another")
    other = Compiler(tmp_path)
    assert other.address(SMALL) > 0
    assert other.fresh == 1


def test_a_stage_is_compiled_once_however_many_ask(tmp_path: Path) -> None:
    native, found = Compiler(tmp_path), set[int]()
    threads = [threading.Thread(target=lambda: found.add(native.address(SMALL))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert native.fresh == 1


def test_loading_waits_for_no_compilation(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    native, compiling, loaded = Compiler(whole), threading.Event(), threading.Event()

    def compile_slowly(self: Compiler, kernel: Kernel, name: str, sources: str) -> int:
        compiling.set()
        assert loaded.wait(30)
        return 1

    monkeypatch.setattr(Compiler, "_compile", compile_slowly)
    thread = threading.Thread(target=native.address, args=(Kernel("spread"),))
    thread.start()
    assert compiling.wait(30)
    assert native.address(SMALL) > 0
    loaded.set()
    thread.join()


def test_compiled_code_serves_where_it_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    native = Compiler(tmp_path / "file")
    assert native.address(SMALL) > 0
    assert native.fresh == 1
    assert native.kept == 0


def test_loaded_code_outlives_the_compiler_that_loaded_it(whole: Path) -> None:
    run_pass = Compiler(whole).runner()
    gc.collect()
    arrays = [np.zeros(256, np.int64) for _ in range(7)]
    arrays[2][layout.STOP] = layout.CANCEL
    assert run_pass(*(each.ctypes.data for each in arrays), 0) == 0


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
        folder = kernel_folder("abc", "processor")
    assert folder.stat().st_mode & 0o077 == 0
    assert not folder.is_relative_to(tmp_path)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("Compiled kernels are kept only until this program ends: ")
    assert warm_ahead(folder) is None


def test_a_temporary_folder_goes_with_its_process(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    code = "from engine.run.compiler import kernel_folder; print(kernel_folder('abc', 'processor'))"
    done = run(code, XDG_CACHE_HOME=str(tmp_path / "cache"), TMPDIR=str(tmp_path))
    assert Path(done.stdout.strip()).parent == tmp_path
    assert not Path(done.stdout.strip()).exists()
    assert done.stderr.count("\n") == 1


def test_only_the_newest_versions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    home = tmp_path / "safelight" / "kernels"
    for age in range(KEPT + 2):
        kernel_folder(str(age), "processor")
        os.utime(home / str(age), (1e9 - age, 1e9 - age))
    oldest = str(KEPT + 1)
    kernel_folder(oldest, "processor")
    assert {*os.listdir(home)} == {oldest, *map(str, range(KEPT - 1))}


def test_a_complete_folder_is_not_warmed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = kernel_folder("abc", "processor")
    (folder / STAMP).touch()
    assert warm_ahead(folder) is None


def test_what_the_kernel_shows_lies_where_the_board_has_it() -> None:
    shown = {"DONE": Row.BANDS_DONE, "TOTAL": Row.BANDS_TOTAL, "PIXELS": Row.LIVE_PIXELS}
    for name, row in shown.items():
        assert getattr(layout, f"PROGRESS_{name}") == row - Row.BANDS_DONE
    assert Row.BANDS_DONE + layout.PROGRESS_FIELDS == Row.LIVE_PIXELS + 1
