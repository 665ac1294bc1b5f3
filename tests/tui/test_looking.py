"""Zoom, panning, halves and several images: by keys and by mouse, and the arithmetic between cells and pixels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import MouseMove, MouseScrollDown, MouseScrollUp
from textual.geometry import Offset
from textual.strip import Strip

from tests.tui.opened import COUNT, Opened, folder, opened
from tui.bridge.aim import Aim, Seen, moved, stepped, zoomed
from tui.messages import Fact, PictureDrawn
from tui.values import Spot
from tui.widgets import flicker, slides

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
TINY = 1e-9
SHARES = st.floats(0.05, 0.95)


def place(case: Opened, across: float, down: float) -> Offset:
    """A cell of the picture, by shares of the space it has."""
    region = case.app.main.picture.region
    return Offset(int(region.width * across), int(region.height * down))


async def scroll(case: Opened, event: type[MouseScrollUp | MouseScrollDown], at: Offset) -> None:
    """Turn the wheel."""
    picture = case.app.main.picture
    picture.post_message(event(picture, at.x, at.y, 0, 0, 0, False, False, False))
    await case.pilot.pause()
    await case.settled()


async def test_the_wheel_goes_nearer_to_what_is_under_the_mouse() -> None:
    async with opened() as case:
        at = place(case, 0.75, 0.25)
        before = case.app.bridge.preview._view.across
        await scroll(case, MouseScrollUp, at)
        for _ in range(5):
            await scroll(case, MouseScrollUp, at)
        aim = case.app.bridge.preview.aim
        assert aim.zoom * 6000 > 4 * before
        assert aim.centre[0] > 0.6
        assert aim.centre[1] < 0.4
        for _ in range(8):
            await scroll(case, MouseScrollDown, at)
        assert case.app.bridge.preview.aim.zoom == 0.0


async def test_a_double_click_shows_pixels_and_another_all() -> None:
    async with opened() as case:
        for zoom in (1.0, 0.0):
            await case.pilot.double_click("#picture", offset=place(case, 0.5, 0.5))
            await case.settled()
            assert case.engine.looks[-1].zoom == zoom


async def test_the_mouse_pulls_the_picture() -> None:
    async with opened() as case:
        await case.pilot.press("z")
        await case.settled()
        before = case.engine.looks[-1].centre
        await case.pilot.mouse_down("#picture", offset=place(case, 0.5, 0.5))
        picture = case.app.main.picture
        picture.post_message(MouseMove(picture, 10, 10, -7, -3, 1, False, False, False))
        await case.pilot.pause()
        await case.settled()
        across, down = case.engine.looks[-1].centre
        assert (across - before[0]) * 6000 == pytest.approx(7)
        assert (down - before[1]) * 4000 == pytest.approx(6)
        await case.pilot.mouse_up("#picture", offset=place(case, 0.4, 0.4))
        after = case.engine.looks[-1]
        await case.pilot.hover("#picture", offset=place(case, 0.2, 0.2))
        await case.settled()
        assert case.engine.looks[-1] is after


async def test_the_pixel_under_the_mouse_is_told() -> None:
    async with opened() as case:
        await case.pilot.press("z")
        await case.settled()
        at = place(case, 0.5, 0.5)
        await case.pilot.hover("#picture", offset=at)
        await case.until(lambda: " R " in case.app.main.caption.view.probe)  # type: ignore[union-attr]
        look, pixels = case.engine.looks[-1], case.engine._last
        assert pixels is not None
        probe = case.app.bridge.preview._view.probe
        red, green, blue = pixels.pixels[at.y * 2 + 1, at.x]
        assert probe.endswith(f"R {red}  G {green}  B {blue}   #{red:02x}{green:02x}{blue:02x}")
        x, y = (int(number.strip(",")) for number in probe.split()[:2])
        assert abs(x - (6000 - look.width) / 2 - at.x) <= 1
        assert abs(y - (4000 - look.height) / 2 - 2 * at.y) <= 1
        await case.pilot.hover("#images")
        await case.until(lambda: not case.app.bridge.preview._view.probe)


async def test_a_slide_show_goes_on_to_the_last_image_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slides, "SECONDS", 0.01)
    async with opened() as case:
        case.app.main.images.move_to(8)
        await case.pilot.press("V")
        await case.until(lambda: case.app.main.images.cursor == COUNT - 1)
        await case.until(lambda: not case.app.main.has_class("-full"))


async def test_any_key_ends_a_slide_show() -> None:
    async with opened() as case:
        await case.pilot.press("V", "n")
        assert not case.app.main.has_class("-full")
        assert case.app.main.images.cursor == 1


async def test_before_and_after_in_turns_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flicker, "SECONDS", 0.01)
    async with opened() as case:
        await case.develop("exposure:ev=1")
        drawn: list[tuple[bool, tuple[Strip, ...]]] = []
        show = case.app.main.receive

        def receive(fact: Fact) -> None:
            if isinstance(fact, PictureDrawn) and fact.strips is not None:
                drawn.append((fact.view.before, fact.strips))
            show(fact)

        monkeypatch.setattr(case.app.main, "receive", receive)
        looks = len(case.engine.looks)
        await case.pilot.press("tilde")
        await case.until(lambda: len(drawn) > 12)
        assert len(case.engine.looks) == looks + 1
        pictures = dict(drawn[-2:])
        assert set(pictures) == {False, True}
        assert pictures[False] != pictures[True]
        await case.pilot.press("tilde")
        count = len(drawn)
        assert not case.app.bridge.preview.before
        await case.pilot.pause(0.1)
        assert len(drawn) == count
        await case.pilot.press("tilde", "n")
        await case.settled()
        assert case.app.main.images.cursor == 1
        assert not case.app.bridge.preview.before
        assert case.engine.looks[-1].path.endswith("0002.jpg")


async def test_what_was_drawn_of_another_stack_is_not_shown_again() -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1")
        await case.pilot.press("b")
        await case.settled()
        await case.develop("exposure:ev=2")
        looks = len(case.engine.looks)
        await case.pilot.press("b")
        await case.settled()
        assert len(case.engine.looks) == looks + 1
        assert case.engine.looks[-1].stack.steps


async def test_a_thin_line_is_not_filled_with_turns() -> None:
    async with opened() as case:
        await case.pilot.press("tilde")
        assert "before and after are the same" in case.text()
        await case.develop("exposure:ev=1")
        case.app.sight.link.chosen = "thin"
        await case.pilot.press("tilde")
        await case.until(lambda: "thin line carries: b shows" in case.text())
        assert not case.app.bridge.preview.before


async def test_zoom_stays_with_the_next_image() -> None:
    async with opened() as case:
        await case.pilot.press("z", "ctrl+right")
        await case.settled()
        before = case.engine.looks[-1]
        await case.pilot.press("n")
        await case.settled()
        look = case.engine.looks[-1]
        assert (look.zoom, look.centre) == (before.zoom, before.centre)
        assert look.path != before.path


async def test_without_marks_this_image_stays_beside_those_that_follow() -> None:
    async with opened() as case:
        await case.pilot.press("C")
        await case.settled()
        for number in (2, 3):
            look = case.engine.looks[-1]
            assert [pane.path for pane in look.panes] == [f"/photos/DSC_000{number}.jpg", "/photos/DSC_0001.jpg"]
            assert f"DSC_000{number}.jpg │ DSC_0001.jpg" in case.text()
            await case.pilot.press("n")
            await case.settled()
        await case.pilot.press("C")
        await case.settled()
        assert not case.engine.looks[-1].beside


@given(SHARES, SHARES, st.floats(-40, 40), st.floats(-20, 20), st.floats(0.1, 8))
def test_what_is_at_the_spot_stays_there(across: float, down: float, columns: float, rows: float, zoom: float) -> None:
    seen = Seen((0.0, 0.0, 1.0, 1.0), (6000, 4000), 0.02, (1, 2))
    aim = zoomed(Aim(), seen, zoom, Spot(across, down, columns, rows))
    assert aim.centre[0] + columns / zoom / 6000 == pytest.approx(across)
    assert aim.centre[1] + rows * 2 / zoom / 4000 == pytest.approx(down)


@given(st.floats(0.011, 30))
def test_in_and_out_again_is_the_same_size(zoom: float) -> None:
    seen = Seen((0.0, 0.0, 0.5, 0.5), (6000, 4000), zoom, (1, 2))
    nearer = stepped(seen, 1, 0.01)
    assert nearer > zoom
    assert stepped(seen._replace(zoom=nearer), -1, 0.01) <= max(zoom, 0.02)
    assert stepped(seen, -40, 0.01) == 0.0


@given(st.floats(-500, 500), st.floats(-500, 500))
def test_panning_ends_at_the_edges(columns: float, rows: float) -> None:
    aim = moved(Aim(1.0), Seen((0.4, 0.4, 0.5, 0.6), (1000, 1000), 1.0, (1, 2)), columns, rows)
    assert 0.05 - TINY <= aim.centre[0] <= 0.95 + TINY
    assert 0.1 - TINY <= aim.centre[1] <= 0.9 + TINY


def test_four_quarter_turns_are_none() -> None:
    aim = Aim(1.0, (0.2, 0.7))
    assert aim.turned(1).centre == pytest.approx((0.3, 0.2))
    assert aim.turned(1).turned(3).centre == pytest.approx(aim.centre)
    assert aim.turned(2).turns == 2
