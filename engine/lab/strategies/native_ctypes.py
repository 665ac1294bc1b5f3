"""Native functions called through ctypes, which lets go of the GIL around each call."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that call native code by its address."""
    from engine.lab.code.compiled import bind_native, native
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    functions = native()
    return Crew(workers, marks, lambda name: InThread(name, lambda room: bind_native(room, functions)))


STRATEGY = Strategy(
    name="native-ctypes",
    title="threads, ctypes",
    summary="A native function by its address: ctypes lets go of the lock around every call.",
    story="""\
ctypes calls a function of any shared library, by its address, with numbers and pointers. It lets go of the GIL before
each call and takes it back after (but for ctypes.PyDLL), because native code knows nothing of Python. So threads run
side by side, whoever wrote the function and in whatever language.

Here the function comes from Numba, which can give its machine code the calling convention of C (numba.cfunc): no C
compiler is needed. It computes the same as without ctypes, as fast.

A call costs a little more, 1 to 2 microseconds with nine arguments, and nobody checks them: a wrong length is a
crash, not an exception.""",
    code=("engine.lab.code.compiled:native", "engine.lab.code.compiled:bind_native", "engine.lab.code.plain:blur"),
    open=open_team,
    order=50,
)
