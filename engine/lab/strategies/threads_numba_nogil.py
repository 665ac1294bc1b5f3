"""Threads over Numba without the GIL: parallel. This is what Safelight does."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that call machine code."""
    from engine.lab.code.compiled import binder
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    compiled = binder(nogil=True)
    return Crew(workers, marks, lambda name: InThread(name, compiled))


STRATEGY = Strategy(
    name="threads-numba-nogil",
    title="threads, Numba without the GIL",
    summary="The same machine code with nogil=True: threads side by side. What Safelight does.",
    story="""\
The same loops, the same compiler, and two words more: nogil=True. The compiled function touches no Python object,
only numbers and plain memory, so it lets go of the GIL on its way in and takes it again on its way out. Between them,
threads run side by side, each on a core of its own, on one picture in one memory: nothing is copied, nothing is sent.

This is how the engine of Safelight works: its kernels are such functions, and the loop over bands is inside them as
well, so that a thread asks for the lock once for each pass over the picture, not once for each band.

What is left to limit it are the cores and the memory: a table is little work for each byte, and two cores may well
ask for more bytes than the memory gives.""",
    code=(
        "engine.lab.code.compiled:jitted",
        "engine.lab.code.plain:tone",
        "engine.lab.code.plain:blur",
        "engine.lab.code.plain:fibonacci",
    ),
    open=open_team,
    order=40,
)
