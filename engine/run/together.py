"""One picture made by several threads at once, for programs that have no crew."""

import threading

from engine.run.rendering import Desk, Rendering


def render(rendering: Rendering, workers: int) -> None:
    """Lead a rendering in this thread with `workers - 1` others beside it."""
    others = [
        threading.Thread(target=rendering.join, args=(Desk(slot),), name=f"apply-{slot}", daemon=True)
        for slot in range(1, workers)
    ]
    for thread in others:
        thread.start()
    try:
        rendering.lead(Desk(0))
    finally:
        for thread in others:
            thread.join()
