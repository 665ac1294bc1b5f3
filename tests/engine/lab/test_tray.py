"""The preview's way: any strategy develops the same picture, again and again."""

import numpy as np
import pytest

from engine.errors import SafelightError
from engine.lab.job import exposure_gamma
from engine.lab.strategies import find, strategies
from engine.lab.strategy import Strategy
from engine.lab.tray import Tray

PICTURE = np.random.default_rng(4).integers(0, 256, (24, 18, 3), dtype=np.uint8)
HERE = [pytest.param(each, id=each.name) for each in strategies().values() if not each.missing()]


@pytest.mark.parametrize("strategy", HERE)
def test_every_slide_is_a_new_picture(strategy: Strategy) -> None:
    tray = Tray(strategy, 2)
    try:
        first = tray.develop(PICTURE, 0.0, 1.0)
        later = tray.develop(PICTURE[:20], 0.7, 1.4)
        soft = tray.develop(PICTURE, blur=True)
    finally:
        tray.close()
    assert np.array_equal(first.pixels, PICTURE)
    assert np.array_equal(later.pixels, exposure_gamma(0.7, 1.4)[PICTURE[:20]])
    assert soft.pixels.std() < PICTURE.std()
    assert later.seconds > 0.0


def test_one_that_is_missing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    with pytest.raises(SafelightError, match="There is no C compiler"):
        Tray(find("native-extension"), 2)
