"""An engine that replays frozen values: no threads, no files, no clock. Counts what it is asked."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.batch.specification import Specification
from engine.job import BatchInfo, Event, Failed, State, Task, Verb
from engine.planner import size_after
from engine.run.look import Look, Looked
from engine.run.window import WHOLE, Window
from engine.telemetry import Lane, Snapshot, Stage

STAGES = (Stage.FILTER, Stage.DECODE, Stage.ENCODE, Stage.READ, Stage.WRITE, Stage.IDLE)
STEP = 0.5
"""Seconds from a snapshot to the next."""
ROUND = "ddddFFFFFFFFFeeeeeww..w"
"""What a thread does step after step, again and again: decode, filter, encode, wait, idle."""


@dataclass
class FakeEngine:
    """Answers every look at once, coarse first; a batch moves on each time it is asked for a snapshot."""

    running: bool = False
    """A batch was under way before the app was opened."""
    frames: int = 40
    """Snapshots until a batch is over; 0 for never."""
    stands_at: int = 0
    """The number of the snapshot that is given again and again; 0 for none."""
    workers: int = 2
    total: int = 48
    failing: int = 1
    notes: tuple[str, ...] = ()
    error: str = ""
    dark: bool = False
    """Pictures are a single pixel, so that they cost a terminal nothing."""
    waits: int = 0
    """Times `readiness` says that kernels are being compiled."""
    looks: list[Look] = field(default_factory=list)
    submitted: list[Specification] = field(default_factory=list)
    asked: list[Verb] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    closed: bool = False
    state: State = State.RUNNING
    told: int = 0
    """Snapshots given so far."""
    _answers: list[Looked] = field(default_factory=list)
    _last: Looked | None = None

    def look(self, look: Look) -> None:
        """Two answers wait from now on, instead of those that waited."""
        self.looks.append(look)
        self._answers = [self._looked(look, coarse=coarse) for coarse in (True, False)]

    def looked(self) -> Looked | None:
        """The next answer, or the last."""
        if self._answers:
            self._last = self._answers.pop(0)
        return self._last

    def readiness(self) -> str:
        """A sentence so many times."""
        self.waits = max(self.waits - 1, 0)
        return "compiling kernels 2 of 5" if self.waits else ""

    def submit(self, specification: Specification) -> str:
        """Begin a batch."""
        self.submitted.append(specification)
        self.running, self.state, self.told, self.total = True, State.RUNNING, 0, len(specification.tasks)
        self.failing = min(self.failing, max(self.total - 1, 0))
        return f"batch-{len(self.submitted)}"

    def rest_of(self, batch: str) -> str:
        """Begin one with the files that failed."""
        self.rest.append(batch)
        self.running, self.state, self.told, self.total, self.failing = True, State.RUNNING, 0, self.failing, 0
        return f"rest-of-{batch}"

    def batches(self) -> tuple[BatchInfo, ...]:
        """The one that runs."""
        return (BatchInfo("batch-0", self.state, 0.0, self.total, "developed", ""),) if self.running else ()

    def snapshot(self, batch: str) -> Snapshot | None:
        """The batch a fortieth further on."""
        if not self.running:
            return None
        if self.state is State.RUNNING:
            self.told = self.stands_at or self.told + 1
            if self.frames and self.told >= self.frames:
                self.state = State.DONE
        return self._snapshot(batch)

    def events(self, batch: str, start: int) -> tuple[tuple[int, Event], ...]:
        """The failures, from the third snapshot on."""
        failed: list[Event] = [
            Failed(number, f"/photos/broken-{number}.jpg", f"/photos/broken-{number}.jpg is cut short: copy it again.")
            for number in range(self.failing if self.told >= 3 else 0)
        ]
        return tuple(enumerate(failed))[start:]

    def task(self, batch: str, index: int) -> Task:
        """A file of the batch."""
        if self.submitted:
            return self.submitted[-1].tasks[index]
        return Task(f"/photos/DSC_{index + 183:04}.jpg", f"/photos/developed/DSC_{index + 183:04}.jpg")

    def ask(self, batch: str, verb: Verb) -> None:
        """Do it at once."""
        self.asked.append(verb)
        self.state = {
            Verb.PAUSE: State.PAUSED,
            Verb.RESUME: State.RUNNING,
            Verb.DRAIN: State.CANCELLED,
            Verb.CANCEL: State.CANCELLED,
        }[verb]

    def close(self) -> None:
        """Nothing to let go of."""
        self.closed = True

    def _looked(self, look: Look, *, coarse: bool) -> Looked:
        height, width = (4000, 6000) if coarse else size_after(look.stack, (4000, 6000))
        return Looked(
            generation=look.generation,
            path=look.path,
            pixels=gradient(
                look.width,
                look.height,
                seed=zlib.crc32(repr(look.stack).encode()) % 64,
                dark=self.dark,
                whole=bool(look.zoom),
            ),
            coarse=coarse,
            filtered=not coarse,
            source_width=6000,
            source_height=4000,
            width=height if look.turns % 2 else width,
            height=width if look.turns % 2 else height,
            window=_window(look, width, height),
            notes=() if coarse else self.notes,
            error=self.error,
            seconds=0.02,
        )

    def _snapshot(self, batch: str) -> Snapshot:
        share = min(self.told / (self.frames or 40), 0.98)
        over = self.state.over
        failed = self.failing if self.told >= 3 else 0
        done = self.total - failed if self.state is State.DONE else int(share * (self.total - failed))
        return Snapshot(
            batch=batch,
            state=self.state,
            seconds=self.told * STEP,
            lanes=tuple(self._lane(slot, over=over) for slot in range(self.workers)),
            cores=tuple(0.97 - 0.31 * (core % 3 == 1) for core in range(self.workers)),
            total=self.total,
            done=done,
            failed=failed,
            skipped=0,
            megapixels=done * 24.0,
            rate=0.0 if over else 28.0 + 9.0 * ((self.told * 7) % 5) / 5,
            remaining_seconds=None if self.told < 2 or over else (1 - share) * 40,
            unlocked=0.968,
            latency=0.8 + 0.4 * ((self.told * 3) % 7) / 7 if done else None,
            read_rate=0.0 if over else 11.3e6 + 2e5 * (self.told % 9),
            written_rate=0.0 if over else 4.1e6 + 1e5 * (self.told % 7),
            memory=812_000_000 + 4_000_000 * (self.told % 11),
            memory_limit=2_000_000_000,
        )

    def _lane(self, slot: int, *, over: bool) -> Lane:
        stage = Stage.IDLE if over else STAGES[slot % len(STAGES)]
        idle = stage is Stage.IDLE
        file = -1 if idle else min((self.told + slot * 3) % 48, self.total - 1)
        rate = 0.0 if idle else 16.2 - slot % 4
        return Lane(
            name=f"worker {slot + 1}",
            stage=stage,
            file=file,
            fraction=0.0 if idle else ((self.told * 13 + slot * 29) % 100) / 100,
            megapixels=100.0,
            rate=rate,
            load=0.02 if idle else 0.97 - 0.02 * (slot % 7),
            busy_seconds=self.told * STEP - _seconds(slot, self.told, "."),
            cpu_seconds=1.0,
            decode_seconds=_seconds(slot, self.told, "d"),
            filter_seconds=_seconds(slot, self.told, "F"),
            encode_seconds=_seconds(slot, self.told, "e"),
            failed=int(slot == 1 and self.failing > 0 and self.told >= 3),
        )


def _seconds(slot: int, steps: int, kind: str) -> float:
    """That a thread has spent on something; each is at another point of the round."""
    rounds, rest = divmod(steps, len(ROUND))
    turned = ROUND[slot * 7 % len(ROUND) :] + ROUND[: slot * 7 % len(ROUND)]
    return (rounds * ROUND.count(kind) + turned[:rest].count(kind)) * STEP


def _window(look: Look, width: int, height: int) -> Window:
    """The part that is shown."""
    if not look.zoom:
        return WHOLE
    spans = min(1.0, look.width / look.zoom / width), min(1.0, look.height / look.zoom / height)
    left, top = (min(max(middle - span / 2, 0.0), 1 - span) for middle, span in zip(look.centre, spans, strict=True))
    return Window(left, top, left + spans[0], top + spans[1])


def gradient(width: int, height: int, seed: int = 0, *, dark: bool = False, whole: bool = False) -> NDArray[np.uint8]:
    """A picture 3 wide to 2 high that fits in width x height pixels, or fills them; the same for the same numbers."""
    if dark:
        return np.zeros((2, 1, 3), np.uint8)
    columns = max(min(width, height * 3 // 2), 1)
    rows = max(columns * 2 // 3 // 2 * 2, 2)
    if whole:
        columns, rows = width, height
    y, x = np.mgrid[0:rows, 0:columns]
    red = 60 + 150 * x // columns + seed
    green = 40 + 120 * y // rows
    blue = 30 + (x + y) * 90 // (columns + rows)
    return np.stack((red, green, blue), axis=-1).clip(0, 255).astype(np.uint8)
