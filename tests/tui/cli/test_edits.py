"""`safelight apply --edits`: every picture with its own, resumed where one of them has changed since."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from engine import apply
from engine.sidecars.edits import read_edits, write_edits
from engine.stack import Stack
from tests.tui.cli.conftest import Run

INVERT, FLIP = Stack.parse(["invert"]), Stack.parse(["flip"])


def pictures_in(folder: Path) -> dict[str, np.ndarray]:
    made = {}
    for number, name in enumerate("abc"):
        pixels = np.random.default_rng(number).integers(0, 255, (40, 60, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{name}.png")
        made[name] = pixels
    return made


def result(folder: Path, name: str) -> np.ndarray:
    return np.asarray(Image.open(folder / f"{name}.png"))


def test_each_picture_gets_its_own_edits(safelight: Run, tmp_path: Path) -> None:
    made = pictures_in(tmp_path)
    for name, stack in (("a", INVERT), ("b", FLIP)):
        write_edits(str(tmp_path / f"{name}.png"), stack, None)
    paths = [str(tmp_path / f"{name}.png") for name in "abc"]
    done = safelight("apply", "--edits", *paths, "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert b"c.png has no edits: left out" in done.stderr
    for name, stack in (("a", INVERT), ("b", FLIP)):
        assert np.array_equal(result(tmp_path / "out", name), apply(made[name], stack))
    assert not (tmp_path / "out" / "c.png").exists()


def test_filters_come_after_the_edits_and_for_those_without_too(safelight: Run, tmp_path: Path) -> None:
    made = pictures_in(tmp_path)
    write_edits(str(tmp_path / "a.png"), FLIP, None)
    paths = [str(tmp_path / f"{name}.png") for name in "ac"]
    assert safelight("apply", "--edits", *paths, "-f", "crop:left=50", "-o", str(tmp_path / "out")).returncode == 0
    crop = Stack.parse(["crop:left=50"])
    assert np.array_equal(result(tmp_path / "out", "a"), apply(made["a"], Stack((*FLIP.steps, *crop.steps))))
    assert np.array_equal(result(tmp_path / "out", "c"), apply(made["c"], crop))


def test_resuming_makes_only_the_picture_whose_edits_have_changed(safelight: Run, tmp_path: Path) -> None:
    made = pictures_in(tmp_path)
    for name in "ab":
        write_edits(str(tmp_path / f"{name}.png"), INVERT, None)
    command = ("apply", "--edits", *(str(tmp_path / f"{name}.png") for name in "ab"), "-o", str(tmp_path / "out"))
    assert safelight(*command).returncode == 0
    before = (tmp_path / "out" / "b.png").stat().st_mtime_ns
    write_edits(str(tmp_path / "a.png"), FLIP, read_edits(str(tmp_path / "a.png")).edition)
    assert safelight(*command, "--resume").returncode == 0
    assert np.array_equal(result(tmp_path / "out", "a"), apply(made["a"], FLIP))
    assert (tmp_path / "out" / "b.png").stat().st_mtime_ns == before


def test_no_edits_at_all_and_damaged_ones_start_no_batch(safelight: Run, tmp_path: Path) -> None:
    pictures_in(tmp_path)
    done = safelight("apply", "--edits", str(tmp_path / "a.png"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert b"None of these pictures has edits" in done.stderr
    (tmp_path / "a.png.safelight.toml").write_text("nonsense", encoding="utf-8")
    done = safelight("apply", "--edits", str(tmp_path / "a.png"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert b"a.png.safelight.toml, line 1" in done.stderr
    assert not (tmp_path / "out").exists()
