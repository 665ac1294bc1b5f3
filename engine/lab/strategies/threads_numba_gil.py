"""Threads over Numba that holds the GIL: machine code, but one thread at a time."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that call machine code."""
    from engine.lab.code.compiled import binder
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    compiled = binder(nogil=False)
    return Crew(workers, marks, lambda name: InThread(name, compiled))


STRATEGY = Strategy(
    name="threads-numba-gil",
    title="threads, Numba with the GIL",
    summary="Machine code that keeps the lock while it runs: fast, and one thread at a time.",
    story="""\
Numba turns the very loops of pure Python into machine code. That alone is worth a factor of fifty to some hundreds:
no objects, no types to look up, several numbers in one instruction.

But a compiled function keeps the GIL unless it is told otherwise, as it may be given Python objects. It holds no
pause between instructions in which to let go, either: a thread keeps the lock for a whole band, however long the
others have asked. Speed-up by threads: none, and whoever shares the process, such as an app that draws its screen,
stands still meanwhile.""",
    code=(
        "engine.lab.code.compiled:jitted",
        "engine.lab.code.plain:tone",
        "engine.lab.code.plain:blur",
        "engine.lab.code.plain:fibonacci",
    ),
    open=open_team,
    order=30,
)
