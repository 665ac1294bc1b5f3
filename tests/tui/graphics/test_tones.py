"""Tones are counted as they are, and drawn so that little is seen beside much."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tui.graphics.palette import Pixels
from tui.graphics.tones import tones_of
from tui.widgets.tone_graph import heights

PICTURES = arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3)))


@given(PICTURES)
def test_every_pixel_is_counted_in_every_channel(pixels: Pixels) -> None:
    tones = tones_of(pixels)
    assert tones is not None
    size = pixels.shape[0] * pixels.shape[1]
    assert [sum(channel.counts) for channel in tones] == [size] * 4
    for channel, name in enumerate(("red", "green", "blue")):
        found = getattr(tones, name)
        assert found.counts == tuple(int((pixels[:, :, channel] == code).sum()) for code in range(256))
        assert found.black == (pixels[:, :, channel] == 0).mean()
        assert found.white == (pixels[:, :, channel] == 255).mean()
    exact = pixels.astype(float) @ (0.2126, 0.7152, 0.0722)
    codes = [code for code, count in enumerate(tones.luma.counts) for _ in range(count)]
    assert np.abs(np.sort(exact.ravel()) - codes).max() <= 0.51


def test_nothing_has_no_tones() -> None:
    assert tones_of(np.zeros((0, 3, 3), np.uint8)) is None


@given(st.lists(st.integers(0, 10_000), min_size=256, max_size=256), st.integers(1, 300), st.integers(1, 8))
def test_bars_are_as_many_as_columns_and_none_is_hidden(counts: list[int], columns: int, most: int) -> None:
    bars = heights(tuple(counts), columns, most)
    assert len(bars) == columns
    assert all(0 <= bar <= most for bar in bars)
    if columns <= 256:
        edges = [round(place * 256 / columns) for place in range(columns + 1)]
        assert [bar > 0 for bar in bars] == [any(counts[a:b]) for a, b in itertools.pairwise(edges)]


def test_clipped_ends_do_not_press_down_the_rest() -> None:
    counts = [0] * 256
    counts[0], counts[128], counts[255] = 100_000, 10, 100_000
    assert max(heights(tuple(counts), 64, 8)[1:-1]) == 8
