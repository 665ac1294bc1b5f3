"""The rules of the house: who may import whom and who may start threads, how long things may be, what lies where."""

import ast
import fnmatch
import functools
import importlib.metadata
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from engine.files.formats import formats

ROOT = Path(__file__).parent.parent
PACKAGES = ("engine", "tui")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NAMES_FROM_ENGINE_FOR_WIDGETS = (
    "parameters",
    "stack",
    "image",
    "job",
    "account",
    "telemetry",
    "errors",
    "files.name",
    "confinement",
)
"""A widget takes frozen values; `errors` is how a value says no, `files.name` how any name is shown."""
EXTRAS = [form.extra for form in formats().values() if form.extra is not None]
MAY_IMPORT = {
    "numba": ("engine/kernels/", "engine/warm.py", "engine/run/", "engine/lab/"),
    "llvmlite": ("engine/kernels/", "engine/warm.py", "engine/run/", "engine/lab/"),
    "PIL": ("engine/files/", "engine/marks/", "engine/bench/peers/"),
    "cv2": ("engine/bench/peers/",),
    "pyvips": ("engine/bench/peers/",),
    "skimage": ("engine/bench/peers/",),
    "simplejpeg": ("engine/files/",),
    **{extra.module: ("engine/files/formats/",) for extra in EXTRAS},
    "scipy": ("engine/filters/",),
    "textual": ("tui/",),
    "rich": ("tui/",),
    "cyclopts": ("tui/cli/",),
    "aiohttp": ("tui/serve/",),
    "dask": ("engine/cluster/",),
    "distributed": ("engine/cluster/",),
    "fsspec": ("engine/files/remote/",),
    "paramiko": ("engine/files/remote/",),
    "s3fs": ("engine/files/remote/",),
    "socket": ("engine/batch/", "engine/cluster/", "engine/files/apart/"),
    "multiprocessing": (),
    "urllib": (),
    "http": (),
}
PEERS = {"cv2": "opencv-python-headless", "skimage": "scikit-image"}
"""Distributions of modules that need not be installed for the tests."""
MAY_START_THREADS = (
    "engine/run/",
    "engine/cluster/",
    "engine/lab/",
    "engine/bench/",
    "engine/files/remote/",
    "tui/io.py",
)
STARTS_THREADS = {"Thread", "Timer", "ThreadPoolExecutor", "to_thread", "run_in_executor", "start_new_thread"}
VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|base|misc|common)(?:_|$)|(?:Manager|Helper|Util)s?$")
TOP_LEVEL = {
    *(".ci", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml"),
    *("docs", "engine", "images", "tests", "tui"),
}
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
FOREIGN = re.compile(r"/(?:root|home|work|Users)/\w|\bpypi[.]|python[h]osted|(?:extra-)?index[-_]url|find[-_]links")


def name_of(path: Path) -> str:
    """The path within the repository."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def text(path: Path) -> str:
    """What the file says."""
    return path.read_text(encoding="utf-8")


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """The syntax tree of a source file, its module first, then all nodes below it."""
    return tuple(ast.walk(ast.parse(text(path))))


def imports(path: Path) -> Iterator[str]:
    """Modules that a file imports, `from a import b` as `a.b`."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(node: ast.AST) -> str:
    """The last word of what a call or decorator calls."""
    target = node.func if isinstance(node, ast.Call) else node
    return target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    return (node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def modules_after(code: str) -> set[str]:
    """Names of the top-level modules that a fresh process holds after running the code."""
    report = f"{code}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_import_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import engine", {"numba", "numpy", "textual", "rich", "PIL"}),
        ("from engine.filters import catalogue; catalogue()", {"numba", "llvmlite", "scipy", "textual", "rich", "PIL"}),
        ("import engine.engine", {"numba", "llvmlite", "textual", "rich"}),
        ("import engine.bench.entries as e; e.entries()", {"numba", "cv2", "pyvips", "skimage", "scipy", "PIL"}),
        ("import tui.app", {"numba", "llvmlite", "numpy", "PIL", "simplejpeg", "cyclopts"}),
        ("import tui.__main__", {"numba", "numpy", "PIL", "textual", "rich", "cyclopts"}),
        ("import tui.cli.parsing.program as p; p.build([])", {"numba", "llvmlite", "PIL", "textual"}),
    ],
)
def test_an_import_leaves_alone_what_it_need_not_load(code: str, absent: set[str]) -> None:
    assert not modules_after(code) & absent


@pytest.mark.parametrize("module", MAY_IMPORT)
def test_only_its_place_imports(module: str) -> None:
    guests = [name_of(path) for path in SOURCES if any(name.split(".")[0] == module for name in imports(path))]
    assert [guest for guest in guests if not guest.startswith(MAY_IMPORT[module])] == []


def test_threads_start_only_where_threads_live() -> None:
    starters = [
        f"{name_of(path)}:{node.lineno}"
        for path in SOURCES
        if not name_of(path).startswith(MAY_START_THREADS)
        for node in nodes(path)
        if isinstance(node, ast.Call)
        if called(node) in STARTS_THREADS or any(word.arg == "thread" for word in node.keywords)
    ]
    assert starters == []


def test_nobody_calls_into_the_event_loop_and_waits() -> None:
    callers = [name_of(path) for path in SOURCES if "call_from_thread" in text(path)]
    assert callers == []


def test_kernels_hold_no_threads_clocks_or_logging() -> None:
    banned = {"time", "logging", "subprocess", "concurrent"}
    kernels = [path for path in SOURCES if name_of(path).startswith("engine/kernels/")]
    assert [name_of(path) for path in kernels if banned & {name.split(".")[0] for name in imports(path)}] == []


