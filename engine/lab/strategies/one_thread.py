"""One thread in pure Python: what all others are measured against."""

from engine.lab.strategies.threads_python import open_team
from engine.lab.strategy import Strategy

STRATEGY = Strategy(
    name="one-thread",
    title="one thread",
    summary="Band after band, in pure Python: sequential.",
    story="""\
One thread does one band after another. While it waits, nothing is done; while it computes, all other cores of the
machine have nothing to do. This is what most programs do, and what every other strategy is compared with.

It is slow for another reason, too: the interpreter takes each number out of an object, looks at its type, computes,
and puts the result into a new object, 50 to 100 machine instructions for one addition.""",
    code=("engine.lab.code.plain:tone", "engine.lab.code.plain:blur", "engine.lab.code.plain:fibonacci"),
    open=open_team,
    most=1,
    order=0,
)
