"""Interpreters of one process, each with a GIL of its own."""

import sys

from engine.lab.strategy import Strategy, Team


def open_team(workers: int, marks: memoryview | None) -> Team:
    """A thread in each interpreter, and one memory for all."""
    from engine.lab.teams.crew import Crew
    from engine.lab.teams.interpreter import Inside
    from engine.lab.teams.shared import Shared

    memory = Shared()
    return Crew(workers, marks, lambda name: Inside(name, memory), memory)


def missing() -> str:
    """A sentence where all interpreters of a process share one GIL."""
    if sys.version_info >= (3, 12):
        return ""
    version = ".".join(map(str, sys.version_info[:2]))
    return f"This Python {version} has one GIL for all its interpreters: since 3.12 each can have its own."


STRATEGY = Strategy(
    name="sub-interpreters",
    title="sub-interpreters, pure Python",
    summary="Interpreters in one process, a GIL each; they share no objects.",
    story="""\
Since Python 3.12 an interpreter within a process can have a GIL of its own, and since 3.14 there is a module for it
(concurrent.interpreters). Each has its own modules and objects, as a process has, but they live in one process: they
start faster and take less memory.

They share no Python objects, so that pictures must be sent as bytes or lie in memory that both map; here it is
mapped. An extension must say that it can live in more than one interpreter. NumPy cannot yet, so the work is done by
the loops in pure Python.""",
    code=(
        "engine.lab.teams.interpreter:interpreter",
        "engine.lab.teams.interpreter:Inside.load",
        "engine.lab.teams.looping:Looping",
        "engine.lab.code.plain:blur",
    ),
    open=open_team,
    missing=missing,
    shared_lock=False,
    order=90,
)
