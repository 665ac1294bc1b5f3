"""Parameters: text and back, limits, and the arrow keys."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.filters import catalogue
from engine.parameter import Slider
from tests.engine.pictures import values_of

SLIDERS = [slider for declared in catalogue().values() for slider in declared.parameters]
ANY = st.sampled_from(SLIDERS)


def value_of(slider: Slider, data: st.DataObject) -> float:
    """Any value that the parameter allows, all 53 bits of it."""
    if slider.whole:
        return float(data.draw(st.integers(math.ceil(slider.low), math.floor(slider.high))))
    return data.draw(st.one_of(st.floats(slider.low, slider.high), values_of(slider)))


@given(slider=ANY, data=st.data())
def test_text_and_back_is_the_same_value(slider: Slider, data: st.DataObject) -> None:
    value = value_of(slider, data)
    assert slider.parse(slider.format(value)) == value
    assert slider.parse(f" {slider.format(value)} ") == value
    assert slider.check(value) == value


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
def test_a_declaration_is_consistent(slider: Slider) -> None:
    low, high = slider.control
    assert slider.low <= low < high <= slider.high
    assert slider.check(slider.default) == slider.default
    assert low <= slider.default <= high
    assert slider.step > 0.0
    assert slider.scale == "linear" or slider.low > 0.0
    assert slider.help.endswith(".")


@given(slider=ANY, data=st.data())
def test_what_is_out_of_range_is_refused_by_name_and_limits(slider: Slider, data: st.DataObject) -> None:
    below = st.floats(max_value=slider.low, exclude_max=True)
    above = st.floats(min_value=slider.high, exclude_min=True)
    value = data.draw(st.one_of(below, above, st.sampled_from([math.nan, math.inf, -math.inf])))
    for refuse in (lambda: slider.check(value), lambda: slider.parse(repr(value))):
        with pytest.raises(SpecError) as refusal:
            refuse()
        sentence = str(refusal.value)
        assert sentence.startswith(slider.name)
        assert slider.format(slider.low) in sentence
        assert slider.format(slider.high) in sentence
        assert slider.unit in sentence


@pytest.mark.parametrize("text", ["", "much", "1,5", "0x10", "--1", "1 2"])
def test_what_is_no_number_is_refused_by_name(text: str) -> None:
    for slider in SLIDERS:
        with pytest.raises(SpecError, match=rf"^{slider.name} must be a number, not "):
            slider.parse(text)


def test_whole_numbers_are_whole() -> None:
    (radius,) = catalogue()["median"].parameters
    with pytest.raises(SpecError, match=r"^radius must be a whole number, not 1\.5\.$"):
        radius.parse("1.5")


@given(slider=ANY, data=st.data(), steps=st.integers(-40, 40))
def test_arrow_keys_stay_in_range_and_on_the_grid(slider: Slider, data: st.DataObject, steps: int) -> None:
    value = value_of(slider, data)
    moved = slider.nudge(value, steps)
    assert slider.check(moved) == moved
    ends = (*slider.control, value)
    place = moved / slider.step
    tolerance = 1e-9 * max(1.0, abs(place))
    assert abs(place - round(place)) <= tolerance or moved in ends
    if steps:
        assert (moved - value) * steps >= 0.0 or abs(moved - value) <= slider.step / 2
    assert min(ends) <= moved <= max(ends)


@pytest.mark.parametrize("slider", SLIDERS, ids=lambda slider: slider.name)
def test_there_and_back_again(slider: Slider) -> None:
    start = slider.nudge(slider.default, 0)
    up = slider.nudge(start, 1)
    down = slider.nudge(start, -1)
    assert up > start or start == slider.control[1]
    assert down < start or start == slider.control[0]
    assert slider.nudge(up, -1) == start or up == slider.control[1]
    assert slider.nudge(start, 10_000) == slider.control[1]
    assert slider.nudge(start, -10_000) == slider.control[0]
