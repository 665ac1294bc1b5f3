"""What the bridge is made of. It is only a shape."""

from __future__ import annotations

from typing import Protocol


class Part(Protocol):
    """What has threads of its own."""

    def collect(self) -> None:
        """Take what they have ready."""

    def close(self) -> None:
        """Begin nothing more."""
