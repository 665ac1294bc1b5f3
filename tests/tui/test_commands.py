"""Every command, by its key and from the palette; what each does to the app is told in one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.widgets import Input, OptionList

from engine.job import State, Verb
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import COUNT, Opened, folder, opened
from tui.commands import commands, keymap
from tui.commands.keys import shown_keys
from tui.screens.add_filter import AddFilterScreen
from tui.screens.apply import ApplyScreen
from tui.screens.choose_batch import ChooseBatchScreen
from tui.screens.choose_preset import ChoosePresetScreen
from tui.screens.failures import FailuresScreen
from tui.screens.help import HelpScreen
from tui.screens.lab import LabScreen
from tui.screens.log import LogScreen
from tui.screens.metadata import MetadataScreen
from tui.screens.monitor import MonitorScreen
from tui.screens.palette import Palette
from tui.screens.question import QuestionScreen
from tui.screens.save_preset import SavePresetScreen
from tui.screens.settings import SettingsScreen
from tui.screens.shell_line import ShellLineScreen
from tui.screens.tour import TourScreen
from tui.screens.type_folder import TypeFolderScreen
from tui.screens.type_value import TypeValueScreen

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
TAKEN = {f"ctrl+{letter}" for letter in "sqbaihm"}
"""What terminals and tmux keep for themselves."""


@pytest.fixture(autouse=True)
def edits_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by default."""
    monkeypatch.delenv("SAFELIGHT_EDITS")


async def nothing(case: Opened) -> None:
    """Right after the start, the images have the keys and the cursor is on the fourth."""
    case.app.main.images.move_to(3)


async def with_filters(case: Opened) -> None:
    """Exposure at 1, then levels; the keys are in the stack, on exposure's parameter."""
    await case.develop("exposure:ev=1", "levels")


async def undone(case: Opened) -> None:
    """The same, taken back."""
    await with_filters(case)
    await case.pilot.press("u")


async def last_filter(case: Opened) -> None:
    """The same, with the keys on the last filter."""
    await with_filters(case)
    case.app.main.stack.move_to(2)


async def in_the_stack(case: Opened) -> None:
    """The keys are in the stack."""
    case.app.main.enter("stack")


async def marked(case: Opened) -> None:
    """Two images are marked."""
    case.app.main.images.mark([1, 4], True)


async def marked_with_filters(case: Opened) -> None:
    """Two images are marked, and the first has filters."""
    await marked(case)
    await with_filters(case)


async def one_marked(case: Opened) -> None:
    """The second image is marked, the cursor is on the sixth."""
    case.app.main.images.toggle(1)
    case.app.main.images.move_to(5)


async def zoomed(case: Opened) -> None:
    """A pixel of the screen for each of the image."""
    await case.pilot.press("z")
    await case.settled()


def centre(case: Opened) -> tuple[float, float]:
    return case.engine.looks[-1].centre


async def with_batch(case: Opened) -> None:
    """A batch runs, and one file has failed."""
    case.engine.running, case.engine.frames = True, 0
    case.app.bridge.batch.follow("batch-0")
    await case.until(lambda: case.app.bridge.batch.failures)


def rated(case: Opened) -> bool:
    """Whether a rating was tried, of a picture that is not there."""
    return "it cannot be rated" in case.text()


def shows(screen: type) -> Callable[[Opened], bool]:
    """Whether such a dialog is open."""
    return lambda case: isinstance(case.app.screen, screen)


def cursor(case: Opened) -> int:
    return case.app.main.images.cursor


def ev(case: Opened) -> float:
    return case.values[0][2]["ev"]


