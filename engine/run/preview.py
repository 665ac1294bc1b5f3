"""The preview thread: the newest look, coarse first, then sharp, with its stack as soon as the kernels are there."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import SafelightError
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.proxy import Proxy, proxy
from engine.planner import make_plan, size_after
from engine.run.fit import place_for
from engine.run.ground import on_ground
from engine.run.kernel_loader import KernelLoader
from engine.run.look import Look, Looked
from engine.run.rendering import Desk, Rendering

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

KEPT = 24
"""Reduced pictures that stay in memory: 24 of 400 x 188 pixels are 5 MB."""
NOTHING: Bytes = np.zeros((0, 0, 3), np.uint8)
log = logging.getLogger("safelight")


class Preview:
    """Answers looks on a thread of its own; asking and reading never wait."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._news = threading.Condition()
        self._wanted: Look | None = None
        self._asked_at = 0.0
        self._again = False
        self._closed = False
        self._answer: Looked | None = None
        self._proxies: OrderedDict[tuple[object, ...], Proxy] = OrderedDict()
        self._desk = Desk(0)
        self._kernels = KernelLoader(self._look_again)
        threading.Thread(target=self._work, name="preview", daemon=True).start()

    def look(self, look: Look) -> None:
        """Want this from now on."""
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
        try:
            for coarse in (True, False):
                reduced = self._proxy(look, coarse=coarse)
                if self._superseded(look):
                    return
                self._tell(look, reduced, asked_at)
                if not reduced.coarse:
                    return
        except SafelightError as error:
            self._fail(look, str(error))
        except Exception as error:
            log.exception("%s cannot be shown.", show(look.path))
            self._fail(look, f"{show(look.path)} cannot be shown ({type(error).__name__}: {error}).")

    def _tell(self, look: Look, reduced: Proxy, asked_at: float) -> None:
        filtered = self._filtered(look, reduced)
        height, width = reduced.source_height, reduced.source_width
        if filtered is not None:
            height, width = size_after(look.stack, (height, width))
        stack_notes = look.stack.scaled(reduced.scale)[1]
        answer = Looked(
            generation=look.generation,
            path=look.path,
            pixels=on_ground(reduced.pixels if filtered is None else filtered),
            coarse=reduced.coarse,
            filtered=filtered is not None,
            source_width=reduced.source_width,
            source_height=reduced.source_height,
            width=width,
            height=height,
            notes=(*reduced.notes, *stack_notes),
            seconds=time.monotonic() - asked_at,
        )
        # An answer that came too late is shown all the same: while a key is held down, every answer comes too late.
        wanted = self._wanted
        if not self._closed and wanted is not None and wanted.path == look.path:
            self._answer = answer

    def _fail(self, look: Look, sentence: str) -> None:
        self._answer = Looked(look.generation, look.path, NOTHING, coarse=False, filtered=False, error=sentence)

    def _superseded(self, look: Look) -> bool:
        return self._closed or self._wanted is not look

    def _proxy(self, look: Look, *, coarse: bool) -> Proxy:
        """The reduced picture, of the size at which the stack's result fits."""
        place = look.height, look.width
        plain = self._kept(look.path, place, coarse=coarse)
        fitting = place_for(look.stack, (plain.source_height, plain.source_width), place)
        return plain if fitting == place else self._kept(look.path, fitting, coarse=coarse)

    def _kept(self, path: str, place: tuple[int, int], *, coarse: bool) -> Proxy:
        """The reduced picture, from memory if the file is still the same; a sharp one serves for a coarse one."""
        height, width = place
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            return proxy(path, width, height, self._limits, coarse=coarse)
        key = (path, status.st_mtime_ns, status.st_size, width, height)
        kept = self._proxies.get(key)
        if kept is None or (kept.coarse and not coarse):
            kept = self._proxies[key] = proxy(path, width, height, self._limits, coarse=coarse)
            while len(self._proxies) > KEPT:
                self._proxies.popitem(last=False)
        self._proxies.move_to_end(key)
        return kept

    def _filtered(self, look: Look, reduced: Proxy) -> Bytes | None:
        """The reduced picture after the stack, lengths scaled; None while the kernels for it are being loaded."""
        stack, _ = look.stack.scaled(reduced.scale)
        source = np.ascontiguousarray(reduced.pixels)
        height, width, channels = source.shape
        plan = make_plan(stack, (height, width, channels), "uint8", light=look.light)
        if not plan.passes:
            return source
        native = self._kernels.at_hand(stage.kernel for each in plan.passes for stage in each.stages)
        if native is None:
            return None
        result = np.empty(plan.shape_out, np.uint8)
        Rendering(plan, native, source, result).lead(self._desk)
        return result
