"""Processes that work on memory which all of them map."""

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """A process behind each thread, and one memory for all."""
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.resident import Sharing
    from engine.lab.teams.shared import Shared

    memory = Shared()
    return Crew(workers, marks, lambda name: Sharing(name, memory), memory)


STRATEGY = Strategy(
    name="processes-shared",
    title="processes, shared memory",
    summary="A Python for each core, and one picture that all of them map.",
    story="""\
The processes are those of the pickled arrays, and so is the code. But the picture lies in memory that every process
maps into its own: a file that never reaches a disk, as in multiprocessing.shared_memory. What is sent is the order to
do a step to a band, some tens of bytes.

What is saved is exactly what was sent before: the more bytes a step needs for its work, the more. What is left is the
start of the processes and their memory.

Nobody takes care that two of them do not write the same place. Here each band is written by one worker alone, and a
step begins when all have ended the one before.""",
    code=(
        "engine.lab.teams.shared:Shared",
        "engine.lab.teams.mapping:mapped",
        "engine.lab.teams.resident:Sharing.load",
        "engine.lab.teams.resident:Resident",
    ),
    open=open_team,
    shared_lock=False,
    order=80,
)
