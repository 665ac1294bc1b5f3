"""What is likely to be looked at next is at hand: coarse first, then sharp, until something else is wanted."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.files.limits import Limits
from engine.run.neighbours import Neighbours
from engine.run.proxies import Proxies

PLACE = (60, 80)
DEADLINE = 30.0


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def paths(tmp_path: Path, photographs: Path) -> tuple[str, ...]:
    """A progressive photograph, one that is damaged, and another."""
    with Image.open(photographs / "nuthatch.jpg") as whole:
        for name in ("a.jpg", "c.jpg"):
            whole.save(tmp_path / name, progressive=True)
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xffnonsense")
    return tuple(str(tmp_path / f"{name}.jpg") for name in "abc")


@pytest.fixture
def proxies() -> Proxies:
    return Proxies(Limits())


@pytest.fixture
def neighbours(proxies: Proxies) -> Iterator[Neighbours]:
    made = Neighbours(proxies)
    yield made
    made.close()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine changes nothing."""
    monkeypatch.setattr("engine.run.neighbours.SETTLING", 1.0)


def test_all_that_can_be_read_are_there_and_become_sharp(
    neighbours: Neighbours, proxies: Proxies, paths: tuple[str, ...]
) -> None:
    neighbours.want(paths, PLACE)
    until(lambda: len(proxies._kept) == 2)
    assert [each.coarse for each in proxies._kept.values()] == [True, True]
    until(lambda: proxies.has(paths[0], PLACE) and proxies.has(paths[2], PLACE))


@pytest.mark.usefixtures("patient")
def test_what_is_no_longer_wanted_is_not_prepared(
    neighbours: Neighbours, proxies: Proxies, paths: tuple[str, ...]
) -> None:
    neighbours.want(paths[:1], PLACE)
    neighbours.want((), PLACE)
    neighbours.want(paths[2:], PLACE)
    until(lambda: proxies.has(paths[2], PLACE))
    assert len(proxies._kept) == 1


def test_a_sharp_one_is_not_given_up_for_a_coarse_one(proxies: Proxies, paths: tuple[str, ...]) -> None:
    coarse = proxies.get(paths[0], PLACE, coarse=True)
    sharp = proxies.get(paths[0], PLACE, coarse=False)
    (key,) = proxies._kept
    assert (coarse.coarse, sharp.coarse) == (True, False)
    assert proxies._keep(key, coarse) is sharp


@pytest.mark.usefixtures("patient")
def test_nothing_is_prepared_once_it_is_closed(
    neighbours: Neighbours, proxies: Proxies, paths: tuple[str, ...]
) -> None:
    neighbours.want(paths, PLACE)
    thread = neighbours._thread
    assert thread is not None
    neighbours.close()
    thread.join(DEADLINE)
    assert not thread.is_alive()
    assert not proxies._kept
