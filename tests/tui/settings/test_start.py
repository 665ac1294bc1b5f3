"""Settings at the start: a file is read once, and only where there is one; a broken one is told and stops nothing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.tui.output.program import Program
from tui.settings import FILE

START = """
import sys
LATE = {"tomllib", "tomlkit", "json", "tui.settings.reading", "tui.settings.writing", "tui.bridge.place"}
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import tui.cli.opening.app as opening
import tui.cli.opening.running as running
from tui.app import Safelight
opening.obstacle = lambda: ""
running.run_app = lambda paths, stack, notice, settings: Safelight(paths, stack, notice, settings=settings) and 0
assert opening.open_app(["."]) == 0
print(sum(each.endswith("config.toml") for each in opened), *sorted(LATE & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ["0"]), ('version = 1\ntheme = "daylight"\ngraphics = "half"\n', ["1", "tomllib", "tui.settings.reading"])],
)
def test_the_file_is_read_once_and_only_where_there_is_one(
    text: str, expected: list[str], tmp_path: Path, root: Path
) -> None:
    environ = os.environ | {"PYTHONPATH": str(root), "XDG_CONFIG_HOME": str(tmp_path)}
    if text:
        (tmp_path / "safelight").mkdir()
        (tmp_path / "safelight" / FILE).write_text(text)
    done = subprocess.run([sys.executable, "-c", START], env=environ, capture_output=True, text=True, check=False)
    assert done.stdout.split() == expected, done.stderr
    assert (tmp_path / "safelight" / FILE).exists() is bool(text)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Program]]:
    """Opens the app on a picture with a settings file that says this."""
    pictures, folder = tmp_path / "pictures", tmp_path / "config" / "safelight"
    pictures.mkdir()
    folder.mkdir(parents=True)
    Image.new("RGB", (60, 40), (90, 80, 70)).save(pictures / "a.jpg")
    programs: list[Program] = []

    def begin(text: str) -> Program:
        (folder / FILE).write_text(text)
        programs.append(
            Program(str(pictures), module="tui", size="120x30", XDG_CONFIG_HOME=str(folder.parent), SAFELIGHT_THEME="")
        )
        programs[-1].until_shown("a.jpg")
        return programs[-1]

    yield begin
    for program in programs:
        program.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version = 1\noops\n", "config.toml, line 2: "),
        ("version = 1\ncolour = 3\n", "config.toml has the key 'colour'"),
        ("version = 1\n[keys]\nquit = 'ctrl-s'\n", "config.toml: quit is on ctrl-s"),
        ("version = 1\n[keys]\nundo = 'f'\n", "config.toml gives f to undo, which add_filter has"),
    ],
)
def test_in_a_terminal_what_is_wrong_is_told_and_the_app_starts(
    start: Callable[[str], Program], text: str, told: str
) -> None:
    program = start(text)
    program.until(lambda: told in program.screen.display[-1])
    program.send("!")
    program.until(lambda: any(told in line for line in program.screen.display[:-1]))
    program.send("\x1b")
    program.until(lambda: "esc back" not in program.text())
    program.send("\x03")
    if "ctrl-s" in text:
        program.send("\x13")
    assert program.ended() == 0


def test_in_a_terminal_an_old_file_counts_and_is_brought_up_to_date(
    start: Callable[[str], Program], tmp_path: Path
) -> None:
    program = start('# mine\ntheme = "daylight"\n[keys]\nquit = "f10"\n')
    # It may be told before the keys are: the next key brings them.
    program.until_shown("config.toml.1 beside it")
    program.send("j")
    program.until_shown("f10 quit")
    program.send("\x1b[21~")
    assert program.ended() == 0
    folder = tmp_path / "config" / "safelight"
    assert (folder / FILE).read_text().splitlines()[0] == "# mine"
    assert "version = 1" in (folder / FILE).read_text()
    assert sorted(each.name for each in folder.iterdir()) == [FILE, f"{FILE}.1"]
