"""What a batch will take, from some of its files that were tried and the headers of all. It decodes and writes nothing.

A file's seconds are those per megapixel of the tried files of its format, stage by stage, encoding by those of
the result; its bytes by these and by what its source takes for a pixel. The threads share the sum.
"""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.remote.url import is_url
from engine.run.budget import CHILD_BYTES, PROCESS_BYTES, WORKER_BYTES
from engine.run.memory import default_memory
from engine.run.prospect import Prospects
from engine.run.samples import Sample, chosen
from engine.run.standing import standing
from engine.telemetry import Spent

if TYPE_CHECKING:
    from engine.batch.specification import Specification

STARTS = 1.0
"""Seconds from the start of a batch's process until its first file is read and its kernels are at hand (measured)."""
MOST_EXAMINED = 2000
"""Files whose headers are read; of more, so many stand for all."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of all files of a batch that are not done already."""

    files: int
    """To be made."""
    left_alone: int
    """There already, and not made again."""
    tried: int
    """Files that were developed to tell this."""
    failing: int
    """Of those, the ones that could not be."""
    workers: int
    """0 where a cluster does it: nobody has asked it."""
    seconds: float | None
    """From beginning to end, on that many workers; None where a cluster does it."""
    spent: Spent
    """Of all threads together."""
    megapixels: float
    bytes: int
    """Of the results."""
    free: int
    """On the disk that they go to; below 0 where nobody can tell."""
    memory: int
    """Bytes that the batch's process takes at most; 0 where a cluster does it."""
    budget: int
    """Bytes that it may take: it takes fewer files at a time where that is less. 0 where a cluster does it."""
    cluster: str = ""
    """Its address; the seconds in `spent` are those of this machine all the same, where files were tried."""

    @property
    def warning(self) -> str:
        """What had better be seen to before; empty where all is well."""
        if self.tried and self.failing == self.tried:
            return "None of the files that were tried could be developed."
        if 0 <= self.free < self.bytes:
            return f"The results need about {_size(self.bytes)}, and the disk has {_size(self.free)} left."
        if self.memory > self.budget:
            return (
                f"With all workers busy it would take {_size(self.memory)} of memory; it may take "
                f"{_size(self.budget)}, so that some will wait for others."
            )
        return ""


@dataclass(frozen=True, slots=True)
class _File:
    """One that is to be made, by its headers."""

    format: str
    megapixels: float
    made: float
    read: int
    """Bytes."""
    need: int

    @property
    def weight(self) -> float:
        """What its result's bytes are taken to go by."""
        return _weight(self.made, self.read, self.megapixels)


@dataclass(frozen=True, slots=True)
class _Pace:
    """Seconds per megapixel by stage, and bytes of a result by its weight."""

    decode: float
    filter: float
    encode: float
    wait: float
    bytes: float

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> _Pace:
        """The mean of the tried files, by their pixels."""
        read = sum(each.megapixels for each in samples) or 1.0
        made = sum(each.made for each in samples) or 1.0
        weight = sum(_weight(each.made, each.read, each.megapixels) for each in samples) or 1.0
        total = {stage: sum(getattr(each.spent, stage) for each in samples) for stage in asdict(Spent())}
        return cls(
            total["decode"] / read,
            total["filter"] / read,
            total["encode"] / made,
            total["wait"] / read,
            sum(each.bytes for each in samples) / weight,
        )


def predict(specification: Specification, samples: Iterable[Sample]) -> Prediction:
    """What the whole batch would take. Reads the headers of its files and asks the disk for its free space."""
    tried = tuple(samples)
    good = tuple(each for each in tried if not each.error)
    to_do = [index for index in range(len(specification.tasks)) if not _stands(specification, index)]
    files = _examined(specification, to_do)
    scale = len(to_do) / len(files) if files else 1.0
    paces, usual = _paces(good), _Pace.of(good)
    spent, size, longest = [0.0] * 4, 0.0, 0.0
    for each in files:
        pace = paces.get(each.format, usual)
        stages = (
            pace.decode * each.megapixels,
            pace.filter * each.megapixels,
            pace.encode * each.made,
            pace.wait * each.megapixels,
        )
        spent = [before + seconds for before, seconds in zip(spent, stages, strict=True)]
        size += pace.bytes * each.weight
        longest = max(longest, sum(stages))
    whole = Spent(*(seconds * scale for seconds in spent))
    here, workers = not specification.cluster, max(1, min(specification.workers, len(to_do)))
    needs = sorted((each.need for each in files), reverse=True)[:workers]
    return Prediction(
        files=len(to_do),
        left_alone=len(specification.tasks) - len(to_do),
        tried=len(tried),
        failing=len(tried) - len(good),
        workers=specification.workers if here else 0,
        seconds=None if not here else STARTS + max(whole.total / workers, longest) if to_do else 0.0,
        spent=whole,
        megapixels=sum(each.megapixels for each in files) * scale,
        bytes=round(size * scale),
        free=_free(specification.destination),
        memory=PROCESS_BYTES + specification.workers * WORKER_BYTES + sum(needs) if to_do and here else 0,
        budget=(specification.memory or default_memory()) if here else 0,
        cluster=specification.cluster,
    )


def _weight(made: float, read: int, megapixels: float) -> float:
    """Megapixels of the result by the root of the bytes that the source takes for one.

    What is hard to compress stays so, but less and less the more the format or the size change. Of 300 draws of 44
    photographs each, 12 told the bytes of all with errors of 3 to 9 % (median of four stacks) by this, of 6 to 8 % by
    pixels and of 4 to 12 % by the bytes of the source.
    """
    return made * math.sqrt(read / megapixels) if megapixels else 0.0


def _paces(samples: Sequence[Sample]) -> dict[str, _Pace]:
    """By the formats of the sources."""
    formats = {each.format for each in samples}
    return {form: _Pace.of([each for each in samples if each.format == form]) for form in formats}


def _examined(specification: Specification, to_do: Sequence[int]) -> list[_File]:
    """By their headers; files that cannot be read take no time worth telling."""
    prospects, found = Prospects(specification, specification.workers), list[_File]()
    for number in chosen(len(to_do), MOST_EXAMINED):
        try:
            prospect = prospects.of(specification.tasks[to_do[number]])
        except SafelightError:
            found.append(_File("", 0.0, 0.0, 0, 0))
            continue
        facts, plan = prospect.facts, prospect.plan
        made = plan.height_out * plan.width_out / 1e6
        need = prospect.need - (CHILD_BYTES if prospect.apart else 0)
        found.append(_File(prospect.source, facts.width * facts.height / 1e6, made, prospect.read.size, need))
    return found


def _stands(specification: Specification, index: int) -> bool:
    """Whether its result is there and is left alone. Nothing is changed where results take their sources' places."""
    if specification.in_place:
        return False
    try:
        return standing(specification, index, specification.tasks[index]) is not None
    except SafelightError:
        return False


def _free(folder: str) -> int:
    """Bytes on the disk of a folder that may not be there yet; -1 where that is another machine's."""
    if is_url(folder):
        return -1
    path = os.path.abspath(folder)
    while not os.path.isdir(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return 0


def _size(count: int) -> str:
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"
