"""Processes that get arrays as bytes and give them back as bytes."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """A process behind each thread."""
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.pickled import Pickling

    return Crew(workers, marks, Pickling)


STRATEGY = Strategy(
    name="processes-pickle",
    title="processes, pickled arrays",
    summary="A Python for each core; every band is copied to it and back.",
    story="""\
Each worker is a process: a Python of its own, with a GIL of its own and a memory of its own. So they run side by
side, whatever the code is. This is what multiprocessing.Pool and ProcessPoolExecutor do.

The memory of its own is the price. A band is turned into bytes (pickle), written to a pipe, read from it by the other
process and made an array again; and so is the result. The system lets a pipe hold 64 kB, so that both sides take
turns to fill and empty it. For work that computes long on few bytes, such as Fibonacci, that is nothing. For a
picture it may be more than the work: a table of 256 is looked up faster than its picture can be sent.

Every process starts a Python and imports NumPy, and each holds its own copy of both in memory.""",
    code=(
        "engine.lab.teams.pickled:Pickling.load",
        "engine.lab.teams.correspondence:Correspondence.ask",
        "engine.lab.teams.attendant:serve",
        "engine.lab.teams.pickled:Visitor",
    ),
    open=open_team,
    shared_lock=False,
    order=70,
)
