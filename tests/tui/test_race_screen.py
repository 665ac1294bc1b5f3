"""Strategies run from the app: lanes meanwhile, figures after, by key and mouse, on real threads and processes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from engine.lab.strategies import strategies
from engine.lab.watching.timeline import KINDS
from tests.tui.driver import terminal_of
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tests.tui.raced import NAMES, Told
from tests.tui.test_quietness import in_a_terminal, until
from tui.bridge import racing
from tui.heats import STATES, Stand
from tui.output.link import PROFILES
from tui.screens.lab import LabScreen
from tui.screens.race import RaceScreen
from tui.screens.strategy import StrategyScreen
from tui.widgets.buttons import Buttons

__all__ = ["folder"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="takes time lines")


@pytest.fixture
def picture(tmp_path: Path, photographs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small one, and runs that are over soon: what is measured means nothing, that it is measured does."""
    monkeypatch.setattr(racing, "SECONDS", 0.02)
    with Image.open(photographs / "nuthatch.jpg") as whole:
        whole.resize((90, 60)).save(tmp_path / "a.png")
    return tmp_path


async def enter(case: Opened) -> LabScreen:
    await case.until(lambda: case.app.main.images.complete)
    await case.pilot.press("A")
    await case.until(lambda: isinstance(case.app.screen, LabScreen))
    await case.until(lambda: "processed in" in case.text())
    assert isinstance(case.app.screen, LabScreen)
    return case.app.screen


async def raced(case: Opened) -> RaceScreen:
    await case.until(lambda: isinstance(case.app.screen, RaceScreen))
    assert isinstance(case.app.screen, RaceScreen)
    return case.app.screen


def row_of(name: str) -> int:
    return [*strategies()].index(name)


async def click(case: Opened, does: str) -> None:
    """On a button."""
    hints = case.app.screen.query_one(Buttons)
    start = 0
    for pressed, shown, word in hints._offered:
        if pressed == does:
            await case.pilot.click(hints, offset=(start, 0))
        start += len(shown) + len(word) + 4


