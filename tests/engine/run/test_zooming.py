"""Parts of a picture, turned, split, and beside others: what is shown is what the whole result has at that place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from engine import apply
from engine.run.look import Look, Looked, Pane
from engine.run.mosaic import GAP, spots
from engine.run.preview import Preview
from engine.run.window import WHOLE, cut
from engine.stack import Stack
from tests.engine.run.conftest import until

HEIGHT, WIDTH = 300, 400
FILTERED = Stack.parse(["invert"])
LINE = 255


@pytest.fixture(scope="module")
def pixels() -> NDArray[np.uint8]:
    """Noise, so that no place looks like another."""
    return np.random.default_rng(7).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)


@pytest.fixture
def path(tmp_path: Path, pixels: NDArray[np.uint8]) -> str:
    """It as a file."""
    Image.fromarray(pixels).save(tmp_path / "noise.png")
    return str(tmp_path / "noise.png")


@pytest.fixture
def shown() -> Iterator[Preview]:
    """The thread."""
    preview = Preview()
    yield preview
    preview.close()


def final(preview: Preview, look: Look) -> Looked:
    """The last answer to a look."""
    preview.look(look)

    def done() -> bool:
        found = preview.looked()
        return (
            found is not None
            and found.generation == look.generation
            and (bool(found.error) or (not found.coarse and found.filtered))
        )

    until(done)
    found = preview.looked()
    assert found is not None
    return found


@pytest.mark.parametrize("stack", [Stack(), FILTERED, Stack.parse(["gaussian-blur:sigma=3", "exposure:ev=0.5"])])
def test_a_pixel_of_the_screen_is_a_pixel_of_the_result(
    shown: Preview, path: str, pixels: NDArray[np.uint8], stack: Stack
) -> None:
    found = final(shown, Look(1, path, 80, 60, stack, zoom=1.0, centre=(0.25, 0.5)))
    whole = apply(pixels, stack) if stack.steps else pixels
    assert found.pixels.shape == (60, 80, 3)
    assert np.array_equal(found.pixels, whole[120:180, 60:140])
    assert found.window == pytest.approx((60 / WIDTH, 120 / HEIGHT, 140 / WIDTH, 180 / HEIGHT))


def test_large_pixels_are_squares(shown: Preview, path: str, pixels: NDArray[np.uint8]) -> None:
    found = final(shown, Look(1, path, 40, 20, Stack(), zoom=4.0, centre=(0.0, 0.0)))
    assert np.array_equal(found.pixels, pixels[:5, :10].repeat(4, 0).repeat(4, 1))


def test_at_the_edge_the_picture_ends_with_the_place(shown: Preview, path: str, pixels: NDArray[np.uint8]) -> None:
    found = final(shown, Look(1, path, 80, 60, Stack(), zoom=1.0, centre=(2.0, 2.0)))
    assert np.array_equal(found.pixels, pixels[-60:, -80:])
    assert found.window[2:] == (1.0, 1.0)


def test_a_stopgap_comes_first_and_moving_about_decodes_nothing(
    shown: Preview, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.run import proxies

    read: list[tuple[int, int]] = []
    real = proxies.proxy

    def counted(path: str, width: int, height: int, *rest: object, **more: object) -> object:
        read.append((width, height))
        return real(path, width, height, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(proxies, "proxy", counted)
    for generation, centre in enumerate(((0.5, 0.5), (0.6, 0.5), (0.9, 0.1)), 1):
        final(shown, Look(generation, path, 80, 60, FILTERED, zoom=1.0, centre=centre))
    assert read == [(80, 60), (WIDTH, HEIGHT)]


def test_what_comes_next_is_at_hand(shown: Preview, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.run import proxies

    others = [str(tmp_path / f"{name}.png") for name in "abc"]
    for other in others[:2]:
        Image.open(path).save(other)
    read: list[str] = []
    real = proxies.proxy

    def counted(path: str, *rest: object, **more: object) -> object:
        read.append(path)
        return real(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(proxies, "proxy", counted)
    # One that is gone does not keep the others from being prepared.
    final(shown, Look(1, path, 80, 60, Stack(), ahead=(others[2], *others[:2])))
    until(lambda: shown._neighbours._proxies.has(others[1], (60, 80)))
    final(shown, Look(2, others[0], 80, 60, Stack()))
    final(shown, Look(3, others[1], 80, 60, Stack()))
    assert [each for each in read if each != others[2]] == [path, *others[:2]]
    assert others[2] in read


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turning_for_viewing_turns_what_is_seen(
    shown: Preview, path: str, pixels: NDArray[np.uint8], turns: int
) -> None:
    turned = np.rot90(pixels, -turns)
    found = final(shown, Look(1, path, 60, 60, FILTERED, zoom=1.0, turns=turns))
    top, left = (turned.shape[0] - 60) // 2, (turned.shape[1] - 60) // 2
    assert np.array_equal(found.pixels, 255 - turned[top : top + 60, left : left + 60])
    assert (found.height, found.width) == turned.shape[:2]
    whole = final(shown, Look(2, path, 100, 100, FILTERED, turns=turns))
    assert whole.pixels.shape[:2] == ((100, 75) if turns % 2 else (75, 100))
    assert whole.window == WHOLE


def test_before_and_after_in_halves(shown: Preview, path: str, pixels: NDArray[np.uint8]) -> None:
    found = final(shown, Look(1, path, 100, 100, FILTERED, zoom=1.0, centre=(0.0, 0.0), split=True))
    assert np.array_equal(found.pixels[:, :50], pixels[:100, :50])
    assert (found.pixels[:, 50] == LINE).all()
    assert np.array_equal(found.pixels[:, 51:], 255 - pixels[:100, 51:100])


def test_halves_of_another_shape_are_side_by_side(shown: Preview, path: str) -> None:
    found = final(shown, Look(1, path, 200, 80, Stack.parse(["crop:left=40"]), split=True))
    (_, second) = spots(2, (80, 200))
    assert found.pixels.shape == (80, second.left + second.width, 3)
    assert (found.pixels[:, second.left - GAP : second.left] == 0).all()


def test_several_pictures_have_the_same_part(
    shown: Preview, path: str, pixels: NDArray[np.uint8], tmp_path: Path
) -> None:
    other = tmp_path / "other.png"
    Image.fromarray(255 - pixels).save(other)
    look = Look(1, path, 82, 40, Stack(), zoom=1.0, centre=(0.5, 0.5), beside=(Pane(str(other), Stack()),))
    left, right = spots(2, (40, 82))
    found = final(shown, look).pixels
    assert np.array_equal(
        255 - found[:, right.left : right.left + right.width], found[:, left.left : left.left + left.width]
    )


def test_one_bad_picture_among_several_is_named(shown: Preview, path: str, tmp_path: Path) -> None:
    found = final(shown, Look(1, path, 80, 40, Stack(), beside=(Pane(str(tmp_path / "gone.jpg"), Stack()),)))
    assert "gone.jpg does not exist" in " ".join(found.notes)
    assert found.pixels.shape[1] > 41


@given(st.integers(1, 9), st.integers(1, 300), st.integers(1, 300))
def test_places_lie_beside_each_other(count: int, height: int, width: int) -> None:
    found = spots(count, (height, width))
    assert len(found) == count
    taken = {(row, column) for spot in found for row in (spot.top,) for column in (spot.left,)}
    assert len(taken) == count
    if min(height, width) >= 30:
        assert all(spot.top + spot.height <= height and spot.left + spot.width <= width for spot in found)


@given(
    st.integers(1, 50),
    st.integers(1, 50),
    st.floats(0.1, 20),
    st.tuples(st.floats(-1, 2), st.floats(-1, 2)),
    st.integers(1, 60),
    st.integers(1, 60),
)
def test_a_cut_never_leaves_the_picture(
    height: int, width: int, factor: float, centre: tuple[float, float], high: int, wide: int
) -> None:
    pixels = np.arange(height * width * 3, dtype=np.uint64).astype(np.uint8).reshape(height, width, 3)
    found, window = cut(pixels, factor, centre, (high, wide))
    assert 1 <= found.shape[0] <= high
    assert 1 <= found.shape[1] <= wide
    assert 0 <= window.left < window.right <= 1
    assert 0 <= window.top < window.bottom <= 1
