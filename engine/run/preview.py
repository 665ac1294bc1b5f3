"""The preview thread: the newest look, coarse first, then sharp, with its stack as soon as the kernels are there."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import SafelightError
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.giving_up import GivenUpError, until
from engine.run.kernel_loader import KernelLoader
from engine.run.look import Look, Looked, Pane
from engine.run.mosaic import halves, spots, together
from engine.run.neighbours import Neighbours
from engine.run.proxies import Proxies
from engine.run.showing import Showing, Shown, missing
from engine.stack import Stack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

NOTHING: Bytes = np.zeros((0, 0, 3), np.uint8)
log = logging.getLogger("safelight")


class Preview:
    """Answers looks on a thread of its own; asking and reading never wait."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._news = threading.Condition()
        self._wanted: Look | None = None
        self._asked_at = 0.0
        self._again = False
        self._closed = False
        self._answer: Looked | None = None
        self._kernels = KernelLoader(self._look_again)
        proxies = Proxies(limits or Limits())
        self._showing, self._neighbours = Showing(proxies, self._kernels), Neighbours(proxies)
        threading.Thread(target=self._work, name="preview", daemon=True).start()

    def look(self, look: Look) -> None:
        """Want this from now on."""
        self._neighbours.want((), (0, 0), look.path)
        with self._news:
            self._wanted, self._asked_at, self._again = look, time.monotonic(), True
            self._news.notify_all()

    def looked(self) -> Looked | None:
        """The newest answer."""
        return self._answer

    def readiness(self) -> str:
        """Empty when all kernels asked for are there, else what is being done."""
        return self._kernels.readiness()

    def close(self) -> None:
        """Answer nothing more."""
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._kernels.close()
        self._neighbours.close()

    def _look_again(self) -> None:
        with self._news:
            self._again = True
            self._news.notify_all()

    def _work(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._closed or (self._again and self._wanted is not None))
                if self._closed:
                    return
                self._again = False
                look, asked_at = self._wanted, self._asked_at
            if look is not None:
                self._attend(look, asked_at)

    def _attend(self, look: Look, asked_at: float) -> None:
        """Answer one look, in up to two steps; given up when a newer one comes."""
        with until(lambda: self._left(look)):
            self._answer_to(look, asked_at)

    def _answer_to(self, look: Look, asked_at: float) -> None:
        try:
            for coarse in (True, False):
                shown = self._shown(look, coarse=coarse)
                if shown is None:
                    return
                self._tell(look, shown, asked_at)
                if not any(each.coarse for each in shown):
                    break
            if not look.zoom:
                self._neighbours.want(look.ahead, (look.height, look.width))
        except GivenUpError:
            return
        except SafelightError as error:
            self._fail(look, str(error))
        except Exception as error:
            log.exception("%s cannot be shown.", show(look.path))
            self._fail(look, f"{show(look.path)} cannot be shown ({type(error).__name__}: {error}).")

    def _shown(self, look: Look, *, coarse: bool) -> list[Shown] | None:
        """Every picture of the look, or as it is before and after; None when a newer look has come meanwhile."""
        if not look.split:
            return self._each(look, look.panes, len(look.panes), coarse=coarse)
        both = (Pane(look.path, Stack()), Pane(look.path, look.stack))
        found = self._each(look, both, 1, coarse=coarse)
        if found is None or found[0].pixels.shape == found[1].pixels.shape:
            return found
        # The stack changes the picture's shape: they are seen side by side instead.
        return self._each(look, both, 2, coarse=coarse)

    def _each(self, look: Look, panes: Sequence[Pane], places: int, *, coarse: bool) -> list[Shown] | None:
        grid = spots(places, (look.height, look.width))
        found: list[Shown] = []
        for number, pane in enumerate(panes):
            if self._superseded(look):
                return None
            spot = grid[number % places]
            try:
                found.append(self._showing.show(pane, look, (spot.height, spot.width), coarse=coarse))
            except SafelightError as error:
                if len(panes) == 1:
                    raise
                found.append(missing(str(error), look.ground))
        return found

    def _tell(self, look: Look, shown: list[Shown], asked_at: float) -> None:
        first = shown[-1] if look.split else shown[0]
        answer = Looked(
            generation=look.generation,
            path=look.path,
            pixels=_composed(look, [each.pixels for each in shown]),
            coarse=any(each.coarse for each in shown),
            filtered=all(each.filtered for each in shown),
            source_width=first.source[1],
            source_height=first.source[0],
            width=first.result[1],
            height=first.result[0],
            window=first.window,
            notes=tuple(dict.fromkeys(note for each in shown for note in each.notes)),
            seconds=time.monotonic() - asked_at,
        )
        # An answer that came too late is shown all the same: while a key is held down, every answer comes too late.
        wanted = self._wanted
        if not self._closed and wanted is not None and wanted.path == look.path:
            self._answer = answer

    def _fail(self, look: Look, sentence: str) -> None:
        self._answer = Looked(look.generation, look.path, NOTHING, coarse=False, filtered=False, error=sentence)

    def _left(self, look: Look) -> bool:
        """Whether other pictures are looked at by now."""
        wanted = self._wanted
        return (
            self._closed
            or wanted is None
            or {each.path for each in wanted.panes}.isdisjoint(each.path for each in look.panes)
        )

    def _superseded(self, look: Look) -> bool:
        return self._closed or self._wanted is not look


def _composed(look: Look, pictures: list[Bytes]) -> Bytes:
    """One picture of them all; before and after are side by side where the stack has changed their shape."""
    if len(pictures) == 1:
        return pictures[0]
    if look.split and pictures[0].shape == pictures[1].shape:
        return halves(*pictures)
    return together(pictures, spots(len(pictures), (look.height, look.width)), look.ground)
