"""`python -m docs.pictures`: takes the README's picture anew, of the real app on the photographs of the repository."""

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
FILES = 48
TITLE = "Images on the left, a photograph in the middle, its filters on the right, and a batch at work below"


def main() -> None:
    """Browses, filters, marks and applies as a person does, and keeps one moment of it."""
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
            keep(session, "app.svg", TITLE)
            session.wait(lambda: session.shows(f"done: {FILES} files"))


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


def done(session: Session) -> int:
    """How many files the batch has done."""
    found = re.search(rf" (\d+) of {FILES} done", "\n".join(session.text()))
    return int(found[1]) if found else 0


def keep(session: Session, name: str, title: str) -> None:
    """Write the screen as it is."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(svg(session.screen, title), encoding="utf-8")
    print(f"docs/pictures/{name}")


if __name__ == "__main__":
    main()
