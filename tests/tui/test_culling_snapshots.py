"""Culling as pictures, with frozen values; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from engine.job import State
from engine.telemetry import Lane, Snapshot, Stage
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder
from tui.app import Safelight
from tui.messages import CullMoved, Fact, FactsRead, ImagesCulled
from tui.output.colours import Colours
from tui.settings.chosen import Config, Settings
from tui.values import Cull, CullRow, Facts

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
Compare = Callable[..., bool]
GROUPED = Cull(
    {
        4: CullRow("★", "best of a burst of 4: sharpest", 41.0, 1.0, 0.3, 0.0, 0.004),
        3: CullRow("│", "2 of a burst of 4", 36.0, 0.88, 0.3, 0.0, 0.004),
        5: CullRow("│", "3 of a burst of 4", 39.0, 0.95, 1.9, 0.0, 0.231),
        6: CullRow("╰", "4 of a burst of 4", 7.0, 0.17, -2.6, 0.052, 0.0),
        8: CullRow("★", "best of 2 near duplicates: largest", 28.0, 1.0, -0.4, 0.002, 0.0),
        9: CullRow("╰", "2 of 2 near duplicates", 28.0, 1.0, -0.4, 0.002, 0.0),
        7: CullRow("≠", "is PNG, named JPEG", 33.0, 1.0, 0.0, 0.0, 0.0),
        2: CullRow("!", "is damaged or cut short: copy it again from its source."),
    },
    ((4, 3, 5, 6), (8, 9)),
    12,
    12,
)
NOTHING = Cull({}, (), 12, 12)
LANES = tuple(
    Lane(f"worker {number}", stage, number, fraction, 120.0, 180.0, 0.94, 3.0, 2.9)
    for number, (stage, fraction) in enumerate(((Stage.DECODE, 0.05), (Stage.FILTER, 0.4)), 1)
)
SCORING = CullMoved(
    Snapshot("culling", State.RUNNING, 3.4, LANES, (0.97, 0.95), 12, 5, 1, 0, 120.0, 360.0, 4.0),
    ("DSC_0006.jpg", "DSC_0007.jpg"),
)
RATED = FactsRead({3: Facts(1, 6000, 4000, rating=-1), 4: Facts(1, 6000, 4000, rating=4)})
SHOWN: dict[str, tuple[Fact, ...]] = {
    "groups": (RATED, ImagesCulled(GROUPED)),
    "nothing": (ImagesCulled(NOTHING),),
    "scoring": (SCORING,),
}


@pytest.mark.parametrize("theme", ["safelight", "daylight"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("shown", SHOWN)
def test_culling(shown: str, size: tuple[int, int], theme: str, snap_compare: Compare) -> None:
    engine = FakeEngine()
    chosen = Settings(Config({"theme": theme}), {"SAFELIGHT_GRAPHICS": "half", "SAFELIGHT_TOUR": "off"})
    app = Safelight(("/photos",), make_engine=lambda: engine, colours=Colours("truecolor", "a test"), settings=chosen)

    async def show(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.until(lambda: len(app.main.images.facts) == 12)
        for fact in SHOWN[shown]:
            app.tell(fact)
        await pilot.press("down")
        await case.settled()

    assert snap_compare(app, terminal_size=size, run_before=show)
