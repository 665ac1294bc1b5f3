"""All batches as lines of a list. What is over is read once; it asks none of them anything."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.account import Account
from engine.batch.journal import last_event
from engine.batch.queue import places
from engine.batch.shelf import Shelf
from engine.errors import SafelightError
from engine.job import Summary
from engine.meter import Meter
from engine.stack import Stack

if TYPE_CHECKING:
    from engine.batch.client import Batch


class Accounts:
    """For one thread at a time."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """BatchError when the folder of the batches cannot be trusted."""
        self._shelf = shelf or Shelf()
        self._meters: dict[str, Meter] = {}
        self._ended: dict[str, Account] = {}
        self._asked: dict[str, tuple[tuple[str, ...], bool]] = {}

    def all(self) -> tuple[Account, ...]:
        """Newest first. What runs is read from memory, so that this may be asked several times a second."""
        batches = self._shelf.batches()
        turns = places(batch for batch in batches if batch.id not in self._ended)
        kept = {batch.id for batch in batches}
        for known in (self._meters, self._ended, self._asked):
            for name in known.keys() - kept:
                del known[name]
        return tuple(self._ended.get(batch.id) or self._account(batch, turns) for batch in batches)

    def _account(self, batch: Batch, turns: dict[str, int]) -> Account:
        filters, own = self._stack(batch)
        info = batch.info()
        if info.state.over:
            account = self._ended[batch.id] = replace(_ended(batch), info=info, filters=filters, own_edits=own)
            return account
        account = Account(info, filters=filters, own_edits=own, place=turns.get(batch.id, 0), priority=batch.priority)
        snapshot = batch.snapshot(self._meters.setdefault(batch.id, Meter(batch.id)))
        if snapshot is None:
            return account
        return replace(
            account,
            done=snapshot.done,
            failed=snapshot.failed,
            skipped=snapshot.skipped,
            seconds=snapshot.seconds,
            rate=snapshot.rate,
            remaining_seconds=snapshot.remaining_seconds,
            spent=snapshot.spent,
        )

    def _stack(self, batch: Batch) -> tuple[tuple[str, ...], bool]:
        """Its filters, and whether files have their own; the list of files is not read."""
        if batch.id not in self._asked:
            try:
                values = json.loads(batch.folder.specification.read_bytes())
                self._asked[batch.id] = tuple(Stack.from_list(values["stack"]).specifications()), bool(values["edits"])
            except (OSError, ValueError, TypeError, KeyError, SafelightError):
                return (), False
        return self._asked[batch.id]


def _ended(batch: Batch) -> Account:
    """One that is over, by its Board, its journal's last line, and all of the journal where neither tells the whole."""
    info, snapshot = batch.info(), batch.snapshot(Meter(batch.id))
    done, failed, skipped = batch.counts()
    account = Account(info, done, failed, skipped)
    if snapshot is not None:
        account = replace(account, spent=snapshot.spent, seconds=snapshot.seconds)
    last = last_event(batch.folder.journal)
    if isinstance(last, Summary):
        account = replace(account, seconds=last.seconds, rate=last.megapixels_per_second)
    return account
