"""A race put into rows and sentences: values in, styled words out. It keeps nothing."""

from __future__ import annotations

from tui.heats import Heat, Race, Stand
from tui.theme import Inks
from tui.widgets.bar import progress
from tui.widgets.text_rows import Pieces

TITLE, TIMES, SPREAD, RATE = 32, 7, 14, 15
"""Columns of the strategy, its speed-up, its spread, its rate; the bar has what is left."""
SHORTEST, LONGEST = 5, 60
"""Of a bar."""
PLACES = {Stand.DONE: 0, Stand.RUNS: 1, Stand.WAITS: 2, Stand.CANCELLED: 3, Stand.MISSING: 4}


def ordered(heats: tuple[Heat, ...], step: int) -> tuple[Heat, ...]:
    """The greatest speed-up first, then what runs, what waits, and what cannot run."""
    return tuple(sorted(heats, key=lambda each: (PLACES[each.stand], -_gained(each, step))))


def _gained(heat: Heat, step: int) -> float:
    return heat.results[step].speed_up[0] if heat.results else 0.0


def heading(race: Race, step: str) -> str:
    """What the table tells."""
    if not race.heats:
        return ""
    return f" {step}: × against one worker, least to most of {race.runs} runs, {race.workers} workers"


def race_row(heat: Heat, race: Race, step: int, width: int, ink: Inks) -> Pieces:
    """The strategy; its bar grows with its runs, then is as long as its speed-up; figures, or why there are none."""
    title = (f" {heat.title:<{TITLE - 1}}"[:TITLE], ink.bright if heat.stand is Stand.RUNS else ink.text)
    if heat.stand in (Stand.MISSING, Stand.CANCELLED):
        return [(title[0], ink.muted), (heat.problem, ink.muted)]
    if heat.stand is Stand.WAITS:
        return [(title[0], ink.muted)]
    spread = SPREAD if width >= TITLE + SHORTEST + TIMES + SPREAD + RATE else 0
    bar = min(max(width - TITLE - TIMES - spread - RATE, SHORTEST), LONGEST)
    if heat.stand is Stand.RUNS:
        said = f"  run {heat.rounds + 1} of {race.runs}" if heat.pieces else "  starts"
        return [title, *progress(heat.rounds / race.runs, bar, ink.glow, ink.track), (said, ink.muted)]
    result = heat.results[step]
    median, least, most = result.speed_up
    longest = max(race.workers, *(_gained(each, step) for each in race.heats))
    return [
        title,
        *progress(median / longest, bar, ink.lamp, ink.track),
        (f"×{median:.2f}".rjust(TIMES), ink.bright),
        (f"{least:.2f} to {most:.2f}".rjust(spread) if spread else "", ink.muted),
        (f"{result.rate:>{RATE}}", ink.text),
    ]


def waiting_for(heat: Heat) -> str:
    """Why there are no lanes yet."""
    return {
        Stand.WAITS: "Its turn comes.",
        Stand.RUNS: "It starts its workers, and finds out how much work is neither noise nor an evening.",
        Stand.DONE: "Time lines need Linux, which lets one read the CPU clock of every thread.",
        Stand.MISSING: "It cannot run here.",
        Stand.CANCELLED: "It was stopped.",
    }[heat.stand]


def told(heat: Heat | None, race: Race, step: int) -> str:
    """Below the lanes."""
    if race.problem:
        return race.problem
    if heat is None:
        return ""
    if heat.results:
        return f"{heat.results[step].reason}\n{heat.costs}"
    return heat.problem or heat.summary
