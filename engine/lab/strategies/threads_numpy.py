"""Threads over NumPy: array operations let go of the GIL, what is between them does not."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """Threads that call NumPy."""
    from engine.lab.code.arrays import bind
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.station import InThread

    return Crew(workers, marks, lambda name: InThread(name, bind))


STRATEGY = Strategy(
    name="threads-numpy",
    title="threads, NumPy",
    summary="Operations on whole arrays run in C, most of them without the GIL.",
    story="""\
NumPy's loops are compiled C over plain memory, and most let go of the GIL while they run over more than some hundred
elements. So two threads can be in two operations at once.

Two things limit it. Between operations there is Python, under the lock: the smaller the arrays, the more of the time
is that. And each operation reads its arrays from memory and writes another: a blur of ten operations moves the
picture some forty times, and memory is shared by all cores, with or without a lock.

Fibonacci is no operation on arrays. It stays what it is in Python, and its threads take turns.""",
    code=("engine.lab.code.arrays:tone", "engine.lab.code.arrays:blur", "engine.lab.code.plain:fibonacci"),
    open=open_team,
    order=20,
)
