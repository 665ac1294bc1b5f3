"""The screens around batches as pictures; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot

from engine.job import State
from tests.tui.fake_engine import FakeEngine, gradient
from tests.tui.opened import Opened, folder
from tests.tui.test_jobs_screen import several
from tui.app import Safelight
from tui.commands import perform
from tui.io import draw
from tui.output.colours import Colours
from tui.screens.contact_sheet import ContactSheetScreen, Take
from tui.settings.chosen import Config, Settings
from tui.values import Predicted, Sheet

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
Compare = Callable[..., bool]
NOON = time.mktime((2026, 5, 1, 12, 0, 0, 0, 0, -1))
TOLD = Predicted(
    files=214,
    left_alone=3,
    tried=12,
    failing=1,
    megapixels=5136.0,
    seconds=431.0,
    workers=8,
    stages=(("decode", 1210.0), ("filter", 1480.0), ("encode", 700.0), ("wait", 58.0)),
    bytes=1_900_000_000,
    free=1_200_000_000,
    memory=1_100_000_000,
    budget=4_000_000_000,
    warning="The results need about 1.9 GB, and the disk has 1.2 GB left.",
)


async def jobs(case: Opened) -> None:
    """All batches, the cursor on the one with failures."""
    perform("show_batch", case.app)
    await case.until(lambda: "3 over" in case.text())
    await case.pilot.press(*["down"] * 4)


async def sheet(case: Opened) -> None:
    """Twelve results, one of which cannot be made, and a disk that is too full."""
    names = tuple(f"DSC_{number:04}.jpg" for number in range(1, 13))

    def fit(size: tuple[int, int], take: Take) -> None:
        columns, rows = size
        way = case.app.sight.way()
        across, down = way.grain
        pictures = {
            number: draw(gradient(columns * across, rows * down, 5 * number), way, way.sharp)
            for number in range(12)
            if number != 4
        }
        case.app.call_later(take, Sheet(drawn=pictures, errors={4: "cut short"}, told=TOLD))

    case.app.push_screen(ContactSheetScreen(lambda take: take(Sheet(names, 214)), fit, lambda: None))
    await case.until(lambda: "the disk has" in case.text())


@pytest.mark.parametrize("theme", ["safelight", "daylight"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("opens", [jobs, sheet])
def test_batch_screens(
    opens: Callable[[Opened], Awaitable[None]], size: tuple[int, int], theme: str, snap_compare: Compare
) -> None:
    others = [replace(each, info=replace(each.info, started=NOON)) for each in several()]
    engine = FakeEngine(running=True, frames=0, stands_at=9, others=others, state=State.RUNNING)
    chosen = Settings(Config({"theme": theme}), {"SAFELIGHT_GRAPHICS": "half", "SAFELIGHT_TOUR": "off"})
    app = Safelight(("/photos",), make_engine=lambda: engine, colours=Colours("truecolor", "a test"), settings=chosen)

    async def show(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await opens(case)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=show)
