"""No change is for good: undo and redo without end, a held key as one change."""

import shlex

import pytest

from engine.stack import Stack
from tests.tui.opened import folder, opened
from tui.bridge.undoing import GESTURE, Undoing

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


def stack(ev: float) -> Stack:
    """Exposure by so many stops."""
    return Stack.parse([f"exposure:ev={ev}"])


def test_everything_is_undone_and_done_again() -> None:
    undoing, stacks = Undoing(), [Stack(), *(stack(number / 10) for number in range(1, 50))]
    for each in stacks[:-1]:
        undoing.left(each)
    now = stacks[-1]
    for expected in reversed(stacks[:-1]):
        now = undoing.undo(now) or Stack()
        assert now == expected
    assert undoing.undo(now) is None
    for expected in stacks[1:]:
        now = undoing.redo(now) or Stack()
        assert now == expected
    assert undoing.redo(now) is None


def test_a_held_key_is_one_change_and_a_rest_ends_it() -> None:
    time = 100.0
    undoing = Undoing(lambda: time)
    for number in range(10):
        undoing.left(stack(number / 10), (0, "ev"))
        time += GESTURE / 2
    time += GESTURE
    undoing.left(stack(1.0), (0, "ev"))
    undoing.left(stack(1.1), (1, "ev"))
    now = stack(1.2)
    found = []
    while (before := undoing.undo(now)) is not None:
        now = before
        found.append(now)
    assert found == [stack(1.1), stack(1.0), stack(0.0)]


def test_another_change_forgets_what_was_undone() -> None:
    undoing = Undoing()
    undoing.left(stack(0.1), (0, "ev"))
    assert undoing.undo(stack(0.2)) == stack(0.1)
    undoing.left(stack(0.1), (0, "ev"))
    assert undoing.redo(stack(0.3)) is None
    assert undoing.undo(stack(0.3)) == stack(0.1)


async def test_a_value_a_filter_and_their_order_come_back() -> None:
    async with opened() as case:
        await case.add("exposure")
        await case.pilot.press("right", "right", "right")
        await case.add("levels")
        await case.pilot.press("K", "x")
        assert [name for name, _, _ in case.values] == ["exposure"]
        await case.pilot.press("u", "u")
        assert [name for name, _, _ in case.values] == ["exposure", "levels"]
        await case.pilot.press("u")
        assert case.values == [("exposure", True, {"ev": 0.3})]
        await case.pilot.press("u")
        assert case.values == [("exposure", True, {"ev": 0.0})]
        await case.pilot.press("u", "u")
        assert case.values == []
        assert "Nothing is left to undo." in case.text()
        await case.pilot.press(*["ctrl+r"] * 6)
        assert [name for name, _, _ in case.values] == ["exposure"]
        assert "Nothing was undone." in case.text()


async def test_the_line_does_the_same_as_the_stack() -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1.5", "gaussian-blur:sigma=3")
        case.app.main.images.mark([1, 4], True)
        await case.pilot.press("y")
        await case.pilot.pause()
        words = shlex.split(case.app.clipboard)
        assert words[:4] == ["safelight", "apply", "/photos/DSC_0002.jpg", "/photos/DSC_0005.jpg"]
        assert words[-2:] == ["-o", "developed"]
        filters = [words[place + 1] for place, word in enumerate(words) if word == "-f"]
        assert Stack.parse(filters) == case.app.bridge.stack
        assert "As a command line" in case.text()
        await case.pilot.press("escape", "U")
        await case.develop()
        await case.pilot.press("y")
        assert "There is no filter to write down" in case.text()
