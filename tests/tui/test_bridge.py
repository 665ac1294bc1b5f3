"""The bridge without a screen: what it asks of the engine and what it tells."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from engine.job import State, Verb
from engine.stack import Stack
from tests.tui.fake_engine import FakeEngine
from tui.bridge import Bridge
from tui.bridge.preview import Preview
from tui.graphics.half_blocks import size_of
from tui.graphics.way import Way
from tui.io import Desk
from tui.messages import (
    BatchMoved,
    NoticeGiven,
    PictureDrawn,
    PictureSharpened,
    StackChanged,
)

DEADLINE = 20.0


class Ticker:
    """A timer that ticks when a test says so."""

    def __init__(self) -> None:
        self.running = False

    def pause(self) -> None:
        """Stand still."""
        self.running = False

    def resume(self) -> None:
        """Go on."""
        self.running = True


class Case:
    """A bridge with a fake engine, and everything it told."""

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.told: list[Any] = []
        self.news = threading.Semaphore(0)
        self.looks, self.beats = Ticker(), Ticker()
        self.bridge = Bridge(self.told.append, self.news.release, self.looks, self.beats, lambda: engine)
        self.bridge.start()
        self.collect()

    def collect(self) -> None:
        """Wait for a thread and take what it has."""
        assert self.news.acquire(timeout=DEADLINE)
        self.bridge.collect()

    def settle(self) -> None:
        """Tick until the picture is there."""
        while not self.bridge.preview.settled:
            self.bridge.preview.tick()
            while self.news.acquire(timeout=0.05):
                self.bridge.collect()

    def of(self, kind: type) -> list[Any]:
        """What was told of one kind."""
        return [fact for fact in self.told if isinstance(fact, kind)]


@pytest.fixture
def case() -> Case:
    """A bridge that shows one image."""
    case = Case(FakeEngine())
    case.bridge.preview.fit(30, 20, Way())
    case.bridge.preview.show_image("/photos/a.jpg")
    case.settle()
    return case


def test_looks_are_asked_for_the_newest_and_answered_with_strips(case: Case) -> None:
    look = case.engine.looks[-1]
    assert (look.path, look.width, look.height, look.light) == ("/photos/a.jpg", 30, 40, "linear")
    assert not case.looks.running
    drawn = case.of(PictureDrawn)[-1]
    assert len(drawn.strips) == 10
    assert drawn.view.across == 30


def test_generations_grow_and_an_answer_for_another_image_is_ignored(case: Case) -> None:
    case.bridge.preview.show_image("/photos/b.jpg")
    case.bridge.preview.show_image("/photos/c.jpg")
    generations = [look.generation for look in case.engine.looks]
    assert generations == sorted(set(generations))
    case.settle()
    assert [fact.view.path for fact in case.of(PictureDrawn) if fact.strips][-1] == "/photos/c.jpg"
    assert not [fact for fact in case.of(PictureDrawn) if fact.strips and fact.view.path == "/photos/b.jpg"]


def test_an_answer_to_an_older_look_at_the_same_image_is_shown_while_a_key_is_held(case: Case) -> None:
    old = case.engine.looked()
    assert old is not None
    case.bridge.change(Stack.parse(["exposure:ev=1"]))
    case.engine._answers.clear()
    case.engine._last = type(old)(**{name: getattr(old, name) for name in old.__slots__})
    before = len(case.of(PictureDrawn))
    case.bridge.preview.tick()
    case.collect()
    assert len(case.of(PictureDrawn)) == before + 1
    assert case.looks.running
    assert not case.bridge.preview.settled


def test_what_the_engine_waits_for_is_told_once(case: Case) -> None:
    case.engine.waits = 3
    case.bridge.change(Stack.parse(["exposure:ev=1"]))
    case.settle()
    states = [fact.view.state for fact in case.of(PictureDrawn)]
    assert states.count("compiling kernels 2 of 5") >= 1
    assert states[-1] == ""


def test_a_value_out_of_range_changes_nothing_and_is_told(case: Case) -> None:
    case.bridge.change(Stack.parse(["exposure:ev=1"]))
    told = len(case.of(StackChanged))
    case.bridge.set_value(0, "ev", 1000.0)
    assert case.bridge.stack == Stack.parse(["exposure:ev=1"])
    assert len(case.of(StackChanged)) == told
    assert "ev must be between" in case.of(NoticeGiven)[-1].text


def test_a_batch_is_told_only_when_it_differs_until_it_is_over(case: Case) -> None:
    case.engine.running, case.engine.stands_at = True, 5
    case.bridge.batch.follow("batch-0")
    case.bridge.batch.tick()
    case.bridge.batch.tick()
    assert len(case.of(BatchMoved)) == 1
    assert case.beats.running
    case.engine.state = State.DONE
    case.bridge.batch.tick()
    assert len(case.of(BatchMoved)) == 2
    assert not case.beats.running
    assert [failed.path for failed in case.bridge.batch.failures] == ["/photos/broken-0.jpg"]


def test_what_a_batch_refuses_is_told(case: Case) -> None:
    from engine.errors import BatchError

    def refuse(batch: str, verb: Verb) -> None:
        raise BatchError("The batch is done: it cannot pause.")

    case.engine.running = True
    case.bridge.batch.follow("batch-0")
    case.engine.ask = refuse  # type: ignore[method-assign]
    case.bridge.batch.ask(Verb.PAUSE)
    assert case.of(NoticeGiven)[-1] == NoticeGiven("The batch is done: it cannot pause.", alarm=True)


def test_nothing_is_asked_before_the_engine_is_there() -> None:
    told: list[Any] = []
    preview = Preview(told.append, Desk("drawing", lambda: None), Ticker())
    preview.fit(30, 20, Way())
    preview.show_image("/photos/a.jpg")
    preview.tick()
    assert [type(fact) for fact in told] == [PictureDrawn]


def sharpened(way: Way) -> Case:
    """A bridge that has shown one image in this way, until nothing more comes."""
    case = Case(FakeEngine())
    case.bridge.preview.fit(30, 20, way)
    case.bridge.preview.show_image("/photos/a.jpg")
    case.settle()
    return case


def test_a_coarse_picture_comes_first_and_the_whole_one_when_nothing_changes() -> None:
    case = sharpened(Way(coarse=3000, rest=0.05))
    drawn = [fact.strips for fact in case.of(PictureDrawn) if fact.strips]
    assert size_of(drawn[0]) <= 3000
    assert size_of(drawn[-1]) > 3000
    case.bridge.preview.tick()
    assert not case.looks.running


def test_pixels_follow_cells_and_are_asked_for_at_the_terminals_own_size() -> None:
    case = sharpened(Way("kitty", rest=0.05, cell=(8, 16)))
    (sharp,) = case.of(PictureSharpened)
    assert sharp.transfer.protocol == "kitty"
    assert (case.engine.looks[-1].width, case.engine.looks[-1].height) == (30 * 8, 20 * 16)
    before = len(case.engine.looks)
    case.bridge.preview.show_image("/photos/b.jpg")
    case.settle()
    assert (case.engine.looks[before].width, case.engine.looks[before].height) == (30, 40)


def test_what_cannot_be_cut_waits_until_the_line_is_measured() -> None:
    case = sharpened(Way())
    case.bridge.preview.fit(30, 20, Way("sixel", cell=(8, 16), parts=False))
    for quiet, count in ((False, 0), (True, 1)):
        for _ in range(20):
            case.bridge.preview.tick(quiet)
            if case.news.acquire(timeout=0.05):
                case.bridge.collect()
        assert len(case.of(PictureSharpened)) == count
    assert case.of(PictureDrawn)[-1].view.across == 30 * 8


def test_what_changes_soon_is_never_sharpened() -> None:
    case = sharpened(Way())
    case.bridge.preview.fit(30, 20, Way("kitty", rest=3600.0))
    for _ in range(3):
        case.bridge.preview.tick()
        while case.news.acquire(timeout=0.05):
            case.bridge.collect()
    assert not case.of(PictureSharpened)
    assert case.looks.running
