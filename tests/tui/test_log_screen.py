"""The log: what was told since the start and what the log holds, the newest first, to be read again and copied."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from textual.widgets import Static

from engine.files.log import start_log
from tests.tui.opened import Opened, folder, opened
from tui.bridge.recalling import TAIL, records
from tui.messages import NoticeGiven
from tui.notices import MOST, Noted, Notices
from tui.screens.log import LogScreen
from tui.widgets.text_rows import TextRows

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app's log, which is not there yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "safelight" / "logs" / "app.log"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def logged(log: Path, request: pytest.FixtureRequest) -> None:
    """The log says what the parameter does."""
    log.write_text(request.param)


async def opened_log(case: Opened) -> TextRows:
    """The screen, once it shows something."""
    await case.pilot.press("exclamation_mark")
    await case.until(lambda: isinstance(case.app.screen, LogScreen) and case.app.screen.query(TextRows))
    rows = case.app.screen.query_one(TextRows)
    await case.until(lambda: rows.count)
    return rows


BEGUN, LATE = (
    "2020-01-31 12:00:00,500 7 main INFO engine: begun",
    "2099-01-01 00:00:00,000 7 main ERROR x: late",
)
DEEP = "2020-01-31 12:00:00,500 7 m ERROR e: no\nTraceback (most recent call last):\n  deep\n"
LONG = "".join(
    f"2020-01-31 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},000 7 m INFO e: line {n}\n" for n in range(5000)
)


@pytest.mark.parametrize("logged", [f"{BEGUN}\n{LATE}\n"], indirect=True)
@pytest.mark.usefixtures("logged")
async def test_notices_and_records_are_there_by_their_times() -> None:
    async with opened() as case:
        case.app.tell(NoticeGiven("The disk is full.", alarm=True))
        case.app.tell(NoticeGiven("Something else."))
        await case.pilot.press("j")
        assert "disk" not in case.text()
        rows = await opened_log(case)
        await case.until(lambda: rows.count == 4)
        await case.pilot.pause()
        shown = [line for line in case.lines() if "main" in line or "disk" in line or "else" in line]
        assert [next(word for word in ("late", "else", "disk", "begun") if word in line) for line in shown[:4]] == [
            "late",
            "else",
            "disk",
            "begun",
        ]
        assert " ! " in shown[0]
        assert " · " in shown[1]
        assert " ! " in shown[2]
        assert "01-31 12:00" in shown[3]


async def test_what_is_told_meanwhile_comes_and_the_cursor_stays() -> None:
    async with opened() as case:
        for number in range(3):
            case.app.tell(NoticeGiven(f"Number {number}."))
        rows = await opened_log(case)
        await case.pilot.press("down")
        case.app.tell(NoticeGiven("The newest."))
        await case.until(lambda: rows.count == 4)
        assert rows.cursor == 2
        assert _whole(case) == "Number 1."
        await case.pilot.press("g")
        assert _whole(case) == "The newest."


def _whole(case: Opened) -> str:
    return str(case.app.screen.query_one("#whole", Static).content)


async def test_one_entry_or_all_are_copied() -> None:
    async with opened() as case:
        case.app.tell(NoticeGiven("First."))
        case.app.tell(NoticeGiven("Then\x1b[2J this."))
        await opened_log(case)
        await case.pilot.press("c")
        assert case.app.clipboard.endswith("Then\\x1b[2J this.")
        assert case.app.clipboard.startswith(time.strftime("%Y-%m-%d "))
        await case.pilot.press("C")
        assert [line[20:] for line in case.app.clipboard.splitlines()] == ["Then\\x1b[2J this.", "First."]
        assert "copied 2 entries" in case.text()
        assert "\x1b" not in case.text()


@pytest.mark.parametrize("logged", [DEEP], indirect=True)
@pytest.mark.usefixtures("logged")
async def test_a_record_of_many_lines_is_one_entry() -> None:
    async with opened() as case:
        rows = await opened_log(case)
        assert rows.count == 1
        assert _whole(case).splitlines()[-1] == "  deep"


async def test_where_there_is_nothing_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as case:
        await case.pilot.press("exclamation_mark")
        await case.until(lambda: "Nothing was told yet." in case.text())
        await case.pilot.press("c", "C", "j", "escape")
        await case.until(lambda: case.app.screen is case.app.main)


def test_what_our_log_writes_is_read(log: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        assert start_log("app") == log
        logging.getLogger("tests").warning("a name with \x1b in it")
        for handler in root.handlers:
            handler.flush()
        (found,) = records(log.read_text())
        assert found.alarm
        assert found.logged
        assert abs(found.when - time.time()) < 60
        assert found.text.endswith("WARNING tests: a name with \\x1b in it")
    finally:
        for handler in [each for each in root.handlers if each not in before]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        logging.captureWarnings(False)


@pytest.mark.parametrize("logged", [LONG], indirect=True)
@pytest.mark.usefixtures("logged")
async def test_of_a_long_log_the_end_is_read() -> None:
    async with opened() as case:
        rows = await opened_log(case)
        assert TAIL / 60 < rows.count < TAIL / 40
        assert _whole(case).endswith("line 4999")


def test_the_newest_notices_are_kept_and_the_same_again_counts_once() -> None:
    times = iter(range(10_000))
    notices = Notices(lambda: float(next(times)))
    notices.add("")
    for number in range(MOST + 10):
        notices.add(f"number {number}")
        notices.add(f"number {number}")
    assert len(notices.all()) == MOST
    assert notices.all()[-1] == Noted(MOST + 9.0, f"number {MOST + 9}")


@pytest.mark.parametrize("text", ["", "no stamp", "9999-99-99 99:99:99,999 x", "2020-01-31 12:00:00,xyz x", "\0" * 99])
def test_what_is_no_record_is_left_out(text: str) -> None:
    assert records(text) == ()
