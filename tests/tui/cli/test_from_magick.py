"""`safelight from-magick`: a line that runs, what is said beside it, and a preset of it."""

import json
import shlex
from pathlib import Path

from tests.tui.cli.conftest import Run

LINE = "convert pictures/a.jpg -resize 50% -modulate 110 -liquid-rescale 50% -strip out.jpg"


def test_the_line_that_it_prints_runs(safelight: Run, pictures: Path) -> None:
    done = safelight("from-magick", LINE)
    assert done.returncode == 1
    said = done.stderr.decode().splitlines()
    assert [sentence.split(": ")[:2] for sentence in said] == [
        ["nearly the same", "-modulate 110"],
        ["left out", "-liquid-rescale 50%"],
    ]
    words = shlex.split(done.stdout.decode().replace("FOLDER", "out"))
    assert words[:3] == ["safelight", "apply", "pictures/a.jpg"]
    assert safelight(*words[1:]).returncode == 0
    assert (pictures.parent / "out" / "a.jpg").exists()


def test_words_that_are_not_quoted_are_a_line_too(safelight: Run) -> None:
    done = safelight("from-magick", "--json", "--", "mogrify", "-negate", "-path", "out", "a.jpg", "b.jpg")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["specifications"], found["options"], found["sources"]) == (
        ["invert"],
        ["-o", "out"],
        ["a.jpg", "b.jpg"],
    )


def test_it_is_kept_as_a_preset_that_is_not_replaced(safelight: Run) -> None:
    assert safelight("from-magick", "convert a.jpg -negate b.jpg", "--save", "turned").returncode == 0
    assert b"-f invert" in safelight("presets", "turned").stdout
    again = safelight("from-magick", "convert a.jpg -flip b.jpg", "--save", "turned")
    assert again.returncode == 2
    assert b"is there already" in again.stderr


def test_a_line_that_is_none_is_one_sentence(safelight: Run) -> None:
    done = safelight("from-magick", "identify a.jpg")
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
