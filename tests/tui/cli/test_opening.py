"""What opens the app and what does not: words, paths, terminals. The app itself is tested elsewhere."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.presets import stack_of
from tests.tui.cli.conftest import Run, Screen
from tui.__main__ import is_for_the_app
from tui.cli import command_names
from tui.cli.parsing.program import build


def test_a_command_is_a_file_of_the_folder() -> None:
    assert command_names() == [
        "apply",
        "bench",
        "cull",
        "doctor",
        "explain",
        "filters",
        "from-magick",
        "history",
        "jobs",
        "lab",
        "presets",
        "serve",
        "warm",
    ]


@pytest.mark.parametrize("words", [[], ["pictures"], ["a.jpg", "b.jpg"], ["./apply"]])
def test_paths_are_for_the_app(words: list[str]) -> None:
    assert is_for_the_app(words)


@pytest.mark.parametrize("words", [["apply"], ["apply", "x"], ["--help"], ["pictures", "--version"], ["--", "-x"]])
def test_commands_and_options_are_for_the_parser(words: list[str]) -> None:
    assert not is_for_the_app(words)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["aply"], b'the command "apply"'),
        (["pictrues"], b'the path "pictures"'),
        (["pictures/a.jgp"], b'the path "pictures/a.jpg"'),
        (["pictures", "nothing-like-it"], b"nothing-like-it"),
        (["--", "-pictures"], b'the path "pictures"'),
    ],
)
def test_an_unknown_word_names_the_nearest(safelight: Run, pictures: Path, words: list[str], named: bytes) -> None:
    done = safelight(*words)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert not done.stdout


def test_a_hostile_word_is_harmless(safelight: Run) -> None:
    done = safelight(b"\x1b]0;owned\x07\xff\xe2\x80\xae")
    assert done.returncode == 2
    assert not any(byte < 32 for byte in done.stderr.rstrip(b"\n"))
    assert "\u202e" not in done.stderr.decode()


def test_a_broken_preset_opens_nothing_and_names_its_line(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\ndescription = "A."\n[[steps]]\nfilter = "sephia"\n')
    done = safelight("pictures", "--preset", "matte", "--preset", "mine.toml")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"mine.toml, line 4: There is no filter 'sephia'")
    assert done.stderr.count(b"\n") == 1
    unknown = safelight("--preset", "mate", "pictures")
    assert (unknown.returncode, b"the nearest is 'matte'" in unknown.stderr) == (2, True)


def test_presets_of_the_words_are_the_stack(monkeypatch: pytest.MonkeyPatch, pictures: Path) -> None:
    given: list[Any] = []
    monkeypatch.setattr("tui.cli.opening.app.obstacle", lambda: "")
    monkeypatch.setattr("tui.cli.opening.running.run_app", lambda *words: given.extend(words))
    words = ["--preset", "matte", str(pictures), "--preset", "web-1600"]
    build(words)(words, exit_on_error=False, result_action="return_value")
    assert given[:3] == [[str(pictures)], stack_of(["matte", "web-1600"], [])[0], ""]


@pytest.mark.parametrize("words", [[], ["."], ["--", "."], ["--preset", "matte"]])
def test_without_a_terminal_there_is_one_sentence(safelight: Run, words: list[str]) -> None:
    done = safelight(*words)
    assert done.returncode == 2
    assert b"terminal" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("size", "changes", "named"),
    [
        ((100, 30), {"TERM": "dumb"}, b"TERM is dumb"),
        ((39, 30), {}, b"39 columns and 30 rows"),
        ((100, 11), {}, b"100 columns and 11 rows"),
    ],
)
def test_a_terminal_that_cannot_hold_the_app_gets_one_sentence(
    in_terminal: Callable[..., Screen], size: tuple[int, int], changes: dict[str, str], named: bytes
) -> None:
    screen = in_terminal(columns=size[0], rows=size[1], **changes)
    data = screen.read()
    assert named in data
    assert b"\x1b" not in data
    assert screen.process.returncode == 2


def test_help_names_every_command(safelight: Run) -> None:
    done = safelight("--help")
    assert done.returncode == 0
    assert all(name.encode() in done.stdout for name in command_names())
    assert b"\x1b" not in done.stdout


def test_version(safelight: Run) -> None:
    done = safelight("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, b"safelight")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_installed(safelight: Run, tmp_path: Path, shell: str) -> None:
    script = tmp_path / "completion"
    done = safelight("--install-completion", "--shell", shell, "--output", str(script), HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "filters" in script.read_text()


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["filters", "--jsn"], b"--json"),
        (["explain"], b"--preset"),
        (["apply", "x", "-f", "sobel", "-o", "y", "--quality", "300"], b"--quality"),
        (["apply", "x", "-f", "sobel", "-o", "y", "--existing", "maybe"], b"--existing"),
    ],
)
def test_wrong_options_are_named_in_one_line(safelight: Run, words: list[str], named: bytes) -> None:
    done = safelight(*words)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_native_windows_gets_one_sentence(root: Path) -> None:
    code = "import os; from tui.__main__ import main; os.name = 'nt'; exit(main())"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"WSL" in done.stderr
