"""Images found by letters of their names, as one types; what is marked stays marked."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.sidecars.rating import write_rating
from tests.tui.opened import COUNT, folder, opened
from tui.widgets.narrowing import having

__all__ = ["folder"]
NAMES = ["DSC_0001.jpg", "sunset (2).jpg", "Århus cups.jpg", "a[b].png", "tabs\tand\nlines.jpg", "DSC_0012.jpg"]


@pytest.mark.parametrize(
    ("letters", "found"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("dsc", [0, 5]),
        ("DSC1", [0, 5]),
        ("dsc12", [5]),
        ("d1", [0, 5]),
        ("s(", [1]),
        ("cu", [2]),
        ("12", [5]),
        ("års", [2]),
        ("[]", [3]),
        ("(2)", [1]),
        ("\t\n", [4]),
        ("xyz", []),
        (".jpg", [0, 1, 2, 4, 5]),
        ("*.png", [3]),
        ("dsc_00?2", [5]),
        ("*001", [0, 5]),
        ("sc*", []),
        ("?[b]*", []),
    ],
)
def test_names_that_have_the_letters_in_order(letters: str, found: list[int]) -> None:
    assert having(letters, NAMES, range(len(NAMES))) == found


@given(st.text(max_size=6), st.lists(st.text(max_size=8), max_size=6))
def test_it_is_what_a_person_would_find(letters: str, names: list[str]) -> None:
    def has(name: str) -> bool:
        rest = iter(name.lower())
        return all(letter in rest for letter in letters.lower())

    # Letters whose other case is more than one letter are a matter of their own.
    if not {"*", "?"} & {*letters} and letters.isascii() and all(name.isascii() for name in names):
        found = [place for place, name in enumerate(names) if has(name)]
        assert sorted(having(letters, names, range(len(names)))) == found


def test_no_name_takes_long() -> None:
    begun = time.process_time()
    having("a" * 40 + "b", ["a" * 255] * 200, range(200))
    assert time.process_time() - begun < 2.0


def test_letters_side_by_side_come_first() -> None:
    assert having("sun", ["astronaut.png", "snowy dune.jpg", "sunset.jpg", "A SUNDAY.png"], range(4)) == [2, 3, 0, 1]


@pytest.mark.usefixtures("folder")
async def test_letters_narrow_the_list_and_escape_shows_all() -> None:
    async with opened() as case:
        images = case.app.main.images
        images.move_to(3)
        await case.type("/1")
        assert images.typing
        assert [images.entries[place].name for place in images.view] == [
            "DSC_0001.jpg",
            "DSC_0010.jpg",
            "DSC_0011.jpg",
            "DSC_0012.jpg",
        ]
        assert "/1▏" in case.text()
        await case.type("2")
        assert images.current is not None
        assert images.current.name == "DSC_0012.jpg"
        await case.until(lambda: case.engine.looks[-1].path == "/photos/DSC_0012.jpg")
        await case.type("q")
        assert images.count == 0
        assert case.app.is_running
        await case.until(lambda: "No name has these letters." in case.text())
        await case.pilot.press("backspace", "backspace")
        # The cursor stays with its image.
        assert (images.count, images.cursor) == (4, 3)
        await case.pilot.press("up", "up", "enter")
        assert not images.typing
        assert (images.count, images.cursor) == (4, 1)
        await case.pilot.press("j", "space")
        assert [images.entries[place].name for place in images.marked] == ["DSC_0011.jpg"]
        await case.pilot.press("M")
        assert len(images.marked) == 4
        await case.pilot.press("slash", "escape")
        assert images.count == COUNT
        assert images.current is not None
        assert images.current.name == "DSC_0012.jpg"
        assert [entry.name for entry in images.chosen_entries()] == [f"DSC_00{n}.jpg" for n in ("01", 10, 11, 12)]
        await case.type("/2")
        await case.pilot.press("enter", "U")
        assert not images.marked


async def test_ratings_are_sought_among_all_and_marked(tmp_path: Path) -> None:
    for number, rating in enumerate((None, 3, 5, -1, 1, 4)):
        path = tmp_path / f"p{number}.png"
        Image.new("RGB", (8, 8)).save(path)
        if rating is not None:
            write_rating(str(path), rating)
    async with opened(paths=(str(tmp_path),), size=(120, 8)) as case:
        images = case.app.main.images

        def names() -> str:
            return "".join(images.entries[place].name[1] for place in images.view)

        for typed, found in (("*3", "125"), ("*x", "3"), ("*0", "0"), ("*1", "1245"), ("*4 p5", "5")):
            await case.pilot.press("slash")
            await case.type(typed)
            await case.until(lambda found=found: names() == found)
            await case.pilot.press("escape")
        await case.type("/*3")
        await case.pilot.press("enter", "M", "slash", "escape")
        assert images.marked == {1, 2, 5}
        await case.pilot.press("U")
        await case.type("/p*2")
        await case.pilot.press("enter", "M", "slash", "escape")
        assert images.marked == {2}
        await case.type("/*2 q")
        assert "No image is rated so." in case.text()


@pytest.mark.usefixtures("folder")
async def test_facts_and_clicks_are_those_of_the_rows_to_be_seen() -> None:
    async with opened() as case:
        images = case.app.main.images
        await case.until(lambda: len(images.facts) == COUNT)
        await case.type("/12")
        await case.pilot.press("enter")
        await case.pilot.pause()
        assert "7.6 MB" in next(line for line in case.lines() if "DSC_0012" in line)
        await case.pilot.click(images, offset=(1, 1))
        assert images.marked == {11}
