"""What the lab measured put into cells, figures and words for the app. It measures nothing and keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.heats import STATES, Page, Piece, Result

if TYPE_CHECKING:
    from engine.lab.drawing.excerpt import Excerpt
    from engine.lab.measuring.measurement import Measurement
    from engine.lab.watching.timeline import LaneLine, Timeline

MEGA = 1e6


def pieces(timeline: Timeline | None, measured: Measurement | None, columns: int) -> tuple[Piece, ...]:
    """The begin of each step in so many cells; where nothing is measured yet, on a scale that stays as it grows."""
    from engine.lab.drawing.excerpt import excerpts

    if timeline is None:
        return ()
    found = []
    for each in excerpts(timeline, growing=measured is None):
        said = ("", "")
        if measured is not None:
            said = timeline.verdict(each.step), f"×{measured.times(each.step).speed_up.median:.2f}"
        lanes = tuple(_letters(each, lane, columns, timeline.seconds) for lane in each.lanes)
        found.append(Piece(each.step.title, lanes, *said))
    return tuple(found)


def _letters(excerpt: Excerpt, lane: LaneLine, columns: int, seconds: float) -> str:
    """A lane up to now."""
    from engine.lab.watching.timeline import KINDS

    known = columns * min(1.0, (seconds - excerpt.begin) / (excerpt.end - excerpt.begin))
    kinds = excerpt.cells(lane, columns)[: round(known)]
    return "".join(STATES[KINDS.index(kind)].letter for kind in kinds)


def results(measured: Measurement) -> tuple[Result, ...]:
    """How fast each step was, and why."""
    from engine.lab.measuring.reason import reason

    return tuple(
        Result(
            times.step.title,
            (times.speed_up.median, times.speed_up.least, times.speed_up.most),
            f"{times.rate.median:.3g} {times.step.unit}",
            reason(measured, times.step),
        )
        for times in measured.steps
    )


def costs(measured: Measurement) -> str:
    """In one line; what is not known is left out."""
    moved = measured.moved
    sent = (
        f"{moved.count / MEGA:.3g} MB serialised in {1e3 * moved.seconds:.1f} ms" if moved.count else "none serialised"
    )
    cpu = " ".join(f"{seconds:.2f}" for seconds in measured.cpu)
    told = (
        f"CPU {cpu} s" if cpu else "",
        sent,
        f"ready in {1e3 * measured.start_up:.0f} ms",
        f"{measured.peak / MEGA:.0f} MB of memory" if measured.peak else "",
    )
    return "   ".join(filter(None, told))


def page_of(name: str) -> Page:
    """A strategy's page of help."""
    from engine.lab.listing import listing
    from engine.lab.strategies import find

    strategy = find(name)
    paragraphs = (strategy.summary, *(" ".join(each.split()) for each in strategy.story.split("\n\n")))
    found = [listing(place) for place in strategy.code]
    code = tuple((each.where, each.language, each.text) for each in found)
    return Page(strategy.title, paragraphs, strategy.missing(), code)
