"""How much of a file is read at most, checked before anything is decoded."""

from dataclasses import dataclass

from engine.errors import SpecError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may have before it is refused."""

    max_pixels: int = 250_000_000
    """Width times height, as the flag `--max-pixels` sets it."""
    max_bytes: int = 2 << 30
    """Size of the file."""

    def __post_init__(self) -> None:
        """SpecError for a limit that would refuse everything."""
        if self.max_pixels < 1:
            raise SpecError(f"--max-pixels must be 1 or more, not {self.max_pixels}.")
        if self.max_bytes < 1:
            raise SpecError(f"The largest file must be 1 byte or more, not {self.max_bytes}.")
