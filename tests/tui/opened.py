"""The app opened for a test: on files that are not there or on real ones, against the fake engine or the real one."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from textual.keys import _character_to_key
from textual.pilot import Pilot

import tui.app
import tui.intents
from engine.presets import stack_of
from engine.stack import Stack
from tests.tui.fake_engine import FakeEngine
from tui.app import Safelight
from tui.io import Found
from tui.settings.chosen import Settings
from tui.values import Entry, Facts

DEADLINE = 30.0
"""Seconds after which something that should happen counts as never happening."""
COUNT = 12


@dataclass
class Opened:
    """An app under test and what it stands on."""

    app: Safelight
    pilot: Pilot[int]
    engine: FakeEngine

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something to become true."""
        end = time.monotonic() + DEADLINE
        while not condition():
            assert time.monotonic() < end, "it never happened"
            await self.pilot.pause(0.005)

    async def settled(self) -> None:
        """Wait until the engine is loaded and the picture shows the newest look."""
        bridge = self.app.bridge
        await self.until(lambda: bridge.stack is not None)
        await self.until(lambda: bridge.preview.settled)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Press the key of each character."""
        await self.pilot.press(*(_character_to_key(character) for character in text))

    async def add(self, name: str) -> None:
        """Add a filter as a person does."""
        await self.pilot.press("f")
        await self.type(name)
        await self.pilot.press("enter")
        await self.settled()

    async def develop(self, *specifications: str) -> None:
        """Take a stack, the keys on its first parameter."""
        self.app.main.enter("stack")
        self.app.bridge.change(Stack.parse(specifications), 0)
        await self.settled()

    @property
    def values(self) -> list[tuple[str, bool, dict[str, float]]]:
        """The stack in plain values."""
        assert self.app.bridge.stack is not None
        return [(step.filter, step.on, dict(step.values)) for step in self.app.bridge.stack.steps]

    def lines(self) -> list[str]:
        """The text on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        """The text on the screen."""
        return "\n".join(self.lines())


@asynccontextmanager
async def opened(
    engine: FakeEngine | None = None,
    size: tuple[int, int] = (120, 40),
    paths: tuple[str, ...] = ("/photos",),
    presets: tuple[str, ...] = (),
    settings: Settings | None = None,
) -> AsyncIterator[Opened]:
    """The app against the fake engine, loaded and with its first picture, on the stack of presets if there are some."""
    engine = engine or FakeEngine()
    stack, notes = stack_of(presets, ()) if presets else (None, [])
    app = Safelight(paths, stack, " ".join(notes), make_engine=lambda: engine, settings=settings)
    async with app.run_test(size=size) as pilot:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        # Before the first look, a preview has nothing to wait for.
        await case.until(lambda: app.bridge.preview._last or (app.main.images.complete and not app.main.images.count))
        await case.settled()
        try:
            yield case
        finally:
            app.bridge.keeping.forget()
            app.bridge.keeping.now()


def photographs(paths: Iterable[str]) -> Iterator[Found]:
    """A folder that is not there."""
    yield Found(tuple(Entry(f"/photos/DSC_{n:04}.jpg", f"DSC_{n:04}.jpg") for n in range(1, COUNT + 1)), complete=True)


def known_facts(wanted: Mapping[int, str]) -> Iterator[Mapping[int, Facts]]:
    """Sizes for its files; the third cannot be read."""
    for index in wanted:
        yield {index: Facts(error="cut short") if index == 2 else Facts(4_200_000 + 310_000 * index, 6000, 4000)}


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve photographs in a folder that is not there."""
    monkeypatch.setattr(tui.app, "find_images", photographs)
    monkeypatch.setattr(tui.intents, "read_facts", known_facts)
    monkeypatch.setattr(tui.app, "place", lambda paths: "~/photographs/iceland")
