"""Editors of curves, colours, gradients, masks and places: by key and by mouse, one step to undo for an edit."""

from __future__ import annotations

import pytest

from engine.filters import catalogue
from engine.mix import MASK
from engine.stack import Stack
from tests.tui.opened import Opened, folder, opened
from tui.screens.editor import Editor
from tui.screens.editors import forms
from tui.screens.type_value import TypeValueScreen
from tui.widgets.curve_plot import CurvePlot
from tui.widgets.gradient_strip import GradientStrip
from tui.widgets.handle_rows import HandleRows
from tui.widgets.key_bar import KeyBar

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


async def editing(case: Opened, specification: str, name: str = "") -> Editor:
    """Open the editor of a step's first parameter, or of the one of that name."""
    await case.develop(specification)
    stack = case.app.main.stack
    if name:
        names = [None, *(parameter.name for parameter, _ in stack.steps[0].values)]
        stack.move_to(names.index(name))
    await case.pilot.press("enter")
    await case.until(lambda: isinstance(case.app.screen, Editor) and case.app.screen.query(HandleRows))
    await case.pilot.pause()
    assert isinstance(case.app.screen, Editor)
    return case.app.screen


async def kept(case: Opened, before: str) -> dict[str, object]:
    """Keep what was edited; it is one step to undo, and this gives the values."""
    await case.pilot.press("enter")
    await case.until(lambda: case.app.screen is case.app.main)
    values = case.app.bridge.stack.steps[0].given
    assert case.app.bridge.undo()
    assert case.app.bridge.stack == Stack.parse([before])
    return values


def looked(case: Opened) -> Stack:
    """What the picture shows."""
    return case.engine.looks[-1].stack


async def test_a_curve_by_keys_is_seen_at_once_and_one_step_to_undo() -> None:
    async with opened() as case:
        await editing(case, "curves:points=[0 0; 0.5 0.5; 1 1]")
        await case.pilot.press("up", "up", "shift+right", "tab", "plus", "down")
        wanted = "[0 0; 0.6 0.52; 1 1]"
        assert looked(case) != case.app.bridge.stack
        await case.pilot.press("delete", "tab", "tab")
        await case.until(lambda: looked(case).steps[0].given["points"] == wanted)
        assert await kept(case, "curves:points=[0 0; 0.5 0.5; 1 1]") == {"points": wanted}


async def test_escape_gives_back_what_was_before() -> None:
    async with opened() as case:
        await editing(case, "curves:points=[0 0; 0.5 0.5; 1 1]")
        await case.pilot.press("up", "up", "escape")
        before = Stack.parse(["curves:points=[0 0; 0.5 0.5; 1 1]"])
        await case.until(lambda: looked(case) == before)
        assert case.app.bridge.stack == before
        assert case.app.bridge.undo()
        assert case.app.bridge.stack == Stack()


