"""Parameters: text and back, limits, and the arrow keys."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import SpecError
from engine.filters import catalogue
from engine.parameters import Choice, Slider
from tests.engine.pictures import values_of

PARAMETERS = [each for declared in catalogue().values() for each in declared.parameters]
SLIDERS = [each for each in PARAMETERS if isinstance(each, Slider)]
CHOICES = [each for each in PARAMETERS if isinstance(each, Choice)]
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


KERNEL = Choice(name="kernel", choices=("lanczos", "bicubic", "bilinear", "area"), default=0.0, help="How.")


@pytest.mark.parametrize("choice", [*CHOICES, KERNEL], ids=lambda choice: choice.name)
def test_a_choice_is_written_by_its_words(choice: Choice) -> None:
    assert choice.check(choice.default) == choice.default
    assert choice.help.endswith(".")
    for place, word in enumerate(choice.choices):
        assert choice.parse(word) == choice.parse(f" {word.upper()} ") == choice.from_plain(word) == place
        assert choice.format(place) == choice.plain(place) == word
        assert not any(character in word for character in ",:\"'[ ")


def test_the_beginning_of_a_word_is_enough_if_no_other_begins_so() -> None:
    assert KERNEL.format(KERNEL.parse("bil")) == "bilinear"
    assert KERNEL.format(KERNEL.parse("A")) == "area"
    with pytest.raises(SpecError, match=r"^kernel 'bi' may be bicubic or bilinear; write more of it\.$"):
        KERNEL.parse("bi")
    longer = Choice(name="size", choices=("small", "smallest"), default=0.0, help="How.")
    assert longer.parse("small") == 0.0


@pytest.mark.parametrize("text", ["", "  ", "nearest", "0", "1.0", "lanczos3"])
def test_what_is_no_word_is_refused_with_the_words_there_are(text: str) -> None:
    for refuse in (lambda: KERNEL.parse(text), lambda: KERNEL.from_plain(text)):
        with pytest.raises(SpecError, match=r"^kernel must be one of lanczos, bicubic, bilinear, area, not "):
            refuse()


@pytest.mark.parametrize("value", [-1.0, 4.0, 0.5, math.nan, math.inf])
def test_a_place_is_that_of_a_word(value: float) -> None:
    with pytest.raises(SpecError, match=r"^kernel must be one of lanczos, bicubic, bilinear, area\.$"):
        KERNEL.check(value)


@pytest.mark.parametrize("plain", [True, "1", None, [1]])
def test_plain_numbers_are_numbers(plain: object) -> None:
    for slider in SLIDERS:
        with pytest.raises(SpecError, match=rf"^{slider.name} must be a number"):
            slider.from_plain(plain)


@pytest.mark.parametrize("plain", [0, 0.0, True, None, ["area"]])
def test_plain_words_are_words(plain: object) -> None:
    with pytest.raises(SpecError, match=r"^kernel must be one of"):
        KERNEL.from_plain(plain)


def test_arrow_keys_step_through_the_words_round_the_ends() -> None:
    there = [KERNEL.nudge(float(place), 1) for place in range(4)]
    back = [KERNEL.nudge(float(place), -1) for place in range(4)]
    assert there == [1.0, 2.0, 3.0, 0.0]
    assert back == [3.0, 0.0, 1.0, 2.0]
    assert (KERNEL.nudge(1.0, 10), KERNEL.nudge(1.0, -10), KERNEL.nudge(2.0, 0)) == (3.0, 0.0, 2.0)
