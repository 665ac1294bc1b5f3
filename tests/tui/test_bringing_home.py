"""Pictures brought home by the whole app, in a terminal of the test's own that takes files, refuses them, or cannot."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, opened
from tests.tui.output.program import Program
from tui.screens.question import QuestionScreen
from tui.screens.shell_line import ShellLineScreen

NAME = os.fsdecode(b"a \xff'b.jpg")
ORDER = re.compile(r"\x1b\](5113|1337);([^\x07\x1b]*)(?:\x07|\x1b\\)")


class Kitty:
    """The far end of kitty's protocol for files, after its specification; also answers what it is called."""

    def __init__(self, *, agrees: bool = True, name: str = "kitty(0.36.4)") -> None:
        self._agrees, self._name, self._text = agrees, name, ""
        self.files: dict[str, bytes] = {}
        self.finished = False

    def answer(self, written: str) -> str:
        """What it says to what it was sent; every order is whole and short."""
        self._text += written
        told = f"\x1bP>|{self._name}\x1b\\" * written.count("\x1b[>q") + "\x1b[?62c" * written.count("\x1b[c")
        while found := ORDER.search(self._text):
            assert len(found[0]) <= 3000
            self._text = self._text[found.end() :]
            if found[1] == "5113":
                told += self._obey(dict(each.partition("=")[::2] for each in found[2].split(";")))
        return told

    def _obey(self, order: dict[str, str]) -> str:
        if order["ac"] == "send":
            return self._status(order, "OK" if self._agrees else "EPERM:User refused the transfer")
        assert self._agrees, "sent before it was allowed"
        if order["ac"] == "file":
            self._open = base64.b64decode(order["n"]).decode()
            self.files[self._open] = b""
            return self._status(order, "STARTED")
        if order["ac"] == "data":
            self.files[self._open] += base64.b64decode(order["d"])
            return self._status(order, "PROGRESS")
        self.finished = order["ac"] == "finish"
        return "" if self.finished else self._status(order, "OK")

    def _status(self, order: dict[str, str], status: str) -> str:
        number = f";fid={order['fid']}" if "fid" in order else ""
        return f"\x1b]5113;ac=status;id={order['id']}{number};st={base64.b64encode(status.encode()).decode()}\x1b\\"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A picture whose name is not UTF-8, beside another."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in (NAME, "b.jpg"):
        Image.effect_noise((160, 120), 90).save(folder / name, "JPEG", quality=95)
    return folder


@pytest.fixture
def program(folder: Path) -> Iterator[Program]:
    """The app, with the first picture under the cursor."""
    ssh = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.7 2222"}
    running = Program(str(folder), module="tui", term="xterm-kitty", **ssh)
    yield running
    running.close()


def begun(program: Program, kitty: Kitty) -> None:
    """The picture is on its way, or what comes instead is there."""
    program.answer = kitty.answer
    program.until_shown("home")
    program.until(lambda: "\x1b[>q" in program.output)
    program.send("d")


def test_kitty_is_asked_and_gets_the_picture_whole(program: Program, folder: Path) -> None:
    kitty = Kitty()
    begun(program, kitty)
    program.until_shown("arrived in ~/Downloads/")
    ((name, data),) = kitty.files.items()
    assert re.fullmatch(r"~/Downloads/safelight-\d{8}-\w{6}/a _xff'b\.jpg", name)
    assert data == (folder / NAME).read_bytes()
    program.until(lambda: kitty.finished)


def test_iterm2_gets_the_picture_whole(program: Program, folder: Path) -> None:
    begun(program, Kitty(name="iTerm2 3.5.4"))
    program.until_shown("downloads")
    orders = [found[2] for found in ORDER.finditer(program.output) if found[1] == "1337"]
    assert orders[0].startswith("MultipartFile=name=")
    assert orders[-1] == "FileEnd"
    data = b"".join(base64.b64decode(order.removeprefix("FilePart=")) for order in orders[1:-1])
    assert data == (folder / NAME).read_bytes()


def test_who_refuses_gets_the_line(program: Program, folder: Path) -> None:
    begun(program, Kitty(agrees=False))
    program.until_shown("Type this on your own machine")
    program.until_shown("rsync -avP --protect-args")
    (copied,) = re.findall(r"\x1b\]52;c;([^\a]*)\a", program.output)
    line = base64.b64decode(copied).decode()
    assert line.startswith("rsync -avP --protect-args -e 'ssh -p 2222' $'")
    assert line.endswith("192.0.2.7:" + str(folder) + "/a \\377\\047b.jpg' .")


async def test_the_line_is_there_where_no_terminal_takes_files_and_any_text_can_be_copied(folder: Path) -> None:
    async with opened(paths=(str(folder),)) as case:
        await case.pilot.press("d")
        await case.until(lambda: isinstance(case.app.screen, ShellLineScreen))
        await case.until(lambda: "--protect-args" in case.text())
        assert "\\377\\047b.jpg" in case.app.clipboard
        assert typed(case) in case.app.clipboard.replace("$'", "").replace("'", "")
        await case.pilot.press("escape")
        assert case.app.screen is case.app.main
        case.app.copy_to_clipboard(os.fsdecode(b"\xff"))
        assert case.app.clipboard == "\udcff"


def typed(case: Opened) -> str:
    """The last line that the dialog shows, as it is."""
    return next(line.strip() for line in reversed(case.lines()) if line.rstrip().endswith(" ."))[:-2].strip(" '$")


async def test_after_a_batch_its_results_can_be_brought(folder: Path) -> None:
    async with opened(FakeEngine(running=True, frames=2), paths=(str(folder),)) as case:
        case.app.bridge.batch.follow("batch-0")
        await case.until(lambda: not case.app.bridge.batch.running)
        case.app.bridge.batch.results = [f"/far/{number}.jpg" for number in range(9)]
        await case.pilot.press("d")
        await case.until(lambda: isinstance(case.app.screen, QuestionScreen))
        assert "The 9 results of the batch" in case.text()
        await case.pilot.press("r")
        await case.until(lambda: "the whole folders" in case.text())
        assert case.app.clipboard.endswith(":/far .")
