"""How much of a file is read at most, checked before anything is decoded and, for time and memory, while it is."""

from dataclasses import dataclass, fields

from engine.errors import SpecError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a picture may have before it is refused; each is the flag of its name."""

    max_pixels: int = 250_000_000
    """Width times height."""
    max_bytes: int = 2 << 30
    """Size of the file."""
    max_side: int = 100_000
    """Pixels of the longer side."""
    max_frames: int = 10_000
    """Pictures or pages in one file, though only the first is read."""
    max_decoding: int = 8 << 30
    """Bytes of memory that decoding may take, the pixels among them."""
    max_seconds: float = 60.0
    """That decoding may take, for all formats but JPEG, whose time follows from its pixels."""

    def __post_init__(self) -> None:
        """SpecError for a limit that would refuse everything."""
        for field in fields(self):
            value = getattr(self, field.name)
            if not value >= 1:
                raise SpecError(f"--{field.name.replace('_', '-')} must be 1 or more, not {value}.")
