"""The engine and all that the app wants to know of it at the start, in a background thread. It holds nothing."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.bridge.watched import watched

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.filter import Filter
    from engine.stack import Stack


@dataclass(frozen=True, slots=True)
class Loaded:
    """What comes from the thread that loads the engine."""

    engine: Engine
    filters: Mapping[str, Filter]
    formats: tuple[str, ...]
    empty: Stack
    left: Stack | None
    """With which these paths were left."""
    running: str | None
    """A batch that was under way before the app was opened, or has ended since one followed it."""
    left_out: tuple[str, ...]
    """Sentences on filters of a person's own that cannot be used."""


def open_engine() -> Engine:
    """The real engine, and a log for it. Imports both, and what previews need, so not for the event loop."""
    from engine.engine import Engine
    from engine.files.log import start_log

    importlib.import_module("engine.run.preview")
    start_log("app")
    # What is loaded stays for good: looking through it for rings of objects held up a key for 65 ms now and then.
    gc.freeze()
    return Engine()


def load(make_engine: Callable[[], Engine], left: Callable[[], Stack | None]) -> Loaded:
    """In that thread."""
    from engine.files.encode import FORMATS
    from engine.filters import catalogue, left_out
    from engine.stack import Stack

    filters, engine = catalogue(), make_engine()
    here = [each for each in engine.batches() if not each.host]
    last = watched()
    running = next((each.id for each in here if not each.state.over), None)
    running = running or next((each.id for each in here if each.id == last), None)
    return Loaded(engine, filters, tuple(FORMATS), Stack(), left(), running, left_out())
