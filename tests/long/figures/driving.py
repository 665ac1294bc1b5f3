"""What a person does in the app, by keys alone."""

from tests.long.figures.terminal import Session


def add_filter(session: Session, name: str) -> None:
    """Put a filter on the stack by its name, once the list is on the screen; the app keeps what is typed too early."""
    session.type(f"f{name}\r")
