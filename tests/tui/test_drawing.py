"""Lines, bars, figures and the plot: arithmetic in columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from engine.parameters import Slider
from tui.widgets.bar import level, progress, share, slide, value_at
from tui.widgets.figures import clock, count, megapixels, percent, rate, scale, size, steady
from tui.widgets.line import Line, cells, fit
from tui.widgets.round_plot import BLANK, RoundPlot, ceiling

PLAIN = Style.null()
EV = Slider(name="ev", default=0.0, low=-20.0, high=20.0, control=(-5.0, 5.0), step=0.1, help="", unit="stops")
SIGMA = Slider(name="sigma", default=2.0, low=0.0, high=500.0, control=(0.1, 100.0), step=0.1, help="", scale="log")
RADIUS = Slider(name="radius", default=1.0, low=0.0, high=50.0, control=(0.0, 20.0), step=1.0, help="", whole=True)
TEXT = st.text(st.sampled_from("aZ9 é日本語…█"), max_size=40)


@given(TEXT, st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_a_text_is_made_to_fit_exactly(text: str, width: int, align: str) -> None:
    assert cells(fit(text, width, align)) == width  # type: ignore[arg-type]


@given(st.lists(TEXT), st.lists(TEXT), st.integers(0, 60))
def test_a_line_has_the_width_asked_for(left: list[str], right: list[str], width: int) -> None:
    line = Line()
    for text in left:
        line.add(text, PLAIN)
    for text in right:
        line.right(text, PLAIN)
    strip = line.strip(width, PLAIN)
    assert strip.cell_length == width == cells(strip.text)


@given(TEXT, st.integers(1, 30))
def test_a_line_within_a_line_keeps_to_its_columns(text: str, width: int) -> None:
    line = Line().put(Line().add(text, PLAIN).add("tail", PLAIN), width).add("|", PLAIN)
    assert line.width == width + 1


@given(st.floats(-1, 2), st.integers(1, 80))
def test_a_bar_is_as_wide_as_it_should_be_and_full_only_when_done(fraction: float, width: int) -> None:
    text = "".join(piece for piece, _ in progress(fraction, width, PLAIN, PLAIN))
    assert len(text) == width
    assert (text == "━" * width) == (fraction >= 1 - 0.25 / width)


@pytest.mark.parametrize("slider", [EV, SIGMA, RADIUS])
@given(column=st.integers(0, 29))
def test_a_slider_gives_back_the_value_under_the_knob(slider: Slider, column: int) -> None:
    value = value_at(slider, column, 30)
    slider.check(value)
    assert abs(share(slider, value) * 29 - column) <= 29 * slider.step / (slider.control[1] - slider.control[0]) + 15
    pieces = slide(slider, value, 30, PLAIN, PLAIN, PLAIN)
    text = "".join(piece for piece, _ in pieces)
    assert len(text) == 30
    assert text.count("●") == 1


def test_a_slider_is_bright_from_its_default_to_its_value() -> None:
    assert "".join(text for text, _ in slide(EV, 2.5, 11, PLAIN, PLAIN, PLAIN)) == "─────━━━●──"[:11]
    assert "".join(text for text, _ in slide(EV, 0.0, 11, PLAIN, PLAIN, PLAIN)) == "─────●─────"
    assert "".join(text for text, _ in slide(EV, -5.0, 11, PLAIN, PLAIN, PLAIN)) == "●━━━━━─────"


def test_figures_are_what_a_person_reads() -> None:
    assert [size(number) for number in (0, 812, 14_200, 791_555, 4_379_037, 148_000_000, 2_000_000_000)] == [
        *("0 B", "812 B", "14.2 kB", "792 kB", "4.4 MB", "148 MB", "2.0 GB"),
    ]
    assert [megapixels(number) for number in (262_144, 20_440_948, 99_960_000)] == ["0.3", "20.4", "100"]
    assert (rate(16.24), rate(131.0), percent(0.974), scale(0.0079), scale(0.125)) == (
        *("16.2 MP/s", "131 MP/s", "97 %", "0.8 %", "12 %"),
    )
    assert [clock(seconds) for seconds in (0.4, 42, 125.6, 7505)] == ["0:00", "0:42", "2:06", "2:05:05"]
    assert (count(1, "file"), count(1204, "image")) == ("1 file", "1,204 images")
    assert (steady(EV, 1.0), steady(EV, 0.125), steady(RADIUS, 3.0)) == ("1.0", "0.125", "3")
    assert (level(0.0), level(0.5), level(1.0)) == (" ", "▄", "█")


@pytest.mark.parametrize(("value", "top"), [(0, 1), (0.9, 1), (1.2, 2), (28, 50), (50, 50), (51, 100)])
def test_the_plot_has_a_round_scale(value: float, top: float) -> None:
    assert ceiling(value) == top


@given(st.lists(st.floats(0, 500), max_size=300), st.integers(2, 40), st.integers(1, 8))
def test_the_plot_keeps_its_shape_and_a_gap_before_the_pen(samples: list[float], width: int, height: int) -> None:
    plot = RoundPlot()
    for sample in samples:
        plot.add(sample)
    lines = plot.draw(width, height)
    assert [len(line) for line in lines] == [width] * height
    assert all(BLANK <= ord(character) < BLANK + 256 for line in lines for character in line)
    if len(samples) >= 2 * width:
        lowest = [ord(character) - BLANK for character in lines[-1]]
        assert sum((bits & 0x40 == 0) + (bits & 0x80 == 0) for bits in lowest) == 2


def test_the_plot_is_written_round() -> None:
    plot = RoundPlot()
    for _ in range(40):
        plot.add(10.0)
    before = plot.draw(10, 2)
    plot.add(10.0)
    changed = sum(
        a != b for old, new in zip(before, plot.draw(10, 2), strict=True) for a, b in zip(old, new, strict=True)
    )
    assert 0 < changed <= 4
