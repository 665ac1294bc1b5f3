"""How large the work must be for a strategy, so that what is measured is neither noise nor an evening."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.lab.job import Job, Step
from engine.lab.measuring.setting import Setting, bands_for, job_of

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.strategy import Team

MOST_NUMBER = 45
GROWTH = 8.0
"""How much larger the next try may be."""


@dataclass(frozen=True, slots=True)
class Sized:
    """The job, and how often its first step is done: a table is looked up much faster than a picture is blurred."""

    job: Job
    tones: int

    def passes(self, step: Step) -> int:
        """How often a step is done in one run."""
        return self.tones if step is Step.TONE else 1


def sized(team: Team, picture: Bytes, small: Job, setting: Setting) -> Sized:
    """The job that takes this team, of one worker, about so long for each step; the waits stay what they are."""
    job = replace(small, bands=bands_for(setting.workers))
    team.load(job)
    while (seconds := _quickest(team, Step.BLUR)) < 0.7 * setting.seconds and job.megapixels < 0.9 * setting.most:
        wanted = job.megapixels * min(GROWTH, setting.seconds / seconds)
        job = job_of(picture, min(wanted, setting.most), job.bands)
        team.load(job)
    tones = max(1, min(100, math.ceil(setting.seconds / _quickest(team, Step.TONE))))
    while (seconds := _quickest(team, Step.FIBONACCI)) < 0.7 * setting.seconds and job.number < MOST_NUMBER:
        more = math.log(min(GROWTH, setting.seconds / seconds)) / math.log(1.618)
        job = replace(job, number=min(MOST_NUMBER, job.number + max(1, round(more))))
        team.load(job)
    return Sized(job, tones)


def _quickest(team: Team, step: Step) -> float:
    """Of two tries, as other programs may have had the cores during one."""
    return min(timed(team, step) for _ in range(2))


def timed(team: Team, step: Step, passes: int = 1) -> float:
    """Seconds of wall time that a step takes."""
    began = time.perf_counter()
    for _ in range(passes):
        team.run(step)
    return time.perf_counter() - began
