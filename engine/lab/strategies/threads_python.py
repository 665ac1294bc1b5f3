"""Threads in pure Python: concurrent, but not parallel."""

from engine.lab.code.binding import bind_plain
from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that run Python."""
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    return Crew(workers, marks, lambda name: InThread(name, bind_plain))


STRATEGY = Strategy(
    name="threads-python",
    title="threads, pure Python",
    summary="Threads that take turns: the GIL lets one of them run Python at a time.",
    story="""\
There are as many threads as cores, and each has bands of its own to do. But Python's interpreter has one lock, the
Global Interpreter Lock or GIL, and a thread must hold it to run Python. So while one thread computes, the others wait
for the lock: they are concurrent, not parallel.

A thread that waits asks for the lock after 5 ms (sys.getswitchinterval); then the one that has it lets go between two
instructions, and another gets its turn. The time line shows these slices. The work takes as long as on one thread,
and a little longer, as every change of turns costs something.

Waiting is different: a thread that sleeps, or waits for a disk or a network, lets go of the lock meanwhile. So the
step that waits does become as many times as fast as there are threads. That is what threads in Python are good for.""",
    code=(
        "engine.lab.code.plain:tone",
        "engine.lab.code.plain:blur",
        "engine.lab.code.plain:fibonacci",
        "engine.lab.teams.crew:Worker.work",
    ),
    open=open_team,
    order=10,
)
