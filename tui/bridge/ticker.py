"""A timer as the bridge sees it. Ticks nothing itself."""

from typing import Protocol


class Ticker(Protocol):
    """A timer that can stand still."""

    def pause(self) -> None:
        """Stop ticking."""

    def resume(self) -> None:
        """Go on ticking."""
