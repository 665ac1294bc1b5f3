"""The 256 colours, one at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import EIGHT_BIT_PALETTE

from tui.output.xterm import nearest, perceived, rgb

values = st.integers(0, 255)


@pytest.mark.parametrize("number", range(16, 256))
def test_numbers_are_what_others_say_and_nearest_to_themselves(number: int) -> None:
    assert tuple(EIGHT_BIT_PALETTE[number]) == rgb(number)
    assert rgb(nearest(*rgb(number))) == rgb(number)


@given(values, values, values)
def test_no_other_colour_looks_nearer(red: int, green: int, blue: int) -> None:
    def distance(number: int) -> float:
        return sum((a - b) ** 2 for a, b in zip(perceived(red, green, blue), perceived(*rgb(number)), strict=True))

    assert distance(nearest(red, green, blue)) == min(map(distance, range(16, 256)))


def test_greys_stay_grey_and_a_blue_stays_blue() -> None:
    for grey in range(256):
        red, green, blue = rgb(nearest(grey, grey, grey))
        assert red == green == blue
    red, green, blue = rgb(nearest(40, 80, 130))
    assert red < green <= blue
