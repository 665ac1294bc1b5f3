"""Who takes part in a measurement, on how large a picture, and their times taken in turn. It judges nobody's speed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from engine.bench import peers
from engine.bench.comparison import Depth, Pixels, Rival, Work
from engine.bench.setting import Setting
from engine.bench.timing import Timing, in_turn
from engine.bench.truth import error, truth
from engine.library import apply
from engine.stack import Stack

if TYPE_CHECKING:
    from engine.filter import Floats

ALL, ONE, DEFAULT, COPY = "all", "one", "default", "copy"
MOST = 2.0
"""Levels that a peer may be off and still count."""


FAR = 4.0
"""Peers this many times slower than the best one run on fewer megapixels, so that all of it takes minutes."""


def counts(mistake: float) -> bool:
    """Whether a peer with that largest error does the same work."""
    return mistake <= MOST


@dataclass(slots=True)
class Contest:
    """The contestants for one stack at one depth."""

    stack: Stack
    depth: Depth
    setting: Setting
    rivals: dict[str, Rival] = field(default_factory=dict)
    errors: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def admit(self, rivals: tuple[Rival, ...]) -> float | None:
        """Have each peer make a small picture, and hold it and ours to the oracles; our error. Without peers, None."""
        if not self.setting.peers:
            return None
        source = self.setting.picture(self.setting.crop, self.depth)
        expected = truth(source, self.stack)
        ours = apply(source, self.stack, light="encoded")
        for rival in rivals:
            if rival.library in self.setting.peers and self.depth in rival.depths:
                self._admit(rival, source, np.empty_like(ours), expected)
        return error(ours, expected)

    def _admit(self, rival: Rival, source: Pixels, target: Pixels, expected: Floats) -> None:
        title = self.setting.peers[rival.library]
        try:
            result = np.asarray(peers.build(rival, source, target)())
        except Exception as fault:  # noqa: BLE001 - whatever a library raises, the others are still measured
            self.notes.append(f"{title} cannot: {' '.join(str(fault).split())}")
            return
        label = f"{title} {rival.function} {len(self.rivals)}"
        self.rivals[label], self.errors[label] = rival, error(result, expected)

    @property
    def names(self) -> set[str]:
        """All contestants; our default is one only where it differs."""
        converts = any(step.declaration.light == "linear" for step in self.stack.steps)
        return {ALL, ONE, COPY, *self.rivals, *([DEFAULT] if converts else [])}

    def works(self, megapixels: float, names: set[str]) -> dict[str, Work]:
        """The work of these contestants on one picture, all into the same memory."""
        source, workers, stack = self.setting.picture(megapixels, self.depth), self.setting.workers, self.stack
        target = apply(source, stack, light="encoded", workers=workers)
        spare = np.empty_like(source)
        works: dict[str, Work] = {
            ALL: lambda: apply(source, stack, workers=workers, light="encoded", out=target),
            ONE: lambda: apply(source, stack, workers=1, light="encoded", out=target),
            DEFAULT: lambda: apply(source, stack, workers=workers, out=target),
            COPY: lambda: self.setting.copier.copy(source, spare),
        }
        works |= {label: peers.build(rival, source, target) for label, rival in self.rivals.items() if label in names}
        return {name: work for name, work in works.items() if name in names}

    def sizes(self) -> dict[str, float]:
        """Megapixels for each contestant: fewer for those that are slow; ours and the fastest peer have the same."""
        names, setting = self.names, self.setting
        trial = in_turn(self.works(setting.fewer, names), 1, rest=lambda _: None)
        longer = setting.megapixels / setting.fewer
        seconds = {name: times[0] * longer for name, times in trial.items()}
        slow = {name for name in names if seconds[name] > setting.slow}
        counting = [name for name in self.rivals if counts(self.errors[name])] or list(self.rivals)
        best = min(counting, key=seconds.__getitem__, default=ALL)
        if ALL in slow or best in slow:
            slow = names
        slow |= {name for name in self.rivals if seconds[name] > FAR * seconds[best]}
        return {name: setting.fewer if name in slow else setting.megapixels for name in names}

    def measure(self) -> dict[str, Timing]:
        """All contestants in turn, those with fewer megapixels after the others."""
        sizes = self.sizes()
        timings: dict[str, Timing] = {}
        for megapixels in sorted(set(sizes.values()), reverse=True):
            works = self.works(megapixels, {name for name, size in sizes.items() if size == megapixels})
            height, width = self.setting.picture(megapixels, self.depth).shape[:2]
            for name, seconds in in_turn(works, self.setting.rounds).items():
                timings[name] = Timing(seconds, height * width / 1e6)
        return timings

    def bytes_moved(self) -> float:
        """Bytes read and written, over those of a copy of the source: a result may be smaller or larger."""
        source = self.setting.picture(self.setting.crop, self.depth)
        return (1.0 + apply(source, self.stack, light="encoded").nbytes / source.nbytes) / 2.0
