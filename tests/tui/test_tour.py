"""The tour: at the first start of all, never again, and never in the way of what somebody is at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.confinement import READ_ONLY
from engine.files.places import state_folder
from tests.tui.opened import Opened, folder, opened
from tests.tui.output.program import Program
from tui.bridge.restoring import TOURED
from tui.commands import commands
from tui.commands.binding import bind
from tui.commands.program.tour import NAMED, STEPS
from tui.screens.tour import TourScreen
from tui.settings.chosen import Config, Settings

__all__ = ["folder"]
TITLES = [title for title, _ in STEPS]


@pytest.fixture(autouse=True)
def nobody_was_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state folder of somebody new."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("SAFELIGHT_TOUR")


def touring(case: Opened) -> bool:
    """Whether a step is shown."""
    return isinstance(case.app.screen, TourScreen)


async def quiet(case: Opened) -> bool:
    """Whether no tour has come by the time that all there is to do at the start is done."""
    done: list[str] = []
    case.app.bridge.recalling.read(lambda _: done.append(""))
    await case.until(lambda: done)
    await case.pilot.pause()
    return not touring(case)


@pytest.mark.usefixtures("folder")
async def test_any_key_goes_on_to_the_end_and_it_never_comes_again() -> None:
    async with opened() as case:
        await case.until(lambda: touring(case))
        for number, (title, key) in enumerate(zip(TITLES, ("j", "space", "f", "q"), strict=True), start=1):
            await case.until(lambda title=title: f" {title} " in case.text())
            assert f"{number} of {len(TITLES)}" in case.text()
            assert "DSC_0001.jpg" in case.text()
            await case.pilot.press(key)
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.main.images.cursor == 0
        assert case.values == []
    async with opened() as case:
        assert await quiet(case)


@pytest.mark.usefixtures("folder")
async def test_escape_ends_it_and_the_mouse_goes_on() -> None:
    async with opened() as case:
        await case.until(lambda: touring(case))
        await case.pilot.click("#box")
        await case.until(lambda: f"2 of {len(TITLES)}" in case.text())
        await case.pilot.press("escape")
        await case.until(lambda: case.app.screen is case.app.main)
    async with opened() as case:
        assert await quiet(case)


@pytest.mark.usefixtures("folder")
async def test_it_names_the_keys_as_they_are_bound() -> None:
    try:
        async with opened(settings=Settings(Config(keys={"next_image": "f8", "mark_image": []}), {})) as case:
            await case.until(lambda: touring(case))
            await case.until(lambda: "f8 and " in case.text())
            assert "(Mark or" in case.text()
    finally:
        bind({})


def test_its_steps_are_few_and_name_commands() -> None:
    assert 3 <= len(STEPS) <= 5
    named = [name for _, sentence in STEPS for name in NAMED.findall(sentence)]
    assert set(named) <= set(commands())
    assert len(named) == len(set(named)) >= 2 * len(STEPS)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("change", [("SAFELIGHT_SERVED", "1"), (READ_ONLY, "1"), ("SAFELIGHT_TOUR", "off")])
async def test_it_comes_not_where_it_would_be_in_the_way(
    change: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*change)
    async with opened() as case:
        assert await quiet(case)
    assert not (state_folder() / TOURED).exists()


@pytest.mark.usefixtures("folder")
async def test_a_stack_is_what_somebody_came_for() -> None:
    async with opened(presets=("matte",)) as case:
        assert await quiet(case)
    async with opened() as case:
        await case.until(lambda: touring(case))


@pytest.mark.usefixtures("folder")
async def test_without_a_home_there_is_none(tmp_path: Path) -> None:
    _in_the_way(tmp_path / "state")
    async with opened() as case:
        assert await quiet(case)


def _in_the_way(path: Path) -> None:
    path.write_text("no folder")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Opens the app in a terminal, on a folder of one picture."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    Image.new("RGB", (60, 40), (90, 80, 70)).save(pictures / "a.jpg")
    programs: list[Program] = []

    def begin(size: str = "80x24") -> Program:
        programs.append(Program(str(pictures), module="tui", size=size))
        programs[-1].until_shown("a.jpg")
        return programs[-1]

    yield begin
    for program in programs:
        program.close()


@pytest.mark.parametrize("size", ["80x24", "40x12"])
def test_in_a_terminal_it_comes_once(start: Callable[..., Program], size: str) -> None:
    program = start(size)
    for number, title in enumerate(TITLES, start=1):
        program.until_shown(title)
        program.until_shown(f"{number} of {len(TITLES)}")
        program.send("x")
    program.until(lambda: not any("of 4" in line for line in program.screen.display))
    program.send("q")
    assert program.ended() == 0
    program = start(size)
    program.until_shown("idle: no batch")
    program.send("?")
    program.until_shown("Keys")
    assert TITLES[0] not in program.text()
    program.send("qq")
    assert program.ended() == 0
