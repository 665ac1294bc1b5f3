"""What a file will take, from its headers alone: its plan and its memory. It decodes nothing."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import SpecError
from engine.files.edition import Edition
from engine.files.encode import encoding_work
from engine.files.header import examine_file
from engine.files.name import show
from engine.files.tone import tone_of
from engine.files.turn import upright_size
from engine.files.xmp import reading
from engine.planner import make_plan
from engine.run.budget import ARENA_BYTES, CHILD_BYTES
from engine.run.buffers import rounded

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.files.format import Facts
    from engine.job import Task
    from engine.light import ToneCurve
    from engine.plan import Plan
    from engine.stack import Stack

PLANS = 16
"""Plans kept: the pictures of one camera have one and the same."""
DTYPES = {8: "uint8", 16: "uint16", 32: "float32"}


@dataclass(frozen=True, slots=True, eq=False)
class Prospect:
    """What a file's headers say of it, and what follows for the batch."""

    facts: Facts
    read: Edition
    """The file as it was before that."""
    format: str
    """That its result will have."""
    source: str
    """That it has itself."""
    plan: Plan
    apart: bool
    """Whether it is decoded in a process of its own."""
    need: int
    """Bytes of memory that it takes at most, from before it is read until it is over."""


class Prospects:
    """The files of one batch. May be asked from any thread."""

    def __init__(self, specification: Specification, workers: int) -> None:
        self._specification, self._workers = specification, workers
        self._planned = functools.lru_cache(PLANS)(self._make)

    def of(self, task: Task) -> Prospect:
        """Reads the file's headers; ImageError when they are not those of a picture that can be read.

        SpecError when a file that a step names is not as it was when the batch was asked for: its pictures would
        differ among one another.
        """
        wanted = self._specification
        self._check_files()
        form, facts, read = examine_file(task.source, wanted.limits)
        width, height = upright_size(facts.width, facts.height, facts.orientation)
        plan = self.plan(task, (height, width, facts.channels), DTYPES[facts.depth], facts.icc)
        kind = form.name if wanted.format == "keep" else wanted.format
        need, apart = self._need(facts, read.size, plan, kind), form.trusted is None
        return Prospect(facts, read, kind, form.name, plan, apart, need + (CHILD_BYTES if apart else 0))

    def plan(self, task: Task, shape: tuple[int, ...], dtype: str, icc: bytes) -> Plan:
        """For a task's pixels of this shape and depth, with the tone curve of that profile."""
        return self._planned(self._specification.stack_of(task), shape, dtype, tone_of(icc))

    def _check_files(self) -> None:
        was = self._specification.files
        for path, now in self._specification.stamps().items() if was else ():
            if now != was.get(path):
                raise SpecError(
                    f"{show(path)} has changed since the batch was started; start another batch for what is left."
                )

    def _make(self, stack: Stack, shape: tuple[int, int, int], dtype: str, tone: ToneCurve) -> Plan:
        return make_plan(stack, shape, dtype, light=self._specification.light, tone=tone)

    def _need(self, facts: Facts, size: int, plan: Plan, kind: str) -> int:
        """The most that is held at one time: while decoding, filtering or encoding."""
        decoded = facts.width * facts.height * facts.channels * facts.itemsize
        made = math.prod(plan.shape_out) * facts.itemsize
        picture, result = rounded(decoded), rounded(made)
        work = max(facts.work, picture if facts.orientation > 1 else 0)
        wanted = self._specification
        encoding = encoding_work(plan.shape_out, facts.itemsize, kind, wanted.quality, profile=wanted.profile)
        arena = max((each.memory() for each in plan.passes), default=0)
        stages = (2 * size + picture + work, picture + plan.memory() + result - made, result + encoding)
        metadata = 4 * (len(facts.exif) + len(facts.icc) + len(facts.xmp) + len(facts.iptc)) + reading(facts.xmp)
        return max(stages) + metadata + self._workers * max(0, arena - ARENA_BYTES)
