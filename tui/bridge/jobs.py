"""All batches of this user for the app: listed, asked, put in order and forgotten, in a background thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from engine.errors import SafelightError
from engine.job import HIGHEST, LOWEST, State, Verb
from tui.io import Desk
from tui.values import ApplyOptions, Asked

if TYPE_CHECKING:
    from engine.account import Account
    from engine.engine import Engine

Said: TypeAlias = "Callable[[str], None]"
"""Is given what could not be done, or nothing."""


class Jobs:
    """For the screen of all batches."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._engine: Engine | None = None

    def attach(self, engine: Engine) -> None:
        """The engine is there."""
        self._engine = engine

    def look(self, then: Callable[[tuple[Account, ...], str], None]) -> None:
        """All of them, later: those at work, those that wait in their order, and those that are over, newest first."""
        engine = self._engine
        if engine is not None:
            self._desk.ask("list", lambda: [_listed(engine)], lambda found: then(*found))

    def ask(self, batches: Iterable[str], verb: Verb, said: Said) -> None:
        """Pause, resume, drain or cancel them."""
        names = tuple(batches)
        self._do(f"{verb} {names}", [partial(_ask, batch=name, verb=verb) for name in names], said)

    def rank(self, account: Account, by: int, said: Said) -> None:
        """Put one that waits further on in the queue, or further back."""
        priority = min(max(account.priority + by, LOWEST), HIGHEST)
        self._do(f"rank {account.id}", [lambda engine: engine.rank(account.id, priority)], said)

    def remove(self, batch: str, said: Said) -> None:
        """Forget one that is over."""
        self._do(f"remove {batch}", [lambda engine: engine.remove(batch)], said)

    def asked(self, batch: str, then: Callable[[Asked | None, str], None]) -> None:
        """What one was asked, later; or why that cannot be told."""
        engine = self._engine
        if engine is not None:
            self._desk.ask("asked", lambda: [_asked(engine, batch)], lambda found: then(*found))

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Do nothing more."""
        self._desk.close()

    def _do(self, kind: str, deeds: list[Callable[[Engine], object]], said: Said) -> None:
        engine = self._engine
        if engine is not None:
            self._desk.ask(kind, lambda: [_done(engine, deeds)], said)


def _ask(engine: Engine, batch: str, verb: Verb) -> None:
    engine.ask(batch, verb)


def _done(engine: Engine, deeds: Iterable[Callable[[Engine], object]]) -> str:
    """The last refusal, if there is one: what is asked of many is asked of all."""
    refusal = ""
    for deed in deeds:
        try:
            deed(engine)
        except SafelightError as error:
            refusal = str(error)
    return refusal


def _listed(engine: Engine) -> tuple[tuple[Account, ...], str]:
    try:
        return tuple(sorted(engine.accounts(), key=_order)), ""
    except SafelightError as error:
        return (), str(error)


def _order(account: Account) -> tuple[int, int]:
    """Python's sorting keeps the newest first among those of one kind."""
    if account.state.over:
        return 2, 0
    return (1, account.place) if account.place else (0, account.state is State.PAUSED)


def _asked(engine: Engine, batch: str) -> tuple[Asked | None, str]:
    try:
        found = engine.asked_of(batch)
    except SafelightError as error:
        return None, str(error)
    options = ApplyOptions(
        output=found.destination,
        format=found.format,
        quality=str(found.quality),
        existing=found.existing,
        own=bool(found.edits),
        metadata=found.metadata,
        cluster=found.cluster,
    )
    return Asked(found.stack, options), ""