Step = Callable[[Opened], Awaitable[None]]
EFFECTS: dict[str, tuple[Step, Callable[[Opened], bool]]] = {
    "next_image": (nothing, lambda case: cursor(case) == 4),
    "previous_image": (nothing, lambda case: cursor(case) == 2),
    "next_page": (nothing, lambda case: cursor(case) == COUNT - 1),
    "previous_page": (nothing, lambda case: cursor(case) == 0),
    "first_image": (nothing, lambda case: cursor(case) == 0),
    "last_image": (nothing, lambda case: cursor(case) == COUNT - 1),
    "mark_image": (nothing, lambda case: case.app.main.images.marked == {3} and cursor(case) == 4),
    "mark_all": (nothing, lambda case: len(case.app.main.images.marked) == COUNT),
    "mark_none": (marked, lambda case: not case.app.main.images.marked),
    "sort_images": (nothing, lambda case: case.app.main.images.order == "oldest"),
    "mark_range": (one_marked, lambda case: case.app.main.images.marked == {1, 2, 3, 4, 5}),
    "find_images": (nothing, lambda case: case.app.main.images.typing),
    "bring_home": (nothing, shows(ShellLineScreen)),
    "compare": (with_filters, lambda case: case.app.bridge.preview.before and not case.engine.looks[-1].stack.steps),
    **{f"rate_{word}": (nothing, rated) for word in ("none", "one", "two", "three", "four", "five")},
    "reject_image": (nothing, rated),
    "show_metadata": (nothing, shows(MetadataScreen)),
    "copy_images": (nothing, shows(TypeFolderScreen)),
    "move_images": (nothing, shows(TypeFolderScreen)),
    "bin_images": (marked, shows(QuestionScreen)),
    "open_viewer": (nothing, lambda case: "no desktop here" in case.text()),
    "open_folder": (nothing, lambda case: "opened on files" in case.text()),
    "row_down": (nothing, lambda case: cursor(case) == 4),
    "row_up": (nothing, lambda case: cursor(case) == 2),
    "wall": (nothing, lambda case: case.app.main.wall.size.width == 120),
    "zoom_pixels": (nothing, lambda case: case.engine.looks[-1].zoom == 1.0),
    "zoom_in": (nothing, lambda case: 0 < case.app.bridge.preview.aim.zoom < 0.1),
    "zoom_out": (zoomed, lambda case: 0.5 < case.app.bridge.preview.aim.zoom < 1),
    "pan_left": (zoomed, lambda case: centre(case)[0] < 0.5 and centre(case)[1] == 0.5),
    "pan_right": (zoomed, lambda case: centre(case)[0] > 0.5 and centre(case)[1] == 0.5),
    "pan_up": (zoomed, lambda case: centre(case)[1] < 0.5 and centre(case)[0] == 0.5),
    "pan_down": (zoomed, lambda case: centre(case)[1] > 0.5 and centre(case)[0] == 0.5),
    "turn_left": (nothing, lambda case: case.engine.looks[-1].turns == 3),
    "turn_right": (nothing, lambda case: case.engine.looks[-1].turns == 1),
    "split": (with_filters, lambda case: case.engine.looks[-1].split and "before│after" in case.text()),
    "slide_show": (nothing, lambda case: case.app.main.picture.size == (120, 39)),
    "beside": (
        marked,
        lambda case: (
            [pane.path[-8:] for pane in case.engine.looks[-1].panes]
            == [
                "0001.jpg",
                "0002.jpg",
                "0005.jpg",
            ]
        ),
    ),
    "add_filter": (nothing, shows(AddFilterScreen)),
    "put_preset": (nothing, shows(ChoosePresetScreen)),
    "save_preset": (with_filters, shows(SavePresetScreen)),
    "remove_filter": (with_filters, lambda case: [name for name, _, _ in case.values] == ["levels"]),
    "show_layers": (with_filters, lambda case: case.app.main.stack.count == 12),
    "undo": (with_filters, lambda case: case.values == []),
    "redo": (undone, lambda case: ev(case) == 1.0),
    "duplicate_filter": (
        with_filters,
        lambda case: [name for name, _, _ in case.values] == ["exposure"] * 2 + ["levels"],
    ),
    "copy_as_line": (with_filters, shows(ShellLineScreen)),
    "share_stack": (with_filters, lambda case: case.app.bridge.shared and "STACK  for all" in case.text()),
    "copy_stack": (marked_with_filters, lambda case: "2 images now have this stack" in case.text()),
    "take_up_edits": (nothing, lambda case: "no edits of last time" in case.text()),
    "switch_filter": (with_filters, lambda case: [on for _, on, _ in case.values] == [False, True]),
    "move_filter_up": (last_filter, lambda case: [name for name, _, _ in case.values] == ["levels", "exposure"]),
    "move_filter_down": (with_filters, lambda case: [name for name, _, _ in case.values] == ["levels", "exposure"]),
    "next_parameter": (with_filters, lambda case: case.app.main.stack.cursor == 2),
    "previous_parameter": (with_filters, lambda case: case.app.main.stack.cursor == 0),
    "value_up": (with_filters, lambda case: ev(case) == 1.1),
    "value_down": (with_filters, lambda case: ev(case) == 0.9),
    "value_up_coarse": (with_filters, lambda case: ev(case) == 2.0),
    "value_down_coarse": (with_filters, lambda case: ev(case) == 0.0),
    "reset_value": (with_filters, lambda case: ev(case) == 0.0),
    "type_value": (with_filters, shows(TypeValueScreen)),
    "apply_stack": (nothing, shows(ApplyScreen)),
    "pause_batch": (with_batch, lambda case: case.engine.asked == [Verb.PAUSE] and case.engine.state is State.PAUSED),
    "cancel_batch": (with_batch, shows(QuestionScreen)),
    "show_failures": (with_batch, shows(FailuresScreen)),
    "show_batch": (with_batch, shows(ChooseBatchScreen)),
    "next_pane": (nothing, lambda case: case.app.main.pane == "stack"),
    "previous_pane": (in_the_stack, lambda case: case.app.main.pane == "images"),
    "open_palette": (nothing, shows(Palette)),
    "show_help": (nothing, shows(HelpScreen)),
    "lab": (nothing, shows(LabScreen)),
    "monitor": (with_batch, shows(MonitorScreen)),
    "histogram": (nothing, lambda case: case.app.main.tones.region.height == 4),
    "full_screen": (nothing, lambda case: case.app.main.picture.size == (120, 39)),
    "next_theme": (nothing, lambda case: case.app.theme == "daylight" and case.app.sight.way().ground == (220,) * 3),
    "next_graphics": (nothing, lambda case: case.app.sight.choice.reason == "chosen by hand"),
    "next_link": (nothing, lambda case: case.app.sight.link.chosen == "local"),
    "settings": (nothing, shows(SettingsScreen)),
    "log": (nothing, shows(LogScreen)),
    "tour": (nothing, shows(TourScreen)),
    "suspend": (nothing, lambda case: "cannot be left waiting" in case.text()),
    "quit": (nothing, lambda case: case.app.return_code == 0 and case.app._exit),
}


