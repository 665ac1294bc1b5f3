"""Cells of four and six fields: what they show is as near to the picture as two colours a cell can be."""

import itertools
from typing import Any

import numpy as np
import pytest

from tui.graphics.fields import QUADRANTS, SEXTANTS, quadrants, sextants

ONE, OTHER = (200, 40, 10), (0, 90, 250)


def fields_of(strip: Any, x: int, characters: str, count: int) -> list[list[int]]:
    """The colours of a cell's fields."""
    mask = characters.index(strip.chars[x])
    ink, paper = (list(map(int, part.split(";")[2:])) if part else [] for part in strip.pens[x][:2])
    return [ink if mask >> field & 1 else paper for field in range(count)]


@pytest.mark.parametrize(("draw", "characters", "down"), [(quadrants, QUADRANTS, 2), (sextants, SEXTANTS, 3)])
def test_two_colours_in_any_fields_are_exact(draw: Any, characters: str, down: int) -> None:
    count = 2 * down
    assert len(set(characters)) == 1 << count
    patterns = list(itertools.product((0, 1), repeat=count))
    small = np.zeros((down, 2 * len(patterns), 3), np.uint8)
    for index, pattern in enumerate(patterns):
        for field, on in enumerate(pattern):
            small[field // 2, 2 * index + field % 2] = ONE if on else OTHER
    lines = np.repeat(small, 12 // down, axis=0)
    pixels = lines if down == 2 else lines.reshape(4, 3, -1, 3).mean(axis=1).astype(np.uint8)
    pixels = lines.reshape(4, 3, -1, 3)[:, 1] if down == 2 else pixels
    (strip,) = draw(pixels, "truecolor")
    for index, pattern in enumerate(patterns):
        found = fields_of(strip, index, characters, count)
        wanted = [list(ONE if on else OTHER) for on in pattern]
        if down == 2:
            assert found == wanted
        else:
            # Three fields on four lines: each takes a third of the line between it and the next.
            assert np.abs(np.array(found) - wanted).mean() < 60


def test_blank_cells_are_spaces() -> None:
    pixels = np.full((8, 6, 3), 77, np.uint8)
    for draw in (quadrants, sextants):
        for strip in draw(pixels, "256"):
            assert set(strip.chars) == {" "}
            assert {pen[0] for pen in strip.pens} == {""}
