"""Curves: Amdahl's fit gives back what it was made of, limits are named, a real filter is measured."""

import numpy as np
import pytest

from engine.errors import SafelightError
from engine.lab.drawing.curve import curve_svg
from engine.lab.scaling.curve import Curve, Point
from engine.lab.scaling.run import counts_to, scaled

PICTURE = np.random.default_rng(2).integers(0, 256, (200, 300, 3), dtype=np.uint8)


def curve(serial: float, *, copying: float = 0.01, spinning: float = 0.0, cores: int = 8) -> Curve:
    def times(workers: int, share: float) -> tuple[float, ...]:
        return (share + (1.0 - share) / workers,) * 5

    points = (Point(n, times(n, serial), times(n, spinning), (copying,) * 5) for n in (1, 2, 4, 8))
    return Curve("x", 1.0, 6e6, cores, tuple(points))


@pytest.mark.parametrize("serial", [0.0, 0.05, 0.3, 1.0])
def test_the_fit_finds_the_serial_share(serial: float) -> None:
    assert curve(serial).serial == pytest.approx(serial)
    assert curve(serial).amdahl(8) == pytest.approx(1.0 / (serial + (1.0 - serial) / 8))


def test_more_workers_than_cores_are_no_test_of_the_fit() -> None:
    points = curve(0.1).points
    stuck = (*points[:2], Point(4, points[1].filtering, points[1].spinning, points[1].copying))
    assert Curve("x", 1.0, 6e6, 2, stuck).serial == pytest.approx(0.1)


def test_the_limit_is_named() -> None:
    assert "memory is the limit" in curve(0.1, copying=0.2).limit
    assert "the cores are the limit" in curve(0.05, spinning=0.05).limit
    assert "the cores would allow" in curve(0.5).limit


def test_a_filter_is_measured_with_one_worker_and_more() -> None:
    found = scaled("gaussian-blur:sigma=2", PICTURE, 2, 5)
    assert [point.workers for point in found.points] == [1, 2]
    assert all(len(point.filtering) == 5 for point in found.points)
    assert found.traffic >= 6 * PICTURE.shape[0] * PICTURE.shape[1]
    assert "Amdahl" in curve_svg(found)
    assert found.to_dict()["points"][0]["speed_up"]["median"] == 1.0


def test_many_workers_are_tried_in_growing_steps() -> None:
    assert counts_to(3) == [1, 2, 3]
    assert counts_to(18) == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 18]


@pytest.mark.parametrize("words", ["gausian-blur", "exposure:ev=0"])
def test_what_cannot_be_measured_is_one_sentence(words: str) -> None:
    with pytest.raises(SafelightError, match=words.split(":", maxsplit=1)[0]):
        scaled(words, PICTURE, 2, 5)
