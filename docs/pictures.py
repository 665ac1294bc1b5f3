"""`python -m docs.pictures`: takes the README's pictures anew, of the real app on the photographs of the repository."""

import os
import re
import tempfile
from functools import partial
from pathlib import Path

from docs.svg import svg
from tests.long.figures.driving import add_filter
from tests.long.figures.photographs import copies
from tests.long.figures.terminal import APP, Session, environment

FOLDER = Path(__file__).parent / "pictures"
SIZE = (150, 42)
"""Columns and rows: wide enough for all panes, small enough to read on a page."""
PHOTOGRAPH = "dand"
FIRST_ROW = 2
"""Of the list of images."""
FILES = 240
TITLES = {
    "app": "Images on the left, a photograph in the middle, its filters on the right, and a batch at work below",
    "monitor": "Each worker thread with its load, speed and last minute, cores, memory and plots",
    "presets": "One photograph by every preset, side by side",
    "curve": "A tone curve with its points over the photograph's histogram, beside the photograph",
}


def main() -> None:
    """Browses, filters, marks and applies as a person does, and keeps some moments of it."""
    with tempfile.TemporaryDirectory(prefix="safelight-pictures-") as scratch:
        os.environ["HOME"] = scratch
        for kind in ("STATE", "CONFIG", "DATA"):
            os.environ[f"XDG_{kind}_HOME"] = str(Path(scratch, kind.lower()))
        roll = copies(Path(scratch, "roll"), FILES)
        with Session([*APP, str(roll)], environment(), size=SIZE) as session:
            develop(session)
            session.type("\x1b")
            session.settle(0.5)
            session.type("M")
            session.type("a")
            session.wait(lambda: session.shows(f"{FILES} files, such as"))
            session.type("\r")
            session.wait(lambda: done(session) >= 2 * FILES // 3 and not session.shows("idle"))
            keep(session, "app")
            session.type("%")
            session.wait(lambda: session.shows("throughput"))
            session.settle(1.0)
            keep(session, "monitor")
            session.type("\x1b")
            session.wait(lambda: session.shows(f"done: {FILES} files"))
            session.type("U;")
            session.wait(lambda: session.shows("web-1600"))
            session.settle(6.0)
            keep(session, "presets")
            session.type("\x1b")
            session.settle(1.0)
            edit_a_curve(session)
            keep(session, "curve")


def develop(session: Session) -> None:
    """Go to the photograph and put three filters on it, the first two a little changed."""
    session.wait(lambda: session.shows(PHOTOGRAPH))
    session.settle(1.0)
    rows = [number for number, row in enumerate(session.text()[FIRST_ROW:]) if PHOTOGRAPH in row]
    session.type("j" * rows[0])
    session.settle(1.0)
    for name, presses in (("exposure", 3), ("gamma", 4), ("unsharp-mask", 0)):
        add_filter(session, name)
        session.wait(partial(session.shows, f"● {name}"))
        session.settle(0.5)
        for _ in range(presses):
            session.type("l")
            session.settle(0.2)
    session.settle(3.0)


def edit_a_curve(session: Session) -> None:
    """Add curves and lift what is dark."""
    add_filter(session, "curves")
    session.wait(partial(session.shows, "● curves"))
    session.settle(0.5)
    session.type("\r")
    session.wait(lambda: session.shows("point "))
    for key in ("\t", *"KKK", *["\x1b[A"] * 6):
        session.type(key)
        session.settle(0.2)
    session.settle(3.0)


def done(session: Session) -> int:
    """How many files the batch has done."""
    found = re.search(rf" (\d+) of {FILES} done", "\n".join(session.text()))
    return int(found[1]) if found else 0


def keep(session: Session, name: str) -> None:
    """Write the screen as it is."""
    (FOLDER / f"{name}.svg").write_text(svg(session.screen, TITLES[name]), encoding="utf-8")
    print(f"docs/pictures/{name}.svg")


if __name__ == "__main__":
    main()
