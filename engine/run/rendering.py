"""One picture on its way through its plan; one worker leads and any number may join. Starts no thread."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import layout
from engine.plan import CHUNK, Pass, Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.kernels import Kernel
    from engine.kernels.compiled import Compiler

    Integers = NDArray[np.int64]
    Pixels = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]


class StoppedError(Exception):
    """The rendering was cancelled; its result is not whole."""


@dataclass(slots=True)
class Desk:
    """What one worker owns: its number, its counters, its arena, which grows to the largest plan it has met."""

    slot: int
    progress: Integers = field(default_factory=lambda: np.zeros(layout.PROGRESS_FIELDS, np.int64))
    """Tiles done and tiles in all of the picture at hand, and the pixels this worker made; written by the kernel."""
    arena: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))
    rests: Callable[[bool], object] = lambda _: None
    """Told True when a pause begins for this worker and False when it is over, in its own thread."""

    def fit(self, samples: int) -> NDArray[np.float32]:
        """The arena, at least that large."""
        if self.arena.size < samples:
            self.arena = np.empty(samples, np.float32)
        return self.arena


class Sweep:
    """One pass over one picture: addresses for the kernel, and the counters that its workers share."""

    def __init__(
        self, number: int, plan: Plan, address: Callable[[Kernel], int], source: Pixels, target: Pixels, before: int
    ) -> None:
        """Of pass `number` of the plan, before which there are `before` tiles."""
        each = plan.passes[number]
        self.last = number == len(plan.passes) - 1
        self.made, self._area = 0, plan.height * plan.width
        """Pixels whose makers have come back, and pixels in all."""
        across, down = tiles_of(each, plan)
        self.stages = np.zeros((len(each.stages), layout.STAGE_FIELDS), np.int64)
        offset = 0
        for k, stage in enumerate(each.stages):
            rows, columns = each.buffer(k) if k < len(each.stages) - 1 else (0, 0)
            self.stages[k, layout.ADDRESS] = address(stage.kernel)
            self.stages[k, layout.PARAMETERS] = stage.parameters.ctypes.data
            self.stages[k, layout.STAGE_REACH] = stage.reach
            self.stages[k, layout.STAGE_IN : layout.STAGE_OUT + 1] = stage.planes_in, stage.planes_out
            self.stages[k, layout.AFTER] = each.after(k)
            self.stages[k, layout.BUFFER : layout.CAPACITY + 1] = offset, columns, rows
            offset += stage.planes_out * rows * columns
        self.scratch, self.samples, self.tiles = offset, each.samples(), across * down
        self.frame = np.zeros(layout.FRAME_FIELDS, np.int64)
        self.frame[[layout.HEIGHT, layout.WIDTH, layout.CHUNK]] = plan.height, plan.width, CHUNK
        self.frame[[layout.TILE_ROWS, layout.TILE_COLUMNS]] = each.tile_rows, each.tile_columns
        self.frame[[layout.ACROSS, layout.TILES, layout.TILES_BEFORE]] = across, self.tiles, before
        self.frame[[layout.SOURCE, layout.SOURCE_BYTES]] = source.ctypes.data, source.shape[2] * source.itemsize
        self.frame[[layout.TARGET, layout.TARGET_BYTES]] = target.ctypes.data, target.shape[2] * target.itemsize
        self.frame[layout.COUNTED] = self.last
        self.control = np.zeros(layout.CONTROL_FIELDS, np.int64)
        self._kept = (each, source, target)
        """The kernel knows these by address only."""

    def work(self, run_pass: Callable[..., int], desk: Desk) -> int:
        """Claim and make tiles until none is left or a signal comes; the pixels made."""
        state = np.empty((len(self.stages), layout.STATE_FIELDS), np.int64)
        geometry = np.zeros(layout.GEOMETRY, np.int64)
        arena = desk.fit(self.samples)
        return run_pass(self.frame, self.stages, self.control, desk.progress, arena, state, geometry, self.scratch)

    @property
    def whole(self) -> bool:
        """Whether every tile is done, and whoever made one is back from the kernel."""
        return self.made == self._area


def tiles_of(each: Pass, plan: Plan) -> tuple[int, int]:
    """Tiles across and down."""
    return -(-plan.width // each.tile_columns), -(-plan.height // each.tile_rows)


class Rendering:
    """A picture being made by a leader and those who join it."""

    def __init__(self, plan: Plan, compiler: Compiler, source: Pixels, target: Pixels) -> None:
        """`source` is (height, width, channels_in) and `target` (height, width, channels_out), both C-contiguous."""
        self.plan = plan
        self.shares: dict[int, int] = {}
        """Pixels of the result that each worker made, by slot."""
        self.hands = 1
        """Workers that were set to it; kept by whoever sets them."""
        self._compiler, self._source, self._target = compiler, source, target
        self._changed = threading.Condition()
        self._sweep: Sweep | None = None
        self._over = False
        self._signal = layout.GO

    def lead(self, desk: Desk) -> None:
        """Run every pass; returns when the target is whole, raises StoppedError when cancelled."""
        try:
            if not self.plan.passes:
                np.copyto(self._target, self._source)
                self.shares[desk.slot] = pixels = self.plan.height * self.plan.width
                desk.progress[layout.PROGRESS_PIXELS] += pixels
            total = sum(math.prod(tiles_of(each, self.plan)) for each in self.plan.passes)
            before, source = 0, self._source
            for number, each in enumerate(self.plan.passes):
                target = self._target if each is self.plan.passes[-1] else self._between(each)
                sweep = Sweep(number, self.plan, self._compiler.address, source, target, before)
                desk.progress[layout.PROGRESS_TOTAL] = total
                self._run(sweep, desk)
                before, source = before + sweep.tiles, target
        finally:
            with self._changed:
                self._over, self._sweep = True, None
                self._changed.notify_all()

    def join(self, desk: Desk) -> None:
        """Help until the picture is whole or given up."""
        total = sum(math.prod(tiles_of(each, self.plan)) for each in self.plan.passes)
        desk.progress[[layout.PROGRESS_DONE, layout.PROGRESS_TOTAL]] = 0, total
        seen: Sweep | None = None
        while True:
            with self._changed:
                while not self._over and (self._sweep in (None, seen) or self._signal != layout.GO):
                    if not self._rested(desk):
                        self._changed.wait()
                if self._over:
                    return
                sweep = self._sweep
            if sweep is not None and self._make(sweep, desk):
                seen = sweep

    def signal(self, value: int) -> None:
        """GO, PAUSE (between tiles) or CANCEL (between rows), for all who work on it; from any thread."""
        with self._changed:
            self._signal = value
            if self._sweep is not None:
                self._sweep.control[layout.STOP] = value
            self._changed.notify_all()

    def _between(self, each: Pass) -> Pixels:
        """Memory between two passes."""
        return np.empty((self.plan.height, self.plan.width, each.stages[-1].planes_out), each.dtype)

    def _run(self, sweep: Sweep, desk: Desk) -> None:
        with self._changed:
            sweep.control[layout.STOP] = self._signal
            self._sweep = sweep
            self._changed.notify_all()
        while not sweep.whole:
            with self._changed:
                self._rested(desk)
                if self._signal == layout.CANCEL:
                    raise StoppedError
            if self._make(sweep, desk):
                with self._changed:
                    self._changed.wait_for(lambda: sweep.whole or self._signal != layout.GO)

    def _rested(self, desk: Desk) -> bool:
        """Sit out a pause, if there is one, with the lock in hand; whether there was."""
        if self._signal != layout.PAUSE or self._over:
            return False
        desk.rests(True)
        self._changed.wait_for(lambda: self._signal != layout.PAUSE or self._over)
        desk.rests(False)
        return True

    def _make(self, sweep: Sweep, desk: Desk) -> bool:
        """Work on a pass; whether every tile of it is claimed."""
        pixels = sweep.work(self._compiler.runner(), desk)
        with self._changed:
            sweep.made += pixels
            if sweep.last:
                self.shares[desk.slot] = self.shares.get(desk.slot, 0) + pixels
            self._changed.notify_all()
        return int(sweep.control[layout.NEXT_TILE]) >= sweep.tiles
