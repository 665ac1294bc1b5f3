"""`--preset` and `safelight presets`, and filters of a person's own, as a person uses them: in processes."""

import json
import shlex
from pathlib import Path

import numpy as np
from PIL import Image

from tests.tui.cli.conftest import Run

DIM = """
from engine.filter import Filter, Pixel

HALF = 0.5

def function(colours, place, constants):
    return colours[0] * HALF, colours[1] * HALF, colours[2] * HALF

FILTER = Filter(
    name="dim", group="look", help="Darker. Much.", light="encoded", kind=Pixel(function=function, gain=lambda v: 1.0),
    oracle=lambda colour, alpha, values: (colour * HALF, alpha), example="dim",
)
"""

STEP = """
name = "mine"
description = "A."
[[steps]]
filter = "dim"
{}
"""


def level(path: Path) -> int:
    """The lightest sample of a picture."""
    with Image.open(path) as image:
        return int(np.asarray(image).max())


def test_presets_are_listed_and_shown_as_command_lines(safelight: Run) -> None:
    text = safelight("presets").stdout.decode()
    listed = json.loads(safelight("presets", "--json").stdout)
    assert len(listed) >= 12
    assert all(each["name"] in text and each["description"] in " ".join(text.split()) for each in listed)
    shown = safelight("presets", "web-1600").stdout.decode().splitlines()[-1]
    words = shlex.split(shown)
    assert words[:3] == ["safelight", "apply", "PATH"]
    same = safelight("explain", *(word for word in words[3:] if word not in ("-o", "FOLDER")))
    assert same.stdout == safelight("explain", "--preset", "web-1600").stdout
    assert same.returncode == 0


def test_a_preset_is_applied_before_the_filters(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\ndescription = "A."\n[[steps]]\nfilter = "sepia"\n')
    words = (str(pictures), "-o", "out", "--dry-run")
    done = safelight("apply", *words, "-f", "invert", "--preset", "mine.toml", "--preset", "matte")
    assert (
        b"would get sepia, contrast:amount=-0.22,pivot=0.6, saturation:amount=-0.15, gamma:gamma=1.06, invert"
        in done.stdout
    )
    nothing = safelight("apply", *words)
    assert (nothing.returncode, nothing.stderr.count(b"\n")) == (2, 1)
    assert b"--preset" in nothing.stderr


def test_a_broken_preset_is_one_sentence_with_its_line(safelight: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\ndescription = "A."\n[[steps]]\nfilter = "sephia"\n')
    done = safelight("explain", "--preset", "mine.toml")
    assert done.returncode == 2
    assert done.stderr.startswith(b"mine.toml, line 4: There is no filter 'sephia'")


def test_a_filter_of_ones_own_runs_in_batches_and_an_edit_counts(safelight: Run, tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), (200, 200, 200)).save(tmp_path / "a.png")
    folder = tmp_path / "config" / "safelight" / "filters"
    folder.mkdir(parents=True)
    settings = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    (folder / "dim.py").write_text(DIM)
    (folder / "broken.py").write_text("1 / 0")
    done = safelight("apply", "a.png", "-f", "dim", "-o", "first", **settings)
    assert done.returncode == 0, done.stderr
    assert level(tmp_path / "first" / "a.png") == 100
    (folder / "dim.py").write_text(DIM.replace("HALF = 0.5", "HALF = 0.2"))
    assert safelight("apply", "a.png", "-f", "dim", "-o", "second", **settings).returncode == 0
    assert level(tmp_path / "second" / "a.png") == 40
    listed = safelight("filters", **settings)
    assert b"(yours)" in listed.stdout
    assert b"broken.py was left out: ZeroDivisionError, line 1" in listed.stderr


def test_an_older_version_of_a_filter_is_said_and_the_picture_made(safelight: Run, tmp_path: Path) -> None:
    Image.new("RGB", (30, 20), (200, 200, 200)).save(tmp_path / "a.png")
    folder = tmp_path / "config" / "safelight" / "filters"
    folder.mkdir(parents=True)
    (folder / "dim.py").write_text(DIM.replace('example="dim"', 'example="dim", version=2'))
    settings = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    (tmp_path / "mine.toml").write_text(STEP.format("version = 1"))
    said = b"mine was made for version 1 of dim; this is version 2, which may look different.\n"
    applied = safelight("apply", "a.png", "--preset", "mine.toml", "-o", "made", **settings)
    assert (applied.returncode, said in applied.stderr) == (0, True)
    assert level(tmp_path / "made" / "a.png") == 100
    explained = safelight("explain", "--preset", "mine.toml", **settings)
    assert (explained.returncode, explained.stderr) == (0, said)
    (tmp_path / "mine.toml").write_text(STEP.format("version = 2"))
    assert safelight("explain", "--preset", "mine.toml", **settings).stderr == b""


def test_one_of_yours_gets_another_name_or_goes_into_the_bin(safelight: Run, tmp_path: Path) -> None:
    own = tmp_path / "config" / "safelight" / "presets"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('name = "mine"\ndescription = "A."\n[[steps]]\nfilter = "sepia"\n')
    settings = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = safelight("presets", "rename", "mine", "dusk", **settings)
    assert done.returncode == 0
    assert b"mine is dusk now" in done.stdout
    assert [path.name for path in own.iterdir()] == ["dusk.toml"]
    assert json.loads(safelight("presets", "dusk", "--json", **settings).stdout)[0]["filters"] == ["sepia"]
    for words, reason in (
        (("rename", "matte", "x"), b"comes along with Safelight and stays"),
        (("rename", "dusk", "a/b"), b"letters and digits"),
        (("remove", "matte"), b"comes along with Safelight and stays"),
        (("rename", "dusk"), b"rename OLD NEW"),
        (("a", "b", "c", "d"), b"rename OLD NEW"),
    ):
        refused = safelight("presets", *words, **settings)
        assert refused.returncode == 2
        assert reason in refused.stderr
    binned = safelight("presets", "remove", "dusk", **settings)
    assert binned.stdout == b"dusk is in the bin.\n"
    assert not [*own.iterdir()]
    assert [path.name for path in (tmp_path / "data" / "Trash" / "files").iterdir()] == ["dusk.toml"]
