"""A batch from the command line: started and followed to its end, started and left alone, or only looked at."""

import json
import sys

from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.tasks import read_tasks
from engine.engine import Engine
from engine.job import State, Summary
from tui.cli.following.display import Display, choose
from tui.cli.following.loop import Follower
from tui.cli.following.onlooker import Onlooker
from tui.cli.following.stopping import Stopping
from tui.cli.printing.figures import files


def run(specification: Specification, *, as_json: bool, stats: bool = False, display: Display | None = None) -> int:
    """Starts the batch and follows it; signals that ask for an end are passed on to it. The exit status.

    `display` is for who wants another than is usual.
    """
    with Stopping() as stopping:
        engine = Engine()
        batch = engine.submit(specification)
        return _follow(engine, batch, display or choose(specification.tasks, as_json=as_json, stats=stats), stopping)


def detach(specification: Specification, *, as_json: bool) -> int:
    """Starts the batch and leaves it to itself; the exit status."""
    batch = Engine().submit(specification)
    if as_json:
        print(json.dumps({"event": "detached", "batch": batch, "total": len(specification.tasks)}))
    else:
        print(batch)
        what = f"{files(len(specification.tasks))} on {specification.workers} threads"
        what += ", in its turn" if specification.turn else ""
        sys.stderr.write(f"{what}; `safelight jobs {batch} --follow` shows it, --stop ends it.\n")
    return 0


def watch(name: str, *, as_json: bool) -> int:
    """Follows a batch from its beginning until it is over, or until Ctrl-C, which leaves it alone; the exit status."""
    batch = Shelf().find(name)
    try:
        return _follow(Engine(), batch.id, choose(read_tasks(batch.folder.tasks), as_json=as_json), Onlooker())
    except KeyboardInterrupt:
        sys.stderr.write(f"Batch {batch.id} goes on.\n")
        return 130


def _follow(engine: Engine, batch: str, display: Display, stopping: Stopping | Onlooker) -> int:
    follower = Follower(engine, batch, display, stopping)
    try:
        summary = follower.follow()
        if summary is None:
            follower.say(
                f"The process of batch {batch} ended without a word; `safelight history {batch} --resume` does the "
                "rest, and `safelight doctor` says where its log is."
            )
            return 1
        follower.end(summary)
        return status(summary, interrupted=stopping.asked > 0)
    finally:
        follower.close()
        engine.close()


def status(summary: Summary, *, interrupted: bool) -> int:
    """0 when all is done, 1 when some file failed, 130 when the batch was ended early."""
    if interrupted or summary.state is State.CANCELLED:
        return 130
    return 1 if summary.failed or summary.left else 0
