"""Why a strategy is as fast as it is, in one sentence made of what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.lab.job import Step
from engine.lab.watching.timeline import Kind

if TYPE_CHECKING:
    from engine.lab.measuring.measurement import Measurement

SHORT_OF = 0.85
"""Of what a loop in registers gains: less than that needs a reason."""
MOSTLY = 0.9


def reason(measurement: Measurement, step: Step = Step.BLUR) -> str:
    """What its workers did in a step, and what came of it."""
    timeline, gained = measurement.timeline, measurement.times(step).speed_up
    what = f"×{gained.median:.2f} ({gained.least:.2f} to {gained.most:.2f}) with {measurement.workers} workers"
    if measurement.workers == 1:
        return f"One worker does one band after another in the {step.title}."
    if timeline is None:
        return f"{what} in the {step.title}."
    verdict = timeline.verdict(step)
    if verdict == "taking turns":
        share = timeline.share(Kind.LOCK, step)
        why = f"they take turns, as one holds the GIL while the others wait for it: {share:.0%} of their time"
    elif verdict == "waiting for data":
        why = f"they wait for data {timeline.share(Kind.INPUT, step):.0%} of their time"
    elif verdict == "partly side by side":
        why = f"side by side in part, with {timeline.share(Kind.LOCK, step):.0%} of their time waiting for the GIL"
    else:
        ceiling = measurement.ceiling.median
        why = f"{verdict}; a loop in registers gained ×{ceiling:.2f} on this machine meanwhile"
        if gained.median < SHORT_OF * ceiling and timeline.share(Kind.RUN, step) > MOSTLY:
            why += ". They were on a core all the time: what holds them up is the memory that they share"
    others = timeline.share(Kind.CORE, step)
    noise = f" Other programs took the cores {others:.0%} of the time." if others > 0.1 else ""
    return f"{what} in the {step.title}: {why}.{noise}"
