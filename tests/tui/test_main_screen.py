"""The main screen against the fake engine: what is shown, what keys and mouse do, how it folds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

import tui.app
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import COUNT, folder, opened
from tui.io import Found
from tui.screens.type_value import TypeValueScreen
from tui.values import Entry

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
NASTY = (
    "[bold]not markup[/].jpg",
    "evil\x1b[2J.jpg",
    "rtl\u202egpj.exe",
    "bytes\udcff.jpg",
    "日本語の写真.jpg",
    "é" * 80,
)


async def test_names_sizes_and_megapixels_are_shown_and_what_cannot_be_read_is_marked() -> None:
    async with opened() as case:
        await case.until(lambda: len(case.app.main.images.facts) == COUNT)
        await case.pilot.pause()
        lines = case.lines()
        assert "~/photographs/iceland" in lines[0]
        assert "12 images" in lines[0]
        assert all(part in lines[2] for part in ("DSC_0001.jpg", "4.2 MB", "24.0"))
        assert "DSC_0003.jpg" in lines[4]
        assert "?" in lines[4][:34]
        assert "6000 × 4000   24.0 MP" in case.text()


async def test_another_image_is_named_at_once_and_drawn_coarse_then_sharp() -> None:
    async with opened() as case:
        drawn = []
        receive = case.app.main.receive
        case.app.main.receive = lambda fact: (drawn.append(fact), receive(fact))  # type: ignore[method-assign]
        case.engine.looks.clear()
        await case.pilot.press("j")
        await case.settled()
        assert [look.path for look in case.engine.looks] == ["/photos/DSC_0002.jpg"]
        pictures = [fact for fact in drawn if hasattr(fact, "strips")]
        assert pictures[0].strips is None
        assert pictures[0].view.path == "/photos/DSC_0002.jpg"
        assert sum(fact.strips is not None for fact in pictures) in (1, 2)
        assert case.app.main.picture.strips


async def test_holding_a_key_changes_the_picture_with_the_newest_value() -> None:
    async with opened() as case:
        await case.develop("exposure")
        before = case.app.main.picture.strips
        await case.pilot.press(*["right"] * 8)
        await case.settled()
        assert case.values[0][2]["ev"] == pytest.approx(0.8)
        assert case.engine.looks[-1].stack == case.app.bridge.stack
        assert case.app.main.picture.strips != before
        assert "0.8 stops" in case.text()


async def test_only_one_look_is_asked_for_each_change_and_the_timer_rests_afterwards() -> None:
    async with opened() as case:
        asked = len(case.engine.looks)
        await case.develop("exposure")
        assert len(case.engine.looks) == asked + 1
        ticker = case.app.bridge.preview._looks
        assert not ticker._active.is_set()  # type: ignore[attr-defined]


async def test_before_and_after() -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1")
        await case.pilot.press("b")
        await case.settled()
        assert "before" in case.app.main.caption.render_line(0).text
        await case.pilot.press("b")
        await case.settled()
        assert "before" not in case.app.main.caption.render_line(0).text
        assert case.values == [("exposure", True, {"ev": 1.0})]


async def test_what_the_engine_says_is_in_the_caption() -> None:
    note = "gaussian-blur: sigma 2 px is under half a pixel here"
    async with opened(FakeEngine(notes=(note,))) as case:
        assert note in " ".join(case.text().split())
    async with opened(FakeEngine(notes=(note,)), size=(80, 24)) as case:
        shown = [case.app.main.caption.render_line(y).text.strip() for y in (0, 1)]
        assert " ".join(shown) == note


async def test_an_image_that_cannot_be_shown_says_why() -> None:
    async with opened(FakeEngine(error="/photos/DSC_0001.jpg is cut short: copy it again.")) as case:
        assert "is cut short: copy it again." in " ".join(case.text().split())
        assert not case.app.main.picture.strips


async def test_a_typed_value_is_checked_and_set() -> None:
    async with opened() as case:
        await case.develop("exposure")
        await case.pilot.press("enter")
        assert isinstance(case.app.screen, TypeValueScreen)
        await case.type("99")
        await case.pilot.press("enter")
        assert isinstance(case.app.screen, TypeValueScreen)
        assert "ev must be between" in case.text()
        await case.pilot.press("backspace", "backspace")
        await case.type("-1.25")
        await case.pilot.press("enter")
        await case.settled()
        assert case.values == [("exposure", True, {"ev": -1.25})]


async def test_a_filter_is_found_by_a_few_letters_and_added_with_its_defaults() -> None:
    async with opened() as case:
        await case.add("unsh")
        assert case.values == [("unsharp-mask", True, {"radius": 1.0, "amount": 0.8, "threshold": 0.0})]
        assert case.app.main.pane == "stack"
        assert case.app.main.stack.setting is not None


@pytest.mark.parametrize(("column", "does"), [(5, "go"), (1, "mark")])
async def test_the_mouse_goes_to_an_image_or_marks_it(column: int, does: str) -> None:
    async with opened() as case:
        await case.pilot.click(case.app.main.images, offset=(column, 4))
        await case.settled()
        images = case.app.main.images
        assert (images.cursor, images.marked) == ((3, set()) if does == "go" else (0, {3}))


async def test_the_mouse_pulls_a_slider_and_flips_a_switch() -> None:
    async with opened() as case:
        await case.develop("exposure", "invert")
        stack = case.app.main.stack
        await case.pilot.mouse_down(stack, offset=(18, 2))
        await case.pilot.hover(stack, offset=(30, 2))
        await case.pilot.mouse_up(stack, offset=(30, 2))
        await case.settled()
        assert case.values[0][2]["ev"] == stack.steps[0].values[0][0].control[1]
        await case.pilot.click(stack, offset=(1, 3))
        await case.settled()
        assert [on for _, on, _ in case.values] == [True, False]


async def test_a_choice_is_stepped_through_typed_and_clicked() -> None:
    async with opened() as case:
        await case.develop("flip")
        assert "‹ horizontal ›" in case.text()
        for keys, direction in (
            (["right"], 1.0),
            (["l"], 0.0),
            (["h"], 1.0),
            (["r"], 0.0),
            (["right_curly_bracket"], 1.0),
        ):
            await case.pilot.press(*keys)
            await case.settled()
            assert case.values == [("flip", True, {"direction": direction})]
        await case.pilot.click(case.app.main.stack, offset=(20, 2))
        await case.settled()
        assert case.values == [("flip", True, {"direction": 0.0})]


async def test_the_size_of_the_result_is_told() -> None:
    async with opened(size=(140, 40)) as case:
        assert "6000 × 4000   24.0 MP" in case.text()
        await case.develop("resize:width=3000")
        assert "6000 × 4000 → 3000 × 2000   6.0 MP" in case.text()
        await case.pilot.press("b")
        await case.settled()
        assert "6000 × 4000   24.0 MP" in case.text()


async def test_of_a_word_the_beginning_is_enough() -> None:
    async with opened() as case:
        await case.develop("flip")
        await case.pilot.press("enter")
        assert "horizontal, vertical" in case.text()
        await case.type("x")
        assert "direction must be one of horizontal, vertical, not 'x'." in " ".join(case.text().split())
        await case.pilot.press("backspace")
        await case.type("ver")
        await case.pilot.press("enter")
        await case.settled()
        assert case.values == [("flip", True, {"direction": 1.0})]


async def test_a_hint_is_a_button() -> None:
    async with opened() as case:
        bar = case.app.main.key_bar
        start = bar.render_line(0).text.index("before")
        await case.pilot.click(bar, offset=(start, 0))
        await case.until(lambda: case.app.bridge.preview.before)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 50), (300, 90)])
async def test_every_size_shows_images_picture_and_stack_in_turn(size: tuple[int, int]) -> None:
    async with opened(size=size) as case:
        main = case.app.main
        assert main.images.display
        assert main.picture.size.width >= 16
        assert main.picture.size.height >= 6
        await case.develop("levels:black=0.1")
        await case.pilot.pause()
        assert main.stack.display
        assert main.stack.size.width >= 16
        assert "0.10" in case.text()
        assert main.images.display == (size[0] >= 100)
        assert all(len(line) == size[0] for line in case.lines())


async def test_another_size_of_the_terminal_asks_for_another_picture() -> None:
    async with opened(size=(120, 40)) as case:
        before = case.engine.looks[-1]
        await case.pilot.resize_terminal(80, 24)
        await case.until(lambda: case.engine.looks[-1].width != before.width)
        await case.settled()
        assert case.engine.looks[-1].height == 2 * case.app.main.picture.size.height


async def test_names_that_mean_harm_are_shown_harmlessly(monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(paths: Iterable[str]) -> Iterator[Found]:
        yield Found(tuple(Entry(f"/photos/{name}", name) for name in NASTY), complete=True)

    monkeypatch.setattr(tui.app, "find_images", scan)
    async with opened(size=(200, 40)) as case:
        for _ in NASTY:
            await case.pilot.press("j")
            await case.settled()
            text = case.text()
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert "\udcff" not in text
        assert "[bold]not markup[/].jpg" in case.text()
        assert "\\xff" in case.text()


async def test_fifty_thousand_images_are_a_list_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(paths: Iterable[str]) -> Iterator[Found]:
        for start in range(0, 50_000, 5_000):
            names = [f"DSC_{number:05}.jpg" for number in range(start, start + 5_000)]
            yield Found(tuple(Entry(f"/photos/{name}", name) for name in names), complete=start == 45_000)

    monkeypatch.setattr(tui.app, "find_images", scan)
    async with opened() as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("G")
        await case.settled()
        assert "DSC_49999.jpg" in case.text()
        assert "50,000 images" in case.text()
        await case.until(lambda: 49_999 in case.app.main.images.facts)
        assert len(case.app.main.images.facts) < 200


async def test_an_empty_folder_and_an_unreadable_one_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    error = "The folder /photos cannot be read (Permission denied): check its name and permissions."
    monkeypatch.setattr(tui.app, "find_images", lambda paths: iter([Found((), complete=True, error=error)]))
    async with opened() as case:
        text = case.text()
        assert "No images here." in text
        assert "No filter yet." in text
        assert "f adds one." in text
        assert error in text
        await case.pilot.press("a")
        assert "There is no image to apply the stack to." in case.text()
