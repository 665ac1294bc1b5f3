"""The batches of this user for the app, listed in a background thread. It starts none and draws nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.name import show
from tui.io import Desk
from tui.values import OfferRow

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.job import BatchInfo


def list_batches(engine: Engine, desk: Desk, then: Callable[[tuple[OfferRow, ...]], None]) -> None:
    """All of them, newest first, later."""
    desk.ask("batches", lambda: [_offers(engine)], then)


def _offers(engine: Engine) -> tuple[OfferRow, ...]:
    try:
        return tuple(_offer(each) for each in engine.batches())
    except SafelightError as error:
        return (OfferRow("", "", str(error)),)


def _offer(batch: BatchInfo) -> OfferRow:
    where = f" on {show(batch.host)}" if batch.host else ""
    begun = time.strftime("%d %b %H:%M", time.localtime(batch.started))
    files = "1 file" if batch.total == 1 else f"{batch.total} files"
    return OfferRow(batch.id, f"  {batch.state}{where}, {files}", f"Begun {begun}, to {show(batch.output)}.")
