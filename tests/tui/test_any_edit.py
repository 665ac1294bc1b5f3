"""Whatever keys and mouse do in an editor: it does not crash, and its values are such as the step takes."""

from __future__ import annotations

import importlib
import random

import pytest

from engine.stack import Stack, Step
from tests.tui.opened import folder, opened
from tui.editing.draft import Draft
from tui.editing.on_picture import OnPicture
from tui.editing.subject import Subject, form_of
from tui.screens.editor import Editor
from tui.screens.editors import forms

__all__ = ["folder"]

CASES = {
    "curve": ("channel-curves", "red"),
    "colour": ("light-leak", "colour"),
    "gradient": ("gradient-map", "position"),
    "margins": ("crop:left=10,top=5,aspect=3x2", "left"),
    "corners": ("four-corners", "corners"),
    "place": ("zoom-blur", "x"),
    "mask": ("sepia:mask=radial 50 50 20 80", "mask"),
}
"""A step for each editor, and a parameter that it edits."""
KEYS = [
    *("left", "right", "up", "down", "shift+left", "shift+right", "shift+up", "shift+down", "tab", "shift+tab"),
    *("plus", "delete", "x", "r", "s", "n", "v", "h", "l", "H", "L", "j", "k", "a", "b", "q", "9", "colon", "u", "u"),
    *("left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket"),
]
ACTIONS = [
    *("nudge", "nudge", "choose", "slide", "put", "grab", "drag", "add", "remove", "reset", "turn", "invert", "pick"),
    *("look", "unveil", "dye"),
]


def subject(form: str) -> Subject:
    """Of one of the cases."""
    specification, name = CASES[form]
    stack = Stack.parse([specification, "sepia", "resize"])
    found, names = form_of(stack.steps[0], name)
    assert found == form
    return Subject(stack, 0, form, names, (400, 600))


def draft(form: str) -> Draft:
    """What its editor edits."""
    module = importlib.import_module(f"tui.editing.{form}")
    made: Draft = getattr(module, f"{form.capitalize()}Draft")(subject(form))
    return made


def act(edited: Draft, chance: random.Random) -> None:
    """Anything that an editor may ask of it."""
    place = chance.uniform(-0.2, 1.2), chance.uniform(-0.2, 1.2)
    steps = [-10, -1, 0, 1, 10]
    name = chance.choice(ACTIONS)
    arguments = {
        "nudge": (chance.choice(steps), chance.choice(steps)),
        "dye": (chance.choice(steps), chance.choice(steps)),
        "choose": (chance.randrange(9),),
        "slide": (chance.randrange(len(edited.handles)), chance.random()),
        "put": (edited.field()[0].check(edited.field()[1]),),
        "grab": (place,),
        "drag": (place,),
        "pick": (chance.randrange(1 << 24),),
    }
    getattr(edited, name, lambda *_: None)(*arguments.get(name, ()))


def test_there_is_a_case_for_every_editor() -> None:
    assert set(CASES) == forms()


@pytest.mark.parametrize("form", CASES)
def test_a_draft_is_always_what_the_step_takes(form: str) -> None:
    edited, chance, seen = draft(form), random.Random(form), set()
    for _ in range(800):
        act(edited, chance)
        assert Step.parse(edited.step.specification()) == edited.step
        assert edited.subject.edited.with_values(edited.values) == edited.step
        assert edited.handles[edited.chosen]
        assert isinstance(edited.shown(), Stack)
        if isinstance(edited, OnPicture):
            assert len(edited.places) == len(edited.handles)
        seen.add(edited.step)
    assert len(seen) > 100


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", CASES)
async def test_random_keys_in_an_editor(form: str) -> None:
    specification, name = CASES[form]
    chance = random.Random(form)
    async with opened() as case:
        await case.develop(specification)
        names = [parameter.name for parameter, _ in case.app.main.stack.steps[0].values]
        case.app.main.stack.move_to(1 + names.index(name))
        await case.pilot.press("enter")
        await case.until(lambda: isinstance(case.app.screen, Editor))
        await case.pilot.press(*(chance.choice(KEYS) for _ in range(60)))
        assert isinstance(case.app.screen, Editor)
        values = case.app.screen.draft.values
        await case.pilot.press("enter")
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.bridge.stack is not None
        kept = case.app.bridge.stack.steps[0]
        assert kept == Step.parse(kept.specification())
        assert {each: kept.given.get(each, "") for each in values} == values
