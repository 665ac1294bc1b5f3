"""The app begins where a folder was left: cursor, order, pane, what is shown, and the stack. No file is believed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from PIL import Image

import tui.app
from engine.confinement import READ_ONLY
from engine.files.places import state_folder
from engine.stack import Stack
from tests.tui.opened import DEADLINE, Opened, folder, opened, photographs
from tests.tui.output.program import Program
from tests.tui.test_unfinished import OWNER, cut
from tui.bridge.place import MOST, Left, Place
from tui.io import Found
from tui.resuming import left
from tui.settings.chosen import Settings

__all__ = ["folder"]
PATHS = ("/photos",)
STACK = Stack.parse(["exposure:ev=1.5", "levels"]).toggle(1)
RESTORING = {"SAFELIGHT_TOUR": "off"}


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is left of another test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return state_folder() / "places"


def restoring() -> Settings:
    """Settings of somebody who knows their way."""
    return Settings(environ=RESTORING)


@pytest.mark.usefixtures("folder")
async def test_everything_is_as_it_was_left() -> None:
    async with opened(settings=restoring()) as case:
        await case.pilot.press("O")
        await case.add("exposure")
        await case.pilot.press("right_square_bracket", "i", "F")
        case.app.main.images.move_to(7)
        case.app.main.enter("stack")
        before = case.values
        view, cut_off = left(case.app)
        assert cut_off is None
        case.app.bridge.restoring.now(view, case.app.bridge.stack)
    async with opened(settings=restoring()) as case:
        await case.until(lambda: case.app.main.images.cursor == 7)
        assert case.app.main.pane == "stack"
        assert case.app.main.has_class("-full")
        assert case.app.main.has_class("-tones")
        await case.until(lambda: case.values == before)
        assert case.app.bridge.shared
        await case.settled()
        assert case.engine.looks[-1].path == "/photos/DSC_0008.jpg"
        assert "The stack for all is as you left it: u empties it." in case.lines()[-1]
        await case.pilot.press("u")
        assert case.values == []
    async with opened(settings=restoring(), paths=("/elsewhere",)) as case:
        assert await untouched(case)


async def untouched(case: Opened) -> bool:
    """Whether the app is as at a first start, once what there is to restore is."""
    done: list[str] = []
    case.app.bridge.recalling.read(lambda _: done.append(""))
    await case.until(lambda: done)
    await case.pilot.pause()
    main = case.app.main
    return (main.images.cursor, main.pane, main.images.order, case.values) == (0, "images", "name", [])


@pytest.mark.usefixtures("folder")
async def test_a_stack_of_the_command_line_goes_before_the_one_that_was_left() -> None:
    Place(PATHS).write(Left(), STACK)
    async with opened(settings=restoring(), presets=("matte",)) as case:
        assert await untouched(case) is False
        assert "exposure" not in [name for name, _, _ in case.values]


@pytest.mark.usefixtures("folder")
async def test_who_wants_none_of_it_begins_anew() -> None:
    Place(PATHS).write(Left("/photos/DSC_0005.jpg", pane="stack"), STACK)
    async with opened(settings=Settings(environ=RESTORING | {"SAFELIGHT_RESTORE": "off"})) as case:
        assert await untouched(case)


@pytest.mark.usefixtures("folder")
async def test_where_one_may_only_look_nothing_is_read_or_written(
    own_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Place(PATHS).write(Left("/photos/DSC_0005.jpg"), STACK)
    kept = _texts(own_state)
    monkeypatch.setenv(READ_ONLY, "1")
    async with opened(settings=restoring()) as case:
        assert await untouched(case)
        case.app.main.images.move_to(2)
        case.app.bridge.restoring.now(*left(case.app))
    assert _texts(own_state) == kept


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.usefixtures("folder")
async def test_thumbnails_come_back_with_the_cursor_where_it_was() -> None:
    async with opened(settings=restoring()) as case:
        await case.pilot.press("w", "w", "j")
        row = case.app.main.images.cursor
        case.app.bridge.restoring.now(left(case.app)[0], None)
    assert row > 1
    async with opened(settings=restoring()) as case:
        await case.until(lambda: case.app.main.has_class("-wall"))
        await case.until(lambda: case.app.main.images.cursor == row)


@pytest.mark.usefixtures("folder")
async def test_a_picture_that_is_gone_leaves_the_cursor_on_the_first() -> None:
    Place(PATHS).write(Left("/photos/gone.jpg", order="written"), None)
    async with opened(settings=restoring()) as case:
        await case.until(lambda: case.app.main.images.order == "written")
        assert case.app.main.images.cursor == 0


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("moved", [False, True])
async def test_a_picture_that_comes_late_is_gone_to_unless_one_has_moved(
    moved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, goes_on = [*photographs(PATHS)], threading.Event()
    entries = here[0].entries

    def slowly(paths: Iterable[str]) -> Iterator[Found]:
        yield Found(entries[:4])
        goes_on.wait(DEADLINE)
        yield Found(entries[4:], complete=True)

    monkeypatch.setattr(tui.app, "find_images", slowly)
    Place(PATHS).write(Left(entries[8].path, order="written", backwards=True), None)
    async with opened(settings=restoring()) as case:
        assert await untouched(case)
        if moved:
            await case.pilot.press("j")
        goes_on.set()
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.pause()
        assert case.app.main.images.cursor == (1 if moved else 8)
        assert case.app.main.images.order == ("name" if moved else "written")


@pytest.mark.parametrize(
    "given",
    [
        Left(),
        Left("/a/b\udcff.jpg", "megapixels", "stack", full=True, tones=True, thumbs="wall"),
        Left("/a/\n\x1b.jpg", "written", backwards=True, thumbs="beside"),
    ],
)
def test_what_was_written_comes_back(given: Left) -> None:
    place = Place(PATHS)
    place.write(given, STACK)
    assert (place.view(), place.stack()) == (given, STACK)
    place.write(Left(), None)
    assert (place.view(), place.stack()) == (Left(), None)
    assert (Place(("/other",)).view(), Place(("/other",)).stack()) == (None, None)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '"x"', "null", "[" * 60_000, "{}" + " " * 70_000])
def test_a_file_that_is_damaged_is_not_believed(text: str, own_state: Path) -> None:
    place = Place(PATHS)
    place.write(Left("/a.jpg"), STACK)
    for path in own_state.iterdir():
        path.write_text(text)
    assert place.view() in (None, Left())
    assert place.stack() is None


def test_each_value_is_believed_for_itself(own_state: Path) -> None:
    place = Place(PATHS)
    place.write(Left("/a.jpg"), None)
    (path,) = own_state.iterdir()
    path.write_text(json.dumps({"image": 7, "order": "backwards", "pane": "kitchen", "full": 1, "tones": True}))
    assert place.view() == Left(tones=True)


def test_the_newest_folders_are_remembered(own_state: Path) -> None:
    for number in range(MOST + 3):
        Place((f"/folder-{number}",)).write(Left("/a.jpg"), STACK if number < 3 else None)
    assert len(list(own_state.iterdir())) == MOST


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Opens the app on a folder of real pictures, as often as one likes."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for name, width in (("a", 60), ("b", 90), ("c", 30)):
        Image.new("RGB", (width, 40), (90, 80, 70)).save(pictures / f"{name}.jpg")
    programs: list[Program] = []

    def begin() -> Program:
        line = (*OWNER, str(pictures))
        programs.append(Program(program=line, session=False, size="120x40", SAFELIGHT_RESTORE="on"))
        programs[-1].until_shown("c.jpg")
        programs[-1].until_shown("idle: no batch")
        return programs[-1]

    yield begin
    for program in programs:
        program.close()


def test_in_a_terminal_one_is_where_one_was(start: Callable[[], Program]) -> None:
    program = start()
    program.send("j")
    program.until_shown("2/3")
    program.send("SSSS")
    program.until_shown("megapixels")
    program.send("i")
    program.send("fexposure\r")
    program.until_shown("0.0 stops")
    program.send("q")
    assert program.ended() == 0
    program = start()
    program.until_shown("0.0 stops")
    program.until_shown("megapixels")
    program.until(lambda: "1/3" in program.screen.display[1])
    program.until(lambda: "b.jpg" in program.screen.display[2])
    program.send("q")
    assert program.ended() == 0


def test_a_cut_line_leaves_the_place_and_offers_the_stack_once(start: Callable[[], Program]) -> None:
    program = start()
    program.send("fexposure\r")
    program.until_shown("0.0 stops")
    program.send("q")
    assert program.ended() == 0
    program = start()
    program.until_shown("0.0 stops")
    program.send("n]]")
    program.until_shown("0.2 stops")
    program.until_shown("2/3")
    cut(program)
    program = start()
    program.until_shown("1 filter from last time")
    program.until_shown("2/3")
    assert "stops" not in program.text()
    program.send("R")
    program.until_shown("0.2 stops")
    program.send("q")
    assert program.ended() == 0
