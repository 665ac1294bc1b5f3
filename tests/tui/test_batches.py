"""Batches in the app, against the fake engine: applying, following, pausing, cancelling, failures, leaving."""

from __future__ import annotations

from pathlib import Path

import pytest

import tui.app
from engine.files.encode import FORMATS
from engine.job import State, Verb
from engine.sidecars.edits import write_edits
from engine.stack import Stack
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import folder, opened
from tui.bridge import own_edits
from tui.io import find_images
from tui.screens.apply import ApplyScreen
from tui.screens.failures import FailuresScreen
from tui.screens.jobs import JobsScreen
from tui.screens.question import QuestionScreen

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A real folder with three names in it; planning a batch looks at names only."""
    for name in ("a.jpg", "b.jpg", "c.png"):
        (tmp_path / name).touch()
    monkeypatch.setattr(tui.app, "find_images", find_images)
    return tmp_path


async def test_marked_images_are_applied_with_what_was_chosen(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.develop("exposure:ev=0.5")
        await case.pilot.press("M", "a")
        dialog = case.app.screen
        assert isinstance(dialog, ApplyScreen)
        await case.until(lambda: "3 files" in case.text())
        assert "developed/a.jpg" in case.text()
        assert "exposure" in case.text()
        assert dialog._format.options == ("keep", *FORMATS)
        await case.pilot.press("tab", *["right"] * dialog._format.options.index("jpeg"), "tab")
        await case.type("0")
        await case.until(lambda: "Quality must be a whole number from 1 to 100" in case.text())
        await case.pilot.press("enter")
        assert case.app.screen is dialog
        await case.pilot.press("backspace")
        await case.type("80")
        await case.pilot.press("tab")
        await case.type("none")
        await case.until(lambda: "longer side is 1 to" in case.text())
        await case.pilot.press("ctrl+u")
        await case.type("1200")
        await case.pilot.press("tab", "right", "tab", "right")
        await case.until(lambda: "developed/a.jpg" in case.text())
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        (specification,) = case.engine.submitted
        assert [Path(task.source).name for task in specification.tasks] == ["a.jpg", "b.jpg", "c.png"]
        assert specification.stack == Stack.parse(["exposure:ev=0.5", "resize:width=1200,height=1200,fit=shrink"])
        assert (specification.format, specification.quality, specification.existing) == ("jpeg", 80, "skip")
        assert specification.metadata == "all"
        await case.until(lambda: "running" in case.text())


async def test_each_image_may_have_its_own_edits_and_what_was_chosen_is_remembered(pictures: Path) -> None:
    own = {name: Stack.parse([f"exposure:ev={ev}"]) for name, ev in (("a.jpg", 1), ("c.png", 2))}
    for name, stack in own.items():
        write_edits(str(pictures / name), stack, None)
    async with opened(paths=(str(pictures),)) as case:
        await case.pilot.press("M", "a", "shift+tab", "right")
        await case.until(lambda: "2 files" in case.text() and "1 image without edits is left out" in case.text())
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        (specification,) = case.engine.submitted
        assert {Path(task.source).name: specification.stack_of(task) for task in specification.tasks} == own
        case.app.main.images.move_to(1)
        await case.pilot.press("U", "a")
        await case.until(lambda: "None of these images has edits" in case.text())


async def test_edits_that_are_not_written_yet_count(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setattr(own_edits, "REST", 3600.0)
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: case.app.bridge.preview.path)
        await case.develop("sepia")
        await case.pilot.press("a", "shift+tab", "right")
        await case.until(lambda: "1 file," in case.text())
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        assert case.engine.submitted[0].edits == (Stack.parse(["sepia"]),)


async def test_without_marks_the_current_image_is_applied_and_escape_starts_nothing(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.pilot.press("j", "a")
        await case.until(lambda: "1 file, such as" in case.text() and "developed/b.jpg" in case.text())
        await case.pilot.press("escape")
        assert case.app.screen is case.app.main
        assert not case.engine.submitted


async def test_what_the_engine_refuses_is_said_while_one_types(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.pilot.press("a")
        await case.until(lambda: "1 file" in case.text())
        (pictures / "developed").touch()
        await case.pilot.press("tab", "right")
        await case.until(lambda: "is not a folder" in " ".join(case.text().split()))


async def test_a_batch_under_way_is_found_followed_and_summed_up() -> None:
    async with opened(FakeEngine(running=True, frames=8)) as case:
        await case.until(lambda: "running" in case.text())
        text = case.text()
        assert "F filter" in text
        assert "D decode" in text
        assert "16.2 MP/s" in text
        assert "97 % cpu" in text
        assert "cores" in text
        assert "of 48 done" in text
        assert "DSC_0" in text
        height = case.app.main.engine.size.height
        assert height > 4
        await case.until(lambda: "done: 47 files in" in case.text())
        assert "1 failed" in case.text()
        await case.until(lambda: case.app.main.engine.size.height == 1)
        assert not case.app.bridge.batch.running
        assert not case.app.bridge.batch._beats._active.is_set()  # type: ignore[attr-defined]


async def test_the_failures_are_listed_by_name_with_their_sentences() -> None:
    async with opened(FakeEngine(running=True, frames=0, failing=3)) as case:
        await case.until(lambda: len(case.app.bridge.batch.failures) == 3)
        await case.pilot.press("e")
        assert isinstance(case.app.screen, FailuresScreen)
        assert "3 files failed" in case.text()
        assert "broken-2.jpg" in case.text()
        await case.pilot.press("down")
        await case.pilot.pause()
        assert "/photos/broken-1.jpg is cut short: copy it again." in case.text()
        await case.pilot.press("escape")
        assert case.app.screen is case.app.main


async def test_pause_stands_still_and_goes_on() -> None:
    async with opened(FakeEngine(running=True, frames=0)) as case:
        await case.until(lambda: case.app.main.engine.snapshot)
        await case.pilot.press("p")
        await case.until(lambda: " paused " in case.text())
        await case.pilot.press("p")
        await case.until(lambda: " running " in case.text())
        assert case.engine.asked == [Verb.PAUSE, Verb.RESUME]


@pytest.mark.parametrize(
    ("keys", "asked"),
    [(["n"], []), (["escape"], []), (["f"], [Verb.DRAIN]), (["down", "down", "enter"], [Verb.CANCEL])],
)
async def test_cancelling_asks_first(keys: list[str], asked: list[Verb]) -> None:
    async with opened(FakeEngine(running=True, frames=0)) as case:
        await case.pilot.press("c")
        assert isinstance(case.app.screen, QuestionScreen)
        await case.pilot.press(*keys)
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.engine.asked == asked


@pytest.mark.parametrize(
    ("key", "leaves", "asked"),
    [("l", True, []), ("c", True, [Verb.CANCEL]), ("s", False, []), ("escape", False, [])],
)
async def test_leaving_while_a_batch_runs_asks_what_becomes_of_it(key: str, leaves: bool, asked: list[Verb]) -> None:
    async with opened(FakeEngine(running=True, frames=0)) as case:
        await case.pilot.press("q")
        assert isinstance(case.app.screen, QuestionScreen)
        await case.pilot.press(key)
        await case.until(lambda: case.app._exit if leaves else case.app.screen is case.app.main)
        assert case.engine.asked == asked
        assert leaves or case.app.return_code is None


async def test_leaving_lets_go_of_the_engine() -> None:
    async with opened() as case:
        await case.pilot.press("q")
    assert case.engine.closed


async def test_nothing_to_pause_cancel_or_list_is_said_in_one_sentence() -> None:
    async with opened() as case:
        for key, sentence in (
            ("p", "No batch is running."),
            ("c", "No batch is running."),
            ("e", "No file has failed."),
        ):
            await case.pilot.press(key)
            assert sentence in case.lines()[-1]


async def test_many_workers_stand_in_columns() -> None:
    async with opened(FakeEngine(running=True, frames=0, workers=30), size=(200, 48)) as case:
        await case.until(lambda: case.app.main.engine.size.height > 1)
        await case.pilot.pause()
        assert case.app.main.engine.size.height <= 16
        assert all(f" {number} " in case.text() for number in (1, 13, 14, 26, 27, 30))


async def test_a_batch_whose_process_died_says_what_to_do() -> None:
    engine = FakeEngine(running=True, frames=0)
    async with opened(engine) as case:
        await case.until(lambda: case.app.main.engine.snapshot)
        engine.state = State.BROKEN
        await case.until(lambda: "history batch-0 --resume` does the rest" in case.lines()[-1])
        assert "broken: " in case.text()


async def test_another_batch_is_shown_that_was_started_elsewhere() -> None:
    engine = FakeEngine(frames=0)
    async with opened(engine) as case:
        await case.settled()
        engine.running, engine.total, engine.failing = True, 7, 2
        await case.type("B")
        await case.until(lambda: "batch-0" in case.text())
        assert isinstance(case.app.screen, JobsScreen)
        assert "R running" in case.text()
        assert "3 of 7" in case.text()
        await case.pilot.press("enter")
        await case.until(lambda: len(case.app.bridge.batch.failures) == 2)
        await case.until(lambda: case.app.main.engine.snapshot)
        await case.pilot.press("p")
        assert engine.asked == [Verb.PAUSE]


async def test_a_batch_that_ended_early_says_why() -> None:
    engine = FakeEngine(running=True, frames=0)
    async with opened(engine) as case:
        await case.until(lambda: case.app.main.engine.snapshot)
        engine.state = State.CANCELLED
        await case.until(lambda: "cancelled: " in case.text())
        assert "not begun" in case.text()


async def test_what_failed_is_tried_again_once_the_batch_is_over(pictures: Path) -> None:
    async with opened(FakeEngine(running=True, frames=6), paths=(str(pictures),)) as case:
        await case.until(lambda: not case.app.bridge.batch.running and case.app.bridge.batch.failures)
        await case.pilot.press("e")
        await case.until(lambda: "r try again" in case.text())
        await case.pilot.press("r")
        await case.until(lambda: case.engine.rest == ["batch-0"])
        await case.until(lambda: case.app.bridge.batch.batch == "rest-of-batch-0")


async def test_a_batch_that_runs_is_not_tried_again(pictures: Path) -> None:
    async with opened(FakeEngine(running=True, frames=0), paths=(str(pictures),)) as case:
        await case.until(lambda: case.app.bridge.batch.failures)
        await case.pilot.press("e")
        await case.until(lambda: "1 file failed" in case.text())
        assert "try again" not in case.text()
        await case.pilot.press("r")
        assert not case.engine.rest