def test_every_command_is_told_here() -> None:
    assert set(EFFECTS) == set(commands())


@pytest.mark.parametrize("name", EFFECTS)
async def test_a_command_by_its_key(name: str) -> None:
    before, holds = EFFECTS[name]
    async with opened() as case:
        await before(case)
        await case.pilot.pause()
        pane = case.app.main.pane
        key = next(key for key in commands()[name].keys if key.rpartition(":")[0] in ("", pane))
        await case.pilot.press(key.rpartition(":")[2])
        await case.until(lambda: holds(case))


async def test_every_command_is_in_the_palette(monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened() as case:
        for name in commands():
            run: list[str] = []
            monkeypatch.setattr(case.app, "run_command", run.append)
            case.app.action_command_palette()
            await case.until(lambda: isinstance(case.app.screen, Palette) and case.app.screen.query(Input))
            case.app.screen.query_one(Input).value = commands()[name].title.lower()
            await case.until(lambda name=name: _first_title(case) == commands()[name].title)
            await case.pilot.press("enter")
            await case.until(lambda run=run: run)
            assert run == [name]


@pytest.mark.parametrize("name", ["settings", "log", "tour", "monitor"])
async def test_a_command_by_the_mouse(name: str) -> None:
    _, holds = EFFECTS[name]
    async with opened() as case:
        bar = case.app.main.key_bar
        column = "".join(case.lines()[-1]).index(": all")
        await case.pilot.click(bar, offset=(column, 0))
        await case.until(lambda: isinstance(case.app.screen, Palette) and case.app.screen.query(Input))
        await case.type(commands()[name].title.lower())
        await case.until(lambda: _first_title(case) == commands()[name].title)
        await case.pilot.pause()
        await case.pilot.click(OptionList, offset=(4, 0))
        await case.until(lambda: holds(case))


def _first_title(case: Opened) -> str:
    found = case.app.screen.query_one(OptionList)
    return str(found.get_option_at_index(0).prompt).split("\n")[0] if found.option_count else ""


def test_no_key_is_one_that_terminals_take() -> None:
    assert {key for _, key in keymap()} & TAKEN == set()


def test_no_two_commands_have_the_same_key() -> None:
    keys = [tuple(key.rpartition(":")[::2]) for command in commands().values() for key in command.keys]
    assert len(keys) == len(set(keys))
    anywhere = {key for pane, key in keys if not pane}
    assert not anywhere & {key for pane, key in keys if pane}


async def test_the_help_page_tells_every_command_and_key() -> None:
    async with opened(size=(160, 130)) as case:
        await case.pilot.press("question_mark")
        await case.until(lambda: isinstance(case.app.screen, HelpScreen))
        await case.pilot.pause()
        page = case.text()
        for command in commands().values():
            assert command.title in page
            assert command.help[:40] in page
            assert shown_keys(command) in page


async def test_the_help_page_shows_where_it_cuts_a_line() -> None:
    async with opened(size=(80, 24)) as case:
        await case.pilot.press("question_mark")
        await case.until(lambda: isinstance(case.app.screen, HelpScreen) and "…" in case.text())


async def test_the_hints_follow_the_pane_and_the_batch() -> None:
    async with opened(FakeEngine(frames=0), size=(160, 40)) as case:
        labels = [hint.label for hint in case.app.main.key_bar.hints]
        assert "mark" in labels
        assert "pause" not in labels
        assert labels[-1] == "quit"
        await case.develop("exposure")
        labels = [hint.label for hint in case.app.main.key_bar.hints]
        assert "mark" not in labels
        assert "type" in labels
        case.engine.running = True
        case.app.bridge.batch.follow("batch-0")
        await case.until(lambda: "pause" in [hint.label for hint in case.app.main.key_bar.hints])