def children() -> list[str]:
    """What measures, of the processes that this one started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = (place / "stat").read_text().rpartition(")")[2].split()[1]
            words = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == str(os.getpid()) and b"engine.lab" in words:
            found.append(place.name)
    return found


@LINUX
async def test_one_is_seen_while_it_runs_then_told_and_drawn(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(picture)
    async with opened(paths=(str(picture),)) as case:
        lab = await enter(case)
        lab._rows.move_to(row_of("threads-numba-gil"))
        await case.pilot.press("enter")
        screen = await raced(case)
        await case.until(lambda: screen._heat and screen._heat.stand is Stand.RUNS and screen._heat.pieces)
        assert re.search(r"run \d of 5", case.text())
        await case.until(lambda: screen._race.over)
        text = case.text()
        assert re.search(r"(taking turns|side by side|waiting for data) ×\d\.\d\d", text)
        assert re.search(r"waiting together ×\d\.\d\d", text)
        assert "with 2 workers in the Gaussian blur: " in text
        assert re.search(r"CPU [\d.]+ [\d.]+ s   none serialised   ready in \d+ ms   \d+ MB of memory", text)
        assert {"R", "I"} <= {letter for piece in screen._race.heats[0].pieces for letter in "".join(piece.lanes)}
        await case.pilot.press("w")
        await case.until(lambda: "safelight-lab-1.svg" in case.text())
        await case.pilot.press("w")
        await case.until(lambda: "safelight-lab-2.svg" in case.text())
        assert ET.parse(picture / "safelight-lab-1.svg").getroot().tag.endswith("svg")
        await case.pilot.press("question_mark")
        await case.until(lambda: isinstance(case.app.screen, StrategyScreen))
        await case.pilot.press("escape", "escape")
        await case.until(lambda: case.app.screen is lab)


@LINUX
async def test_a_race_is_ordered_by_speed_up_and_a_missing_one_says_so(picture: Path) -> None:
    gone = [name for name, each in strategies().items() if each.missing()]
    names = ("threads-numba-gil", "threads-numba-nogil", *gone[:1])
    async with opened(paths=(str(picture),), size=(80, 24)) as case:
        await enter(case)
        track = case.app.bridge.racing
        await case.app.push_screen(RaceScreen(track, names))
        screen = await raced(case)
        await case.until(lambda: any(each.stand is Stand.DONE for each in screen._order))
        await case.until(lambda: screen._race.over)
        for _ in range(len(STATES)):
            done = [each.results[screen._step].speed_up[0] for each in screen._order if each.results]
            assert done == sorted(done, reverse=True)
            await case.pilot.press("right")
        assert len(done) == 2
        assert all(len(each.results) == 4 for each in screen._order if each.stand is Stand.DONE)
        assert re.search(r"×\d\.\d\d +\d\.\d\d to \d\.\d\d", case.text())
        if gone:
            assert screen._order[-1].problem == strategies()[gone[0]].missing()
            await case.pilot.click(screen._rows, offset=(5, 2))
            assert strategies()[gone[0]].missing()[:30] in case.text()


@LINUX
async def test_escape_stops_at_any_moment_and_leaves_no_process(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        lab = await enter(case)
        await click(case, "race")
        screen = await raced(case)
        await case.until(children)
        await case.pilot.press("escape")
        await case.until(lambda: screen._race.over)
        assert case.app.screen is screen
        assert not children()
        assert [each.name for each in screen._race.heats] == [*strategies()]
        assert [each.stand for each in screen._race.heats][:2] == [Stand.CANCELLED, Stand.WAITS]
        await click(case, "again")
        await case.until(children)
        await click(case, "leave")
        await case.until(lambda: screen._race.over)
        await click(case, "leave")
        await case.until(lambda: case.app.screen is lab)


@LINUX
async def test_leaving_the_app_leaves_no_process(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        await enter(case)
        await case.pilot.press("r")
        await case.until(children)
    assert not children()


async def test_a_picture_that_is_gone_is_a_sentence(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        await enter(case)
        (picture / "a.png").unlink()
        await case.pilot.press("enter")
        screen = await raced(case)
        await case.until(lambda: screen._race.over)
        assert "a.png" in case.text()
        await case.pilot.press("w")
        await case.until(lambda: "There is nothing to draw yet" in case.text())


async def test_every_strategy_has_its_page(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        lab = await enter(case)
        for name, said in (("native-extension", "#include <Python.h>"), ("threads-numba-nogil", "def jitted")):
            lab._rows.move_to(row_of(name))
            await click(case, "why")
            await case.until(lambda: isinstance(case.app.screen, StrategyScreen))
            assert strategies()[name].title in case.text()
            for _ in range(20):
                if said in case.text():
                    break
                await case.pilot.press("pagedown")
            assert said in case.text()
            await click(case, "leave")
            await case.until(lambda: case.app.screen is lab)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", [(80, 24), (300, 90)])
@pytest.mark.parametrize("workers", [2, 64])
async def test_it_fits_any_terminal(size: tuple[int, int], workers: int) -> None:
    async with opened(size=size) as case:
        await case.app.push_screen(RaceScreen(Told(workers), NAMES))
        await case.pilot.pause()
        text = case.text()
        assert "×1.96" in text
        assert "run 3 of 5" in text
        assert "no free core" in text
        assert "esc stop" in text
        assert ("workers more" in text) == (workers == 64 and size == (80, 24))
        await case.pilot.resize_terminal(120, 40)
        await case.until(lambda: re.search(r"[━╸─]{40,} +×1.96 +1.92 to 2.01 +40.1 Mpx/s", case.text()))


@pytest.mark.usefixtures("folder")
async def test_a_click_shows_the_lanes_of_another() -> None:
    async with opened() as case:
        screen = RaceScreen(Told(), NAMES)
        await case.app.push_screen(screen)
        await case.pilot.pause()
        assert screen._heat is not None
        assert screen._heat.stand is Stand.RUNS
        await case.pilot.click(screen._rows, offset=(4, 1))
        assert screen._heat.name == "threads-python"
        assert "taking turns ×0.99" in case.text()


def test_letters_are_those_of_what_workers_do() -> None:
    assert [(state.letter, kind.name) for state, kind in zip(STATES, KINDS, strict=True)] == [
        ("R", "RUN"),
        ("G", "LOCK"),
        ("I", "INPUT"),
        ("C", "CORE"),
        ("·", "IDLE"),
    ]


@LINUX
@pytest.mark.usefixtures("folder")
async def test_lanes_over_a_network_take_few_bytes(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(racing, "SECONDS", 0.2)
    async with in_a_terminal(FakeEngine(dark=True)) as app:
        app.sight.link.chosen = "normal"
        track, terminal, costs = app.bridge.racing.on(str(picture / "a.png"), PROFILES["normal"]), terminal_of(app), []
        screen = RaceScreen(track, ("threads-numba-gil",))
        await app.push_screen(screen)
        await until(lambda: screen._heat and screen._heat.pieces)
        for _ in range(4):
            lanes = screen._heat
            await until(lambda lanes=lanes: screen._heat != lanes)
            costs.append(terminal.count())
        # Lanes rest while nobody watches a run: bytes a second are those of one change after the other.
        assert 0 < sum(costs[1:]) <= 4000 * track._interval() * len(costs[1:]), costs
