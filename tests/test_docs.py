"""What the documents promise: generated parts are fresh, links lead somewhere, commands parse, examples run."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from docs.catalogue import FOLDER, SUFFIX, after, before, stale
from docs.write import COMMAND, Part, all_parts
from engine.filters import built_in
from tui.cli import command_names
from tui.cli.parsing.program import HYPHEN, build

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SCRIPT = ROOT / "docs" / "script.md"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:engine|tui|docs|tests|images)/[\w./-]*)`")
FLAG = re.compile(r"`[^`\n]*?(--[a-z][a-z-]+)[^`\n]*`")
OURS = "safelight "
OF_OTHERS = {"--write", "--nworkers", "--nthreads", "--no-nanny", "--memory-limit"}
"""Flags of programs that are not Safelight."""
SHOWN_BY_THEIR_LETTERS = {"--filter", "--output"}


def read(page: Path) -> str:
    """A page's text."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The code of one kind on a page."""
    return [code for kind, code in FENCED.findall(read(page)) if kind == language]


def command_lines() -> Iterator[str]:
    """Every line of the pages that runs a sub-command, from its name on."""
    for page in PAGES:
        for line in "".join(blocks(page, "sh")).splitlines():
            for part in re.split(r" && | \| ", line):
                name, _, words = part.rpartition(OURS)
                if name in ("", ".venv/bin/"):
                    yield words


def flags_of(*words: str) -> set[str]:
    """Every long flag that `--help` names."""
    console = Console(record=True, width=200, file=io.StringIO())
    build(list(words)).help_print(words, console=console)
    return set(re.findall(r"--[a-z][a-z-]+", console.export_text()))


@pytest.mark.parametrize("part", all_parts(), ids=lambda part: f"{part.file.name} {part.mark}".strip())
def test_what_is_generated_is_fresh(part: Part) -> None:
    assert read(part.file) == part.page(), f"run {COMMAND}"


def test_every_filter_has_its_pictures_and_they_are_small() -> None:
    assert [each.name for each in stale()] == [], "run python -m docs.catalogue"
    wanted = {path for each in built_in().values() for path in (before(each.group), after(each))}
    assert set(FOLDER.glob(f"*{SUFFIX}")) == wanted, "run python -m docs.catalogue"
    assert sum(path.stat().st_size for path in wanted) < 1_000_000


def test_the_readme_opens_with_two_lines_to_paste() -> None:
    first, second = "".join(blocks(README, "sh")).splitlines()[:2]
    assert first == "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/safelight images"
    assert second == "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
    assert re.findall(r"python3 -m venv .*-m pytest", read(README)) == [second]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_names_of_files_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(read(page)) if not link.startswith(("http:", "https:"))]
    dead = [link for link in links if not leads(page, *link.partition("#")[::2])]
    assert dead == []
    assert [name for name in NAMED.findall(read(page)) if not (ROOT / name).exists()] == []


def leads(page: Path, target: str, anchor: str) -> bool:
    """Whether there is such a file and, on it, such a heading."""
    found = page.parent / target if target else page
    headings = re.findall(r"^#+ (.*)$", read(found), re.MULTILINE) if anchor and found.is_file() else []
    slugs = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return found.exists() and (not anchor or anchor in slugs)


@pytest.mark.parametrize("line", [line for line in command_lines() if line.split()[0] in command_names()])
def test_command_lines_parse(line: str) -> None:
    words = [HYPHEN if word == "-" else word for word in shlex.split(line)]
    command, bound, _ = build(words).parse_args(words, exit_on_error=False, print_error=False)
    assert command.__name__ == words[0].replace("-", "_")
    assert bound.arguments or len(words) == 1


def test_every_sub_command_and_flag_named_is_there() -> None:
    known = flags_of().union(*(flags_of(name) for name in command_names())) | OF_OTHERS
    for page in [README, *sorted((ROOT / "docs").glob("*.md"))]:
        prose = FENCED.sub("", read(page))
        assert [flag for flag in FLAG.findall(prose) if flag not in known] == [], page.name
        named = re.findall(rf"`{OURS}([a-z][a-z-]*)", prose)
        assert [name for name in named if name not in command_names()] == [], page.name


def test_every_promise_names_tests_that_are_there() -> None:
    page = ROOT / "docs" / "safety.md"
    promises = read(page).partition("## When you log out")[0].split("\n- ")[1:]
    assert [promise for promise in promises if "tests/" not in promise] == []
    for name, function in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", read(page)):
        assert re.search(rf"^(async )?def {function or 'test_'}", read(ROOT / name), re.MULTILINE), (
            f"{name}::{function}"
        )


def test_the_readme_names_every_sub_command_and_the_page_on_scripts_every_flag_of_apply() -> None:
    assert [name for name in command_names() if f"{OURS}{name}" not in read(README)] == []
    text = read(SCRIPT)
    assert [flag for flag in flags_of("apply") - SHOWN_BY_THEIR_LETTERS if flag not in text] == []


@pytest.mark.parametrize("code", blocks(README, "python"))
def test_the_library_example_runs(code: str, tmp_path: Path) -> None:
    (tmp_path / "images").symlink_to(ROOT / "images")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()]


def test_the_filter_to_write_works_and_passes_its_test(tmp_path: Path) -> None:
    declared, test = blocks(ROOT / "docs" / "write-a-filter.md", "python")
    folder = tmp_path / "config" / "safelight" / "filters"
    folder.mkdir(parents=True)
    (folder / "fade.py").write_text(declared, encoding="utf-8")
    (tmp_path / "test_fade.py").write_text(test, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    for words in (["pytest", "-q", "-p", "no:cacheprovider", "test_fade.py"], ["tui", "filters", "fade"]):
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_objects_have_the_names_that_are_shown(tmp_path: Path) -> None:
    (tmp_path / "cut.png").write_bytes((ROOT / "images" / "fig-bowl.png").read_bytes()[:9000])
    words = ["apply", str(ROOT / "images" / "astronaut.png"), "cut.png", "-f", "invert", "-o", "results", "--json"]
    command = [sys.executable, "-m", "tui", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    real: dict[str, set[str]] = {}
    for line in done.stdout.splitlines():
        written = json.loads(line)
        real.setdefault(written["event"], set()).update(written)
    shown = [json.loads(line) for line in "".join(blocks(SCRIPT, "json")).splitlines()]
    assert {each["event"] for each in shown} == set(real)
    assert [each["event"] for each in shown if not set(each) <= real[each["event"]]] == []
