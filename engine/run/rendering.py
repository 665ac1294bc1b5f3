"""One picture on its way through its plan; one worker leads and any number may join. Starts no thread."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.kernels import layout
from engine.plan import ALIGNED, CHUNK, Form, Pass, Plan, Stage
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.kernels import Kernel
    from engine.kernels.compiled import Compiler

    Integers = NDArray[np.int64]
    Pixels = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32]


CACHED = 16 << 20
"""Bytes of a result that may still be in the cache when somebody reads it; larger ones are written past it."""


class StoppedError(Exception):
    """The rendering was cancelled; its result is not whole."""


@dataclass(slots=True)
class Desk:
    """What one worker owns: its number, its counters, its arena, which grows to the largest plan it has met."""

    slot: int
    progress: Integers = field(default_factory=lambda: np.zeros(layout.PROGRESS_FIELDS, np.int64))
    """Tiles done and tiles in all of the picture at hand, and the pixels this worker made; written by the kernel."""
    arena: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    rests: Callable[[bool], object] = lambda _: None
    """Told True when a pause begins for this worker and False when it is over, in its own thread."""

    def fit(self, size: int) -> int:
        """The address of an arena of at least that many bytes, which begins where vectors like to."""
        if self.arena.size < size + ALIGNED:
            self.arena = np.empty(size + ALIGNED, np.uint8)
        return self.arena.ctypes.data + -self.arena.ctypes.data % ALIGNED


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A picture in memory: an array of any shape, and how it lies there."""

    pixels: NDArray[Any]
    form: Form
    size: tuple[int, int]
    """Height and width."""

    @property
    def row(self) -> int:
        """Bytes from a row to the next."""
        return self.size[1] * self.form.pixel

    @property
    def apart(self) -> int:
        """Bytes from a plane to the next."""
        return self.size[0] * self.row


class Sweep:
    """One pass over one picture: addresses for the kernel, and the counters that its workers share."""

    def __init__(
        self,
        number: int,
        plan: Plan,
        address: Callable[[Kernel], int],
        source: Plane,
        target: Plane,
        before: int,
        others: Mapping[int, Plane],
        measured: list[Integers],
    ) -> None:
        """Of pass `number` of the plan, with `before` tiles before it; `others` are earlier passes' results.

        `measured` is what each measuring pass before it has counted.
        """
        self.number, each = number, plan.passes[number]
        self.last, self.alone = number == len(plan.passes) - 1, each.stages[0].ordered
        height, width = target.size
        self.made, self._area = 0, height * width
        """Pixels whose makers have come back, and pixels in all."""
        across, down = tiles_of(each)
        self.tiles, self.scratch, self.size = across * down, each.arena(), each.arena() + each.scratch()
        parameters = [_settled(stage, measured) for stage in each.stages]
        self.stages = _table(each, address, others, parameters)
        self.counts = np.zeros(each.counters, np.int64)
        """What the workers that have come back have counted, whoever counted what."""
        self.frame = np.zeros(layout.FRAME_FIELDS, np.int64)
        self.frame[[layout.HEIGHT, layout.WIDTH, layout.CHUNK]] = height, width, CHUNK
        self.frame[[layout.TILE_ROWS, layout.TILE_COLUMNS]] = each.tile_rows, each.tile_columns
        self.frame[[layout.ACROSS, layout.TILES, layout.TILES_BEFORE]] = across, self.tiles, before
        counted = plan.height * plan.width if self.last else 0
        self.frame[[layout.COUNTED, layout.STAGES, layout.FREE]] = counted, len(each.stages), each.stages[0].free
        self.frame[[layout.FROM, layout.FROM_ROW]] = source.pixels.ctypes.data, source.row
        self.frame[[layout.FROM_PLANE, layout.FROM_PIXEL]] = source.apart, source.form.pixel
        self.frame[[layout.FROM_HEIGHT, layout.FROM_WIDTH]] = source.size
        self.frame[[layout.TO, layout.TO_ROW, layout.TO_PLANE]] = target.pixels.ctypes.data, target.row, target.apart
        self.frame[layout.TO_STREAM] = target.pixels.nbytes > CACHED
        self.control = np.zeros(layout.CONTROL_FIELDS, np.int64)
        self._kept = (each, source, target, dict(others), parameters)
        """The kernel knows these by address only."""

    def work(self, run_pass: Callable[..., int], desk: Desk) -> tuple[int, Integers]:
        """Claim and make tiles until none is left or a signal comes; the pixels made, and what was counted in them."""
        state = np.empty((len(self.stages), layout.STATE_FIELDS), np.int64)
        geometry = np.zeros(layout.GEOMETRY, np.int64)
        frame, counts = self.frame, np.zeros_like(self.counts)
        if counts.size:
            frame = frame.copy()
            frame[layout.TO] = counts.ctypes.data
        addresses = [each.ctypes.data for each in (frame, self.stages, self.control, desk.progress)]
        arena = desk.fit(self.size)
        return unlocked(run_pass, *addresses, arena, state.ctypes.data, geometry.ctypes.data, self.scratch), counts

    @property
    def whole(self) -> bool:
        """Whether every tile is done, and whoever made one is back from the kernel."""
        return self.made == self._area


def _settled(stage: Stage, measured: list[Integers]) -> NDArray[Any]:
    """The stage's parameters, those among them that follow from what was measured."""
    if stage.settled is None:
        return stage.parameters
    numbers = stage.settled.numbers(measured[stage.settled.measuring])
    return np.concatenate([numbers.astype(np.float32), stage.parameters[numbers.size :]])


