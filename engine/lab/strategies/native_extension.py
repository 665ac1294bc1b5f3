"""An extension of Python written in C, which lets go of the GIL by itself."""

from engine.lab.code.extension import missing
from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that call the extension."""
    from engine.lab.code.binding import bound_loops
    from engine.lab.code.extension import load
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    module = load()
    bind = bound_loops(module.tone, module.blur, module.fibonacci)
    return Crew(workers, marks, lambda name: InThread(name, bind))


STRATEGY = Strategy(
    name="native-extension",
    title="threads, C extension",
    summary="C that lets go of the lock by hand, as NumPy, Pillow and OpenCV do.",
    story="""\
An extension is a shared library that Python imports as a module. It is called with the GIL held, takes its arguments
apart, and then may let go of the lock between the two words Py_BEGIN_ALLOW_THREADS and Py_END_ALLOW_THREADS, as long
as it touches no Python object in between. Every library that computes in threads does just this.

It runs as fast as what Numba compiles, and side by side like it. It needs a C compiler and Python's headers where it
is built, and a wheel for each system and each Python where it is not.""",
    code=("engine.lab.code.extension:extension.c", "engine.lab.code.extension:load"),
    open=open_team,
    missing=missing,
    order=60,
)
