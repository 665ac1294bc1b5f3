"""From the command to the first picture with a filter on it, as fast as keys can be pressed."""

import tempfile
from statistics import fmean

import psutil

from tests.long.figures.driving import add_filter
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import IMAGES
from tests.long.figures.terminal import APP, Session, environment

ROUNDS = 5
FILTER = "sobel"
"""Three kernels besides the loop that runs them, and a result that is dark where the picture is light."""
PICTURE = IMAGES / "astronaut.png"
"""Its mean is 114 as it is and 52 after the filter."""
DARK = 80.0


def measure(rounds: int) -> list[Figure]:
    """With compiled kernels in the cache, and with an empty one."""
    once(environment())
    cached = tuple(once(environment()) for _ in range(rounds))
    fresh = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="safelight-figures-") as empty:
            fresh.append(once(environment(XDG_CACHE_HOME=empty)))
            end_warming()
    return [
        Figure(name="First filtered preview, kernels cached", unit="s", bound="at most", limit=2.0, values=cached),
        Figure(name="First filtered preview ever", unit="s", bound="at most", limit=6.0, values=tuple(fresh)),
    ]


def once(environ: dict[str, str]) -> float:
    """Seconds from starting the app to the write that completed the filtered picture; the keys are part of it."""
    with Session([*APP, str(PICTURE)], environ) as session:
        session.wait(lambda: session.shows(PICTURE.name))
        add_filter(session, FILTER)
        return session.wait(lambda: filtered(session)) - session.began


def end_warming() -> None:
    """End the process that goes on compiling after the app has gone: it would slow down the next start."""
    for process in psutil.process_iter(["cmdline"]):
        if "engine.warm" in (process.info["cmdline"] or ()):
            process.kill()


def filtered(session: Session) -> bool:
    """Whether the stack has the filter and the picture has turned dark."""
    if not session.shows(f"● {FILTER}"):
        return False
    halves = session.half_blocks()
    return len(halves) > 1000 and fmean(sum(colour) / 3 for colour in halves) < DARK