def test_widgets_and_screens_take_only_values_from_the_engine() -> None:
    allowed = tuple(f"engine.{name}" for name in NAMES_FROM_ENGINE_FOR_WIDGETS)
    strays = [
        f"{name_of(path)}: {name}"
        for path in SOURCES
        if name_of(path).startswith(("tui/widgets/", "tui/screens/"))
        for name in imports(path)
        if name.startswith("engine.") and not name.startswith(allowed)
    ]
    assert strays == []


def test_files_are_short() -> None:
    lines = {name_of(path): len(text(path).splitlines()) for path in [*SOURCES, *TESTS]}
    assert {name: size for name, size in lines.items() if size > (400 if name.startswith("tests/") else 300)} == {}
    assert statistics.median(size for name, size in lines.items() if not name.startswith("tests/") and size > 5) < 100


def test_functions_are_short() -> None:
    long = []
    for path in [*SOURCES, *TESTS]:
        limit = 60 if name_of(path).startswith("engine/kernels/") else 50
        overlong = (each for each in functions(path) if (each.end_lineno or 0) - each.lineno >= limit)
        long += [f"{name_of(path)}:{function.name}" for function in overlong]
    assert long == []


def test_every_module_says_what_it_is_and_every_public_thing_what_it_does() -> None:
    silent = [name_of(path) for path in [*SOURCES, *TESTS] if text(path) and not docstring(nodes(path)[0])]
    for path in SOURCES:
        holders = [node for node in nodes(path) if isinstance(node, ast.Module | ast.ClassDef)]
        silent += [
            f"{name_of(path)}:{node.name}"
            for holder in holders
            for node in holder.body
            if isinstance(node, Definition)
            if not node.name.startswith("_") and not docstring(node) and not is_overload(node)
        ]
    assert silent == []


def docstring(node: ast.AST) -> str | None:
    """What a module, class or function says of itself."""
    assert isinstance(node, ast.Module | Definition)
    return ast.get_docstring(node)


def is_overload(node: Definition) -> bool:
    """Whether a definition is only a type's shape, or a setter whose getter speaks for both."""
    return any(called(decorator) in ("overload", "setter") for decorator in node.decorator_list)


def test_names_say_something() -> None:
    names = {part for path in [*SOURCES, *TESTS] for part in path.relative_to(ROOT).with_suffix("").parts}
    classes = {node.name for path in SOURCES for node in nodes(path) if isinstance(node, ast.ClassDef)}
    assert [name for name in sorted(names | classes) if VAGUE.search(name)] == []


def test_modules_keep_no_state() -> None:
    kept = []
    for path in SOURCES:
        kept += [f"{name_of(path)}:{node.lineno}" for node in nodes(path) if isinstance(node, ast.Global)]
        kept += [
            f"{name_of(path)}:{name}" for name in changeable_names(path) if not name.isupper() and name != "__all__"
        ]
    assert kept == []


def changeable_names(path: Path) -> Iterator[str]:
    """Names that a module gives to lists, dicts and sets."""
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.List | ast.Dict | ast.Set):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_the_top_of_the_repository_is_as_the_plan_says() -> None:
    ignored = [".git", *(line.rstrip("/") for line in text(ROOT / ".gitignore").splitlines())]
    found = {path.name for path in ROOT.iterdir()}
    assert {name for name in found if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)} == TOP_LEVEL


def test_no_file_names_a_machine_or_a_registry() -> None:
    files = [path for top in TOP_LEVEL for path in [ROOT / top, *(ROOT / top).rglob("*")] if path.is_file()]
    strays = [
        f"{name_of(path)}:{number}"
        for path in files
        if path.suffix in {".py", ".md", ".toml", ".tcss", ".css", ""} and "__pycache__" not in path.parts
        for number, line in enumerate(text(path).splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert strays == []


def requirements(group: str | None) -> set[str]:
    """Names of the distributions that pyproject.toml asks for, of an extra or at run time."""
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    listed = project["dependencies"] if group is None else project["optional-dependencies"][group]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in listed}


def distributions(paths: list[Path]) -> set[str]:
    """What has to be installed for these files to be imported."""
    providers = importlib.metadata.packages_distributions()
    modules = {name.split(".")[0] for path in paths for name in imports(path)}
    foreign = modules - set(sys.stdlib_module_names) - {*PACKAGES, "docs", "tests"}
    return {providers.get(module, [module])[0].lower().replace("_", "-") for module in foreign}


def test_what_is_imported_is_declared() -> None:
    # Numba brings its llvmlite; only the oracles, which tests and the benchmark call, ask for SciPy.
    measured = [path for path in SOURCES if name_of(path).startswith("engine/bench/peers/")]
    rest = [path for path in SOURCES if path not in measured]
    named = ("web", "cluster", "remote", *(each.name for each in EXTRAS))
    extra = set[str]().union(*map(requirements, named))
    assert distributions(rest) - {"llvmlite", "scipy"} == requirements(None) | extra
    assert extra <= requirements("test")
    assert {PEERS.get(name, name) for name in distributions(measured)} <= requirements(None) | requirements("peers")
    assert distributions(TESTS) - {"llvmlite"} <= requirements(None) | requirements("test")


def test_every_dependency_has_its_reason() -> None:
    told = set(re.findall(r"^\*\*([\w.-]+)\*\*", text(ROOT / "docs" / "dependencies.md"), re.MULTILINE))
    assert told == requirements(None) | requirements("test") | requirements("peers") | {"hatchling"}
