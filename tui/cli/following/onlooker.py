"""Who follows a batch that others own: leaving it ends the look and never the batch."""

from engine.job import Verb


class Onlooker:
    """In the place of `Stopping`: asks nothing of the batch."""

    asked = 0

    def ask(self) -> None:
        """Nobody reads any more."""
        raise BrokenPipeError

    def verb(self, now: float) -> Verb | None:
        """Nothing is asked."""

    def grant(self, verb: Verb) -> None:
        """Nothing was."""
