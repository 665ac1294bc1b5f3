"""Filters of a person's own: from files and packages, whatever is in them, and never from where one happens to be."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.extensions import Extensions, load_extensions

Run = Callable[..., "subprocess.CompletedProcess[str]"]
FILTER = """
from engine.filter import Filter, Table
from engine.parameters import Slider

def curve(x, constants):
    return constants[0] + (constants[1] - constants[0]) * x

FILTER = Filter(
    name="fade", group="look", help="Lifts the blacks. As an old print does.", light="encoded",
    kind=Table(curve=curve, constants=lambda values: (values["amount"], 1.0)),
    oracle=lambda colour, alpha, values: (values["amount"] + (1 - values["amount"]) * colour, alpha),
    parameters=(Slider(name="amount", default=0.1, low=0, high=0.5, control=(0, 0.3), step=0.01, help="How much."),),
    example="fade:amount=0.2",
)
"""
POINTED = """
from engine.filter import Filter, Pixel

HALF = 0.5

def function(colours, place, constants):
    return colours[0] * HALF, colours[1] * HALF, colours[2] * HALF

FILTER = Filter(
    name="dim", group="look", help="Darker. Much.", light="encoded", kind=Pixel(function=function, gain=lambda v: 1.0),
    oracle=lambda colour, alpha, values: (colour * HALF, alpha), example="dim",
)
"""
APPLY = """
import numpy as np
from engine import apply
from engine.run.compiler import compiler
print(apply(np.full((4, 4, 3), 200, np.uint8), ["dim"]).max(), compiler().fresh)
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own filters, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "safelight" / "filters"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    """Runs a line of Python in a process of its own, in an empty folder."""
    (tmp_path / "here").mkdir()

    def run(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path / "here",
            env=os.environ | {"PYTHONPATH": str(root)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def names(found: Extensions) -> list[str]:
    return [each.name for each, _ in found.filters]


def test_a_file_is_a_filter_and_leaves_nothing_behind(own: Path) -> None:
    (own / "fade.py").write_text(FILTER)
    (own / "_part.py").write_text("1 / 0")
    (own / "notes.txt").write_text("1 / 0")
    found = load_extensions(())
    assert names(found) == ["fade"]
    assert found.left_out == ()
    assert sorted(path.name for path in own.iterdir()) == ["_part.py", "fade.py", "notes.txt"]


def test_a_folder_that_is_not_there_is_no_fault(own: Path) -> None:
    own.rmdir()
    assert load_extensions(()) == Extensions((), ())


BROKEN = [
    ("x = 1\n\n1 / 0\n", "ZeroDivisionError, line 3"),
    ("def f(:\n", "SyntaxError, line 1"),
    ("import no_such_package\n", "no_such_package"),
    ("import sys\nsys.exit(3)\n", "SystemExit"),
    ("FILTER = 3\n", "declares no FILTER"),
    ("", "declares no FILTER"),
    ("x = '\\ud800'.encode()\n", "UnicodeEncodeError, line 1"),
    (FILTER.replace('"fade"', '"Fade!"'), "small letters"),
    (FILTER.replace('name="fade"', 'name="sepia"').replace("fade:", "sepia:"), "taken by Safelight itself"),
    (FILTER.replace('light="encoded"', 'light="dark"'), "light is one of"),
    (FILTER.replace("group=", "groop="), "groop"),
    (FILTER.replace("Table(", "dict("), "kinds of filters"),
    (FILTER.replace("default=0.1", "default=3"), "amount must be between"),
    (FILTER.replace('values["amount"], 1.0', 'values["strength"], 1.0'), "KeyError"),
    (FILTER.replace("fade:amount=0.2", "fade:amount=7"), "amount must be between"),
    (FILTER.replace("fade:amount=0.2", "gamma"), "example"),
    (FILTER.replace("amount", "opacity"), "every filter has"),
    (FILTER.replace("parameters=", 'forms={"shape": ("amount",)}, parameters='), "forms are gradient"),
    (FILTER.replace("parameters=", 'forms={"place": ("amount",)}, parameters='), "place cannot be of amount"),
    (FILTER.replace("parameters=", 'forms={"place": ("x", "y")}, parameters='), "no parameter 'x'"),
    (FILTER.replace('help="Lifts the blacks. As an old print does."', 'help=""'), "help"),
]


@pytest.mark.parametrize(("text", "what"), BROKEN)
def test_a_broken_one_is_left_out_with_a_sentence_and_the_others_work(own: Path, text: str, what: str) -> None:
    (own / "a.py").write_text(text)
    (own / "b.py").write_text(FILTER.replace("fade", "second"))
    found = load_extensions({"sepia"})
    assert names(found) == ["second"]
    (sentence,) = found.left_out
    assert sentence.startswith(f"{own / 'a.py'} was left out: ")
    assert what in sentence
    assert "\n" not in sentence


def test_the_second_of_a_name_is_refused(own: Path) -> None:
    for name in "ab":
        (own / f"{name}.py").write_text(FILTER)
    found = load_extensions(())
    assert [origin for _, origin in found.filters] == [str(own / "a.py")]
    assert found.left_out == (
        f"{own / 'b.py'} was left out: the name fade is taken by {own / 'a.py'}, so choose another.",
    )


def test_what_others_may_write_or_what_is_no_file_is_not_run(own: Path) -> None:
    (own / "open.py").write_text("raise SystemError")
    (own / "open.py").chmod(0o666)
    os.mkfifo(own / "pipe.py")
    (own / "folder.py").mkdir()
    (own / "large.py").write_text("#" * (1 << 21))
    found = load_extensions(())
    reasons = dict(zip(("folder", "large", "open", "pipe"), found.left_out, strict=True))
    assert "chmod o-w" in reasons["open"]
    assert "no ordinary file" in reasons["pipe"]
    assert "1 MB" in reasons["large"]
    own.chmod(0o777)
    assert any("its folder" in each for each in load_extensions(()).left_out)


def package(folder: Path, name: str, text: str, point: str) -> None:
    """As an installer leaves one."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(text)
    facts = folder / f"{name}-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(f"[safelight.filters]\nmine = {point}\n")


LIST = "from engine.filters import origins, left_out; print(dict(origins()), left_out())"


@pytest.mark.parametrize("point", ["mine_pack", "mine_pack:FILTER"])
def test_a_package_offers_one(root: Path, tmp_path: Path, run: Run, point: str) -> None:
    package(tmp_path / "site", "mine_pack", FILTER, point)
    done = run(LIST, PYTHONPATH=f"{root}:{tmp_path / 'site'}")
    assert done.stdout == "{'fade': 'mine of the package mine_pack'} ()\n", done.stderr


def test_a_broken_package_is_left_out(root: Path, tmp_path: Path, run: Run) -> None:
    package(tmp_path / "site", "mine_pack", "1 / 0", "mine_pack")
    done = run(LIST, PYTHONPATH=f"{root}:{tmp_path / 'site'}")
    assert done.stdout.startswith("{} ('mine of the package mine_pack was left out: ZeroDivisionError"), done.stderr


def test_the_working_folder_offers_none(root: Path, tmp_path: Path, run: Run) -> None:
    here = tmp_path / "here"
    package(here, "mine_pack", "open('run', 'w')", "mine_pack")
    for folder in ("filters", "safelight/filters"):
        (here / folder).mkdir(parents=True)
        (here / folder / "fade.py").write_text("open('run', 'w')")
    for settings in ("", ".", "relative"):
        assert run(LIST, XDG_CONFIG_HOME=settings).stdout == "{} ()\n"
    assert not (here / "run").exists()


def test_a_package_of_the_working_folder_stands_for_none(root: Path, tmp_path: Path, run: Run) -> None:
    package(tmp_path / "site", "mine_pack", FILTER, "mine_pack")
    package(tmp_path / "here", "mine_pack", "open('run', 'w')", "mine_pack")
    done = run(LIST, PYTHONPATH=f"{root}:{tmp_path / 'site'}")
    assert "from the folder you are in" in done.stdout, done.stderr
    assert not (tmp_path / "here" / "run").exists()


def test_a_kernel_is_made_again_when_its_filter_changes_and_only_then(own: Path, run: Run) -> None:
    (own / "dim.py").write_text(POINTED)
    first, again = run(APPLY), run(APPLY)
    assert first.stdout.split()[0] == "100", first.stderr
    assert again.stdout.split() == ["100", "0"]
    # As many letters, in the same second, and not in the function that the kernel is named after.
    facts = (own / "dim.py").stat()
    (own / "dim.py").write_text(POINTED.replace("HALF = 0.5", "HALF = 0.2"))
    os.utime(own / "dim.py", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    changed = run(APPLY)
    assert changed.stdout.split() == ["40", "1"]


def test_a_function_that_cannot_be_compiled_names_its_line(own: Path, run: Run) -> None:
    (own / "dim.py").write_text(POINTED.replace("colours[0] * HALF", "open(colours[0])"))
    done = run(APPLY)
    assert f"SpecError: {own / 'dim.py'}, line 7 cannot be compiled: Untyped global name 'open'" in done.stderr


def test_what_runs_is_what_kernels_are_told_apart_by(own: Path) -> None:
    from engine.kernels import Kernel
    from engine.kernels.sources import made_from

    (own / "dim.py").write_text(POINTED)
    ((declared, _),) = load_extensions(()).filters
    kernel = Kernel("pixel", (declared.kind.function, 3, 0, 3, 0, 16))  # type: ignore[union-attr]
    before = made_from(kernel)
    (own / "dim.py").write_text(POINTED.replace("HALF = 0.5", "HALF = 0.2"))
    assert made_from(kernel) == before
    ((edited, _),) = load_extensions(()).filters
    assert made_from(Kernel("pixel", (edited.kind.function, 3, 0, 3, 0, 16))) != before  # type: ignore[union-attr]
