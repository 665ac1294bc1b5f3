"""The screen of all batches, against the fake engine: what it shows, and what each key and click asks for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import tui.app
from engine.account import Account
from engine.errors import BatchError
from engine.job import BatchInfo, State, Verb
from engine.stack import Stack
from engine.telemetry import Spent
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tui.io import find_images
from tui.screens.apply import ApplyScreen
from tui.screens.jobs import JobsScreen
from tui.screens.question import QuestionScreen
from tui.widgets.buttons import Buttons
from tui.widgets.job_rows import JobRows

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
NOW = time.time()


def account(name: str, state: State, **more: object) -> Account:
    return Account(BatchInfo(name, state, NOW, 11, f"/out/{name}"), **more)  # type: ignore[arg-type]


def several() -> list[Account]:
    """One of each kind; the one that runs is the fake's own."""
    return [
        account("late", State.WAITING, place=2),
        account("soon", State.WAITING, place=1, priority=2),
        account("rests", State.PAUSED, done=4),
        account("failed", State.DONE, done=9, failed=2, seconds=65.0, rate=31.2, spent=Spent(6.0, 3.0, 2.5, 0.5)),
        account("killed", State.BROKEN, done=1),
        account("whole", State.DONE, done=11, filters=("invert", "gamma:gamma=1.5")),
    ]


async def shown(case: Opened, name: str = "") -> JobsScreen:
    """The screen, the cursor on that batch."""
    await case.type("B")
    await case.until(lambda: "over" in case.text() or "has been no batch" in case.text())
    screen = case.app.screen
    assert isinstance(screen, JobsScreen)
    if name:
        rows = screen.query_one(JobRows)
        rows.move_to([each.id for each in screen._accounts].index(name))
        await case.pilot.pause()
    return screen


def engine(**more: object) -> FakeEngine:
    return FakeEngine(running=True, frames=0, others=several(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (300, 90)])
async def test_all_are_shown_in_order_by_letter_and_number(size: tuple[int, int]) -> None:
    async with opened(engine(), size=size) as case:
        await shown(case, "failed")
        text, lines = case.text(), case.lines()
        rows = [next(n for n, line in enumerate(lines) if word in line) for word in (" R running", " P paused")]
        rows += [next(n for n, line in enumerate(lines) if word in line) for word in ("W waits, 1", "W waits, 2")]
        rows += [next(n for n, line in enumerate(lines) if word in line) for word in (" D done", " B broken")]
        assert rows == sorted(rows)
        assert "Batches: 2 at work, 2 waiting, 3 over" in text
        assert "! 2" in text
        assert "31.2 MP/s" in text
        assert "1:05" in text
        assert "decode 50 %  filter 25 %  encode 21 %  wait 4 %  of 0:12 in all" in text
        assert "100 %, 2 failed" in text
        assert time.strftime("%H:%M", time.localtime(NOW)) in text


async def test_what_runs_is_followed_paused_resumed_and_cancelled() -> None:
    async with opened(engine()) as case:
        await shown(case, "batch-0")
        await case.pilot.press("p")
        await case.until(lambda: case.engine.asked == [Verb.PAUSE])
        await case.until(lambda: "resume" in case.text())
        await case.pilot.press("p")
        await case.until(lambda: case.engine.asked == [Verb.PAUSE, Verb.RESUME])
        await case.pilot.press("c")
        assert isinstance(case.app.screen, QuestionScreen)
        await case.pilot.press("c")
        await case.until(lambda: case.engine.asked[2:] == [Verb.CANCEL])
        await case.pilot.press("enter")
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.bridge.batch.batch == "batch-0"


async def test_all_are_cancelled_after_asking() -> None:
    async with opened(engine()) as case:
        await shown(case)
        await case.type("C")
        await case.until(lambda: "Cancel all 4 batches?" in case.text())
        await case.pilot.press("escape")
        assert not case.engine.asked
        await case.type("C")
        await case.pilot.press("f")
        await case.until(lambda: case.engine.asked == [Verb.DRAIN] and len(case.engine.asked_of_others) == 3)
        assert {name for name, _ in case.engine.asked_of_others} == {"late", "soon", "rests"}


async def test_one_that_waits_is_put_sooner_or_later_and_the_cursor_stays_with_it() -> None:
    async with opened(engine()) as case:
        screen = await shown(case, "late")
        await case.pilot.press("plus")
        await case.until(lambda: case.engine.asked_of_others == [("late", 1)])
        case.engine.others[0], case.engine.others[1] = (
            account("late", State.WAITING, place=1, priority=1),
            account("soon", State.WAITING, place=2),
        )
        await case.until(lambda: "priority 1" in case.text())
        assert screen.current is not None
        assert screen.current.id == "late"
        await case.pilot.press("minus")
        await case.until(lambda: case.engine.asked_of_others[1:] == [("late", 0)])


async def test_what_is_refused_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(engine()) as case:
        await shown(case, "late")

        def refuse(batch: str, priority: int) -> None:
            raise BatchError("The batch has begun: only one that waits for its turn has a priority.")

        monkeypatch.setattr(case.engine, "rank", refuse)
        await case.pilot.press("plus")
        await case.until(lambda: "The batch has begun" in case.text())


async def test_one_that_is_over_is_forgotten_and_its_rest_done() -> None:
    async with opened(engine()) as case:
        await shown(case, "whole")
        assert "retry" not in case.text()
        await case.pilot.press("d")
        await case.until(lambda: "2 over" in case.text())
        await shown_again(case, "failed")
        await case.pilot.press("r")
        await case.until(lambda: case.engine.rest == ["failed"])
        await case.until(lambda: case.app.bridge.batch.batch == "rest-of-failed")


async def shown_again(case: Opened, name: str) -> None:
    await case.pilot.press("escape")
    await case.until(lambda: case.app.screen is case.app.main)
    await shown(case, name)


async def test_the_same_is_done_to_other_images(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new.jpg").touch()
    monkeypatch.setattr(tui.app, "find_images", find_images)
    async with opened(engine(), paths=(str(tmp_path),)) as case:
        await shown(case, "whole")
        await case.pilot.press("a")
        await case.until(lambda: isinstance(case.app.screen, ApplyScreen))
        await case.until(lambda: "1 file, such as elsewhere/new.webp" in case.text())
        assert "invert" in case.text()
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        (asked,) = case.engine.submitted
        assert (asked.stack, asked.format, asked.quality) == (Stack.parse(["invert"]), "webp", 70)
        assert asked.output == "/elsewhere"
        assert case.app.bridge.stack == Stack()


async def test_each_button_can_be_clicked_and_a_row_twice() -> None:
    async with opened(engine()) as case:
        screen = await shown(case, "batch-0")
        buttons = screen.query_one(Buttons)
        line = buttons.render_line(0).text
        await case.pilot.click(buttons, offset=(line.index("pause"), 0))
        await case.until(lambda: case.engine.asked == [Verb.PAUSE])
        await case.pilot.click(JobRows, offset=(5, 3))
        assert screen.current is not None
        assert screen.current.place == 1
        await case.pilot.click(JobRows, offset=(5, 1), times=2)
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.bridge.batch.batch is not None


async def test_no_batch_says_how_to_make_one() -> None:
    async with opened(FakeEngine()) as case:
        await shown(case)
        assert "Mark images and apply the stack" in case.text()
        await case.pilot.press("enter", "p", "c", "C", "r", "d", "plus")
        assert isinstance(case.app.screen, JobsScreen)
        await case.pilot.press("q")
        assert case.app.screen is case.app.main
