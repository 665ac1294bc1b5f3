"""Images scored and grouped on the engine's threads, told of bit by bit; and rejected, if asked. It holds no widget."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from engine.files.name import show
from tui.io import Desk, read_facts
from tui.messages import CullMoved, Fact, FactsRead, ImagesCulled, NoticeGiven
from tui.values import Cull, CullRow

if TYPE_CHECKING:
    from engine.culling.groups import Group
    from engine.culling.score import Outcome, Score
    from engine.telemetry import Snapshot

LOOK_EVERY, CORES_EVERY = 0.2, 1.0
"""Seconds between two looks at the threads, and at the cores."""
BEST, AMONG, LAST, MISNAMED, WRONG = "★", "│", "╰", "≠", "!"
KINDS = {"burst": "a burst of {}", "duplicates": "{} near duplicates"}


class Culling:
    """One at a time; a new one takes the place of the one before."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk) -> None:
        self._tell, self._desk = tell, desk
        self._number = 0
        """Counts what was asked for: what came of what is no longer wanted means nothing."""
        self._stopped = threading.Event()
        self._places: Mapping[str, int] = {}
        self._groups: tuple[Group, ...] = ()
        self._cull: Cull | None = None
        self.under_way = False
        """Whether images are being scored."""

    def begin(self, images: Mapping[int, str]) -> None:
        """Score images, by their places, and tell what came of it."""
        self.leave()
        number, stopped = self._number, self._stopped
        self.under_way = True
        self._places = {path: place for place, path in images.items()}
        self._desk.ask("cull", lambda: culled(images, stopped), lambda made: self._made(made, number))

    def known(self, images: Mapping[int, str]) -> Cull | None:
        """What came of these images, if they are those that were scored last, to the last one."""
        cull = self._cull
        same = {path: place for place, path in images.items()} == self._places
        return cull if cull is not None and same and cull.scored == cull.total else None

    def stop(self) -> None:
        """Score no more, and tell what came of those that are done."""
        self._stopped.set()

    def leave(self) -> None:
        """Score no more, and tell nothing."""
        self._stopped.set()
        self._number, self._stopped, self.under_way = self._number + 1, threading.Event(), False
        self._cull, self._places = None, {}

    def reject_others(self) -> None:
        """Reject all but the best of each group, but for what a person has rated, and tell of it."""
        groups, places = self._groups, self._places
        self._desk.ask("reject", lambda: rejected(groups, places), self._told)

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Score nothing more."""
        self._stopped.set()
        self._desk.close()

    def _made(self, made: CullMoved | tuple[Cull, tuple[Group, ...]], number: int) -> None:
        if number != self._number:
            return
        if isinstance(made, CullMoved):
            self._tell(made)
            return
        self._cull, self._groups = made
        self.under_way = False
        self._tell(ImagesCulled(self._cull))

    def _told(self, facts: Sequence[Fact]) -> None:
        for fact in facts:
            self._tell(fact)


def culled(images: Mapping[int, str], stopped: threading.Event) -> Iterator[CullMoved | tuple[Cull, tuple[Group, ...]]]:
    """How it gets on, again and again, until all are scored or it is stopped; then what came of it."""
    from engine.culling.groups import groups, regarding
    from engine.files.limits import Limits
    from engine.run.culling import Culling as Scoring
    from engine.sidecars.rejecting import ratings

    scoring = Scoring(tuple(images.values()))
    scoring.start()
    try:
        cores, looked = tuple[float, ...](), 0.0
        while not scoring.wait(LOOK_EVERY):
            if stopped.is_set():
                scoring.cancel()
            if time.monotonic() - looked > CORES_EVERY:
                cores, looked = _loads(), time.monotonic()
            yield _moved(scoring.snapshot(cores), scoring.paths)
    finally:
        scoring.cancel()
    yield _moved(scoring.snapshot(cores), scoring.paths)
    outcomes = scoring.outcomes()
    grouped = groups(outcomes)
    given = ratings((each.path for group in grouped for each in group.members), Limits())
    grouped = tuple(regarding(group, given) for group in grouped)
    yield sorted_out(images, outcomes, grouped), grouped


def sorted_out(images: Mapping[int, str], outcomes: Sequence[Outcome], groups: Sequence[Group]) -> Cull:
    """Group by group, then what has another format than its name says, then what is damaged or cannot be read."""
    from engine.culling.score import Unreadable

    places = {path: place for place, path in images.items()}
    rows: dict[int, CullRow] = {}
    for group in groups:
        ranked = (group.best, *group.others)
        what = KINDS[group.kind].format(len(ranked))
        sharpest = max(each.sharpness for each in ranked)
        for number, score in enumerate(ranked):
            sign = BEST if number == 0 else LAST if number == len(ranked) - 1 else AMONG
            said = f"best of {what}: {group.reason}" if number == 0 else f"{number + 1} of {what}"
            rows[places[score.path]] = _row(sign, "; ".join(filter(None, (said, _wrong(score)))), score, sharpest)
    members = len(rows)
    scores = [each for each in outcomes if not isinstance(each, Unreadable) and places[each.path] not in rows]
    for sign in (MISNAMED, WRONG):
        found = (each for each in scores if (WRONG if each.damaged else MISNAMED if each.named else "") == sign)
        rows |= {
            places[each.path]: _row(sign, _wrong(each), each) for each in sorted(found, key=lambda it: places[it.path])
        }
    unreadable = [each for each in outcomes if isinstance(each, Unreadable)]
    for each in sorted(unreadable, key=lambda it: places[it.path]):
        rows[places[each.path]] = CullRow(WRONG, each.reason.removeprefix(show(each.path)).strip())
    return Cull(rows, _sliced([*rows][:members], groups), len(outcomes), len(images))


def _sliced(places: Sequence[int], groups: Sequence[Group]) -> tuple[tuple[int, ...], ...]:
    """The places of each group, from those of all one after the other."""
    rest = iter(places)
    return tuple(tuple(next(rest) for _ in group.members) for group in groups)


def _row(sign: str, said: str, score: Score, sharpest: float = 0.0) -> CullRow:
    share = score.sharpness / sharpest if sharpest else 1.0
    return CullRow(sign, said, score.sharpness, share, score.exposure, max(score.shadows), max(score.highlights))


def _wrong(score: Score) -> str:
    if score.damaged:
        return "its data has faults"
    return f"is {score.format}, named {score.named}" if score.named else ""


def _moved(snapshot: Snapshot, paths: Sequence[str]) -> CullMoved:
    names = tuple(os.path.basename(paths[lane.file]) if lane.file >= 0 else "" for lane in snapshot.lanes)
    return CullMoved(snapshot, names)


def _loads() -> tuple[float, ...]:
    import psutil

    return tuple(load / 100 for load in psutil.cpu_percent(percpu=True))


def rejected(groups: Sequence[Group], places: Mapping[str, int]) -> Iterator[tuple[Fact, ...]]:
    """The ratings of what was rejected, one after the other, then what there is to say."""
    from engine.files.limits import Limits
    from engine.sidecars.rejecting import reject_others

    done = kept = 0
    errors = []
    for each in reject_others(groups, Limits()):
        done += each.rejected
        kept += not each.rejected and not each.error
        errors += [each.error] if each.error else []
        if each.rejected:
            yield tuple(FactsRead(facts) for facts in read_facts({places[each.path]: each.path}))
    more = f" (and {len(errors) - 1} more, for such reasons)" if len(errors) > 1 else ""
    stay = f"; {kept:,} rated before {'stays' if kept == 1 else 'stay'} as {'it is' if kept == 1 else 'they are'}"
    yield (
        (NoticeGiven(errors[0] + more, alarm=True),)
        if errors
        else (NoticeGiven(f"{done:,} image{'' if done == 1 else 's'} rejected{stay if kept else ''}."),)
    )