async def test_a_curve_by_the_mouse() -> None:
    async with opened() as case:
        editor = await editing(case, "curves:points=[0 0; 1 1]")
        plot = editor.query_one(CurvePlot)
        width, height = plot.size
        await case.pilot.mouse_down(plot, offset=(width // 2, 0))
        await case.pilot.hover(plot, offset=(width // 2 + 2, height - 1))
        await case.pilot.mouse_up(plot, offset=(width // 2 + 2, height - 1))
        tone = round((width // 2 + 2) / (width - 1), 4)
        assert editor.draft.values == {"points": f"[0 0; {tone:g} 0; 1 1]"}


async def test_a_point_is_typed_and_what_cannot_be_is_said() -> None:
    async with opened() as case:
        editor = await editing(case, "curves:points=[0 0; 0.5 0.5; 1 1]")
        await case.pilot.press("equals_sign")
        await case.until(lambda: isinstance(case.app.screen, TypeValueScreen))
        await case.type("0.25 0.125")
        await case.pilot.press("enter")
        await case.until(lambda: case.app.screen is editor)
        assert editor.draft.values == {"points": "[0 0; 0.25 0.125; 1 1]"}
        await case.pilot.press("delete", "delete")
        await case.until(lambda: "A curve must have" in case.text())


@pytest.mark.parametrize(
    ("specification", "name", "keys"),
    [
        ("curves:points=[0 0; 0.5 0.5; 1 1]", "points", ("up", "plus")),
        ("light-leak:colour=#808080", "colour", ("right", "shift+right")),
        ("sepia:mask=radial 50 50 20 80", "mask", ("right", "s")),
    ],
)
async def test_changes_are_taken_back_one_by_one(specification: str, name: str, keys: tuple[str, ...]) -> None:
    async with opened() as case:
        editor = await editing(case, specification, name)
        seen = [editor.draft.values]
        for key in keys:
            await case.pilot.press(key)
            seen.append(editor.draft.values)
        assert seen[0] != seen[1] != seen[2]
        for before in (seen[1], seen[0], seen[0]):
            await case.pilot.press("u")
            assert editor.draft.values == before
        await case.until(lambda: looked(case) == editor.draft.shown())


async def test_a_hint_is_a_button() -> None:
    async with opened() as case:
        editor = await editing(case, "curves:points=[0 0; 1 1]")
        bar = editor.query_one(KeyBar)
        await case.pilot.click(bar, offset=(case.lines()[-1].index("add"), 0))
        assert len(editor.draft.handles) == 3
        await case.pilot.click(bar, offset=(case.lines()[-1].index("keep"), 0))
        await case.until(lambda: case.app.screen is case.app.main)
        assert str(case.values[0][2]["points"]).count(";") == 2


async def test_a_double_click_opens_it() -> None:
    async with opened() as case:
        await case.develop("curves")
        await case.pilot.click(case.app.main.stack, offset=(20, 2), times=2)
        await case.until(lambda: isinstance(case.app.screen, Editor))


async def test_a_colour_by_sliders_text_and_picture() -> None:
    async with opened() as case:
        editor = await editing(case, "light-leak:colour=#808080", "colour")
        await case.pilot.press("down", "down", "down", "shift+right")
        assert editor.draft.values == {"colour": float(0x8A8080)}
        assert "now #8a8080" in case.text()
        assert "before #808080" in case.text()
        rows = editor.query_one(HandleRows)
        await case.pilot.click(rows, offset=(rows.size.width - 11, 5))
        assert int(editor.draft.values["colour"]) & 0xFF == 0xFF
        picture = case.app.main.picture.region
        middle = picture.x + picture.width // 2, picture.y + picture.height // 2
        code = editor.room.colour(*middle)
        await case.pilot.click(offset=middle)
        assert code
        assert editor.draft.values == {"colour": float(code)}
        assert await kept(case, "light-leak:colour=#808080")


async def test_a_gradient_gets_a_stop_that_moves_and_goes() -> None:
    async with opened() as case:
        before = "gradient-map:shadows=#000000,midtones=#808080,highlights=#ffffff"
        editor = await editing(case, before)
        await case.pilot.press("plus", "right", "equals_sign")
        await case.type("#ff0000")
        await case.pilot.press("enter")
        await case.until(lambda: editor.draft.values["stops"] == "[0.26 #ff0000]")
        await case.pilot.press("delete")
        assert editor.draft.values["stops"] == ""
        await case.pilot.press("delete")
        await case.until(lambda: "only stops" in case.text())
        strip = editor.query_one(GradientStrip)
        width = strip.size.width
        await case.pilot.mouse_down(strip, offset=((width - 1) // 2, 0))
        await case.pilot.hover(strip, offset=(width // 4, 0))
        await case.pilot.mouse_up(strip, offset=(width // 4, 0))
        assert editor.draft.values["position"] == round((width // 4) / (width - 1), 4)
        assert (await kept(case, before))["stops"] == ""


async def test_a_mask_on_the_picture() -> None:
    async with opened() as case:
        await case.develop("sepia")
        await case.pilot.press("o")
        stack = case.app.main.stack
        stack.move_to(stack.count - 1)
        await case.pilot.press("enter")
        await case.until(lambda: isinstance(case.app.screen, Editor))
        editor = case.app.screen
        assert isinstance(editor, Editor)
        await case.pilot.press("s")
        assert editor.draft.values == {"mask": "linear 0 10 0 70"}
        await case.pilot.press("shift+right", "tab", "down", "n")
        assert editor.draft.values == {"mask": "not linear 10 10 0 71"}
        assert looked(case).steps[0].filter == "duotone"
        assert looked(case).steps[0].mix.mask == "not linear 10 10 0 71"
        picture = case.app.main.picture
        rows = len(picture.strips)
        top = picture.region.y + (picture.region.height - rows) // 2
        await case.pilot.mouse_down(offset=(picture.region.x + picture.region.width // 2, top + rows // 2))
        await case.pilot.mouse_up(offset=(picture.region.x + picture.region.width // 2, top + rows // 2))
        x, y = (float(word) for word in editor.draft.values["mask"].split()[-2:])
        assert abs(x - 50) < 4
        assert abs(y - 50) < 4
        await case.pilot.press("v", "v")
        await case.until(lambda: looked(case).steps[0].filter == "sepia")
        assert (await kept(case, "sepia"))["mask"] == editor.draft.values["mask"]


async def test_a_crop_is_a_frame_on_the_whole_picture() -> None:
    async with opened() as case:
        await editing(case, "crop:left=10", "left")
        await case.pilot.press("right", "right", "tab", "shift+left")
        assert {step.filter for step in looked(case).steps} == {"duotone"}
        assert await kept(case, "crop:left=10") == {
            "left": 11.0,
            "right": 5.0,
            "top": 0.0,
            "bottom": 0.0,
            "aspect": 0.0,
        }


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (300, 90)])
async def test_an_editor_stands_beside_the_picture(size: tuple[int, int]) -> None:
    async with opened(size=size) as case:
        editor = await editing(case, "curves")
        box = editor.query_one("#box").region
        assert box.area
        assert box in editor.region
        if size != (40, 12):
            assert not box.intersection(case.app.main.picture.region).area


async def test_what_changes_elsewhere_is_not_overwritten() -> None:
    async with opened() as case:
        await editing(case, "curves:points=[0 0; 0.5 0.5; 1 1]")
        await case.pilot.press("up")
        case.app.bridge.change(Stack.parse(["sepia"]))
        await case.pilot.press("enter")
        await case.until(lambda: "has changed meanwhile" in case.text())
        assert [name for name, _, _ in case.values] == ["sepia"]


def test_every_form_that_is_declared_has_an_editor() -> None:
    declared = {form for each in catalogue().values() for form in each.forms}
    declared |= {getattr(parameter, "form", "") for each in catalogue().values() for parameter in each.parameters}
    declared |= {MASK.form, "colour"}
    assert declared - {""} == forms()
    for each in catalogue().values():
        for names in each.forms.values():
            assert [each.parameter(name).name for name in names] == list(names)
