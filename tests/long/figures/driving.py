"""What a person does in the app, by keys alone and as soon as the screen allows it."""

import time

from tests.long.figures.terminal import PATIENCE, Session

DIALOG = "Add a filter"
AGAIN = 0.05
"""Seconds after which a key that did nothing yet is pressed again."""
CLEAR = "\x15"


def add_filter(session: Session, name: str) -> None:
    """Choose a filter by its name and put it on the stack; the app may still be loading its filters."""
    deadline = time.monotonic() + PATIENCE
    while not came(session, DIALOG):
        if time.monotonic() > deadline:
            raise TimeoutError("The dialog that adds a filter did not open.")
        session.type("f")
    while typed(session) != name:
        if time.monotonic() > deadline:
            raise TimeoutError(f"The dialog did not take {name}.")
        session.type(CLEAR)
        session.settle(AGAIN)
        for letter in name:
            session.type(letter)
            session.settle(AGAIN / 5)
        session.settle(AGAIN)
    session.type("\r")


def came(session: Session, words: str) -> bool:
    """Whether the words are on the screen now or soon."""
    try:
        session.wait(lambda: session.shows(words), AGAIN)
    except TimeoutError:
        return False
    return True


def typed(session: Session) -> str:
    """What stands in the field below the dialog's title."""
    rows = session.text()
    title = next((number for number, row in enumerate(rows) if DIALOG in row), None)
    return "" if title is None else rows[title + 1].partition("│")[2].partition("│")[0].strip()
