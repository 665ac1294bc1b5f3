"""Pictures decoded before their turn: each by one thread, within bounds, and no file told of twice or not at all."""

import numpy as np

from engine.files.decode import Decoded
from engine.files.header import Header
from engine.image import Image
from engine.run import ahead
from engine.run.ahead import Ahead


def decoded(megabytes: int) -> Decoded:
    pixels = np.zeros((1024, 1024 * megabytes, 1), np.uint8)
    return Decoded(Image(pixels), Header("png", 1024 * megabytes, 1024, 1, 8, 1, 1), ())


def test_no_file_is_chosen_twice() -> None:
    kept = Ahead()
    assert [kept.choose([3, 5, 7]) for _ in range(4)] == [3, 5, 7, None]


def test_a_picture_is_taken_once() -> None:
    kept, picture = Ahead(), decoded(1)
    assert kept.choose([4]) == 4
    kept.keep(4, picture)
    assert kept.take(4) is picture
    assert kept.take(4) is None


def test_a_file_whose_turn_came_first_is_not_kept() -> None:
    kept = Ahead()
    kept.choose([4])
    assert kept.take(4) is None
    kept.keep(4, decoded(1))
    assert kept.take(4) is None


def test_there_is_an_end_to_the_room() -> None:
    kept, half = Ahead(), decoded(ahead.MOST_BYTES // 2 >> 20)
    for index in (0, 1):
        assert kept.choose(range(9)) == index
        kept.keep(index, half)
    assert kept.choose(range(9)) is None
    kept.take(0)
    assert kept.choose(range(2, 9)) == 2