def _table(
    each: Pass, address: Callable[[Kernel], int], others: Mapping[int, Plane], parameters: list[NDArray[Any]]
) -> Integers:
    """What the kernel is told of the stages."""
    table = np.zeros((len(each.stages), layout.STAGE_FIELDS), np.int64)
    offset = 0
    for k, stage in enumerate(each.stages):
        rows, stride = each.buffer(k) if k < len(each.stages) - 1 else (0, 0)
        table[k, layout.ADDRESS] = address(stage.kernel)
        table[k, layout.PARAMETERS] = parameters[k].ctypes.data
        table[k, [layout.STAGE_REACH, layout.STAGE_BESIDE, layout.GROUP]] = stage.reach, stage.beside, stage.group
        table[k, layout.INSIDE] = stage.inside
        table[k, layout.STAGE_IN : layout.ITEM + 1] = stage.source.planes, stage.target.planes, stage.target.pixel
        table[k, layout.BUFFER : layout.CAPACITY + 1] = offset, stride, rows
        for first, axis in ((layout.ROW_SIZE, stage.rows), (layout.COLUMN_SIZE, stage.columns)):
            table[k, first : first + 4] = axis.size, axis.start, axis.upper, axis.lower
        if stage.other is not None:
            other = others[stage.other]
            places = other.pixels.ctypes.data, other.row, other.apart, other.form.pixel
            table[k, layout.STAGE_OTHER : layout.OTHER_PIXEL + 1] = places
        offset += stage.target.planes * rows * stride
    return table


def tiles_of(each: Pass) -> tuple[int, int]:
    """Tiles across and down."""
    height, width = each.size
    return -(-width // each.tile_columns), -(-height // each.tile_rows)


def _between(each: Pass) -> Plane:
    """Memory between two passes."""
    form, (height, width) = each.stages[-1].target, each.size
    # Of a measuring pass this has no bytes.
    return Plane(np.empty((form.planes, height, width * form.pixel), np.uint8), form, each.size)


class Rendering:
    """A picture being made by a leader and those who join it."""

    def __init__(self, plan: Plan, compiler: Compiler, source: Pixels, target: Pixels) -> None:
        """`source` is (height, width, channels_in) and `target` of the plan's `shape_out`, both C-contiguous."""
        self.plan = plan
        self.shares: dict[int, int] = {}
        """Pixels of the result that each worker made, by slot."""
        self.hands = 1
        """Workers that were set to it; kept by whoever sets them."""
        self.seconds: list[float] = []
        """What each pass that is over took."""
        self._compiler = compiler
        self._source = Plane(source, Form(1, source.shape[2] * source.itemsize), (plan.height, plan.width))
        self._target = Plane(target, Form(1, target.shape[2] * target.itemsize), (plan.height_out, plan.width_out))
        self._changed = threading.Condition()
        self._sweep: Sweep | None = None
        self._over = False
        self._signal = layout.GO

    def credits(self) -> dict[int, int]:
        """The pixels of the source, shared out by slot as those of the result were made; they add up."""
        source, made = self.plan.height * self.plan.width, sum(self.shares.values())
        shared, before = {}, 0
        for slot, pixels in self.shares.items():
            shared[slot] = source * (before + pixels) // made - source * before // made
            before += pixels
        return shared

    def lead(self, desk: Desk) -> None:
        """Run every pass; returns when the target is whole, raises StoppedError when cancelled."""
        try:
            if not self.plan.passes:
                np.copyto(self._target.pixels, self._source.pixels)
                self.shares[desk.slot] = pixels = self.plan.height * self.plan.width
                desk.progress[layout.PROGRESS_PIXELS] += pixels
            total = sum(math.prod(tiles_of(each)) for each in self.plan.passes)
            before, source = 0, self._source
            others, measured = {-1: source}, list[Any]()
            for number, each in enumerate(self.plan.passes):
                began = time.perf_counter()
                target = self._target if each is self.plan.passes[-1] else _between(each)
                sweep = Sweep(number, self.plan, self._compiler.address, source, target, before, others, measured)
                desk.progress[layout.PROGRESS_TOTAL] = total
                self._run(sweep, desk)
                before += sweep.tiles
                if each.counters:
                    measured.append(sweep.counts)
                else:
                    source = others[number] = target
                others = {made: each for made, each in others.items() if made < 0 or self.plan.needed(made) > number}
                # The kernel is through with what nobody reads any more.
                del sweep
                self.seconds.append(time.perf_counter() - began)
        finally:
            with self._changed:
                self._over, self._sweep = True, None
                self._changed.notify_all()

    def join(self, desk: Desk) -> None:
        """Help until the picture is whole or given up."""
        total = sum(math.prod(tiles_of(each)) for each in self.plan.passes)
        desk.progress[[layout.PROGRESS_DONE, layout.PROGRESS_TOTAL]] = 0, total
        seen = -1
        while True:
            with self._changed:
                while not self._over and (
                    self._sweep is None or self._sweep.number == seen or self._sweep.alone or self._signal != layout.GO
                ):
                    if not self._rested(desk):
                        self._changed.wait()
                if self._over:
                    return
                sweep = self._sweep
            if sweep is not None and self._make(sweep, desk):
                seen = sweep.number
            # Whoever waits for the next pass must not keep alive what the last one read.
            del sweep

    def signal(self, value: int) -> None:
        """GO, PAUSE (between tiles) or CANCEL (between rows), for all who work on it; from any thread."""
        with self._changed:
            self._signal = value
            if self._sweep is not None:
                self._sweep.control[layout.STOP] = value
            self._changed.notify_all()

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
        pixels, counts = sweep.work(self._compiler.runner(), desk)
        with self._changed:
            sweep.made += pixels
            sweep.counts += counts
            if sweep.last:
                self.shares[desk.slot] = self.shares.get(desk.slot, 0) + pixels
            self._changed.notify_all()
        return int(sweep.control[layout.NEXT_TILE]) >= sweep.tiles
