"""The flags of a sub-command that say which files are refused. It reads none."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.files.limits import Limits
from engine.run.memory import parse_memory

USUAL = Limits()
Count = Annotated[int, Parameter(validator=Number(gte=1))]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Refusing:
    """Which files are refused, and named, before or while they are decoded."""

    max_pixels: Count = USUAL.max_pixels
    """Width times height."""
    max_side: Count = USUAL.max_side
    """Pixels of the longer side."""
    max_bytes: str = "2G"
    """Size of the file."""
    max_frames: Count = USUAL.max_frames
    """Pictures in one file."""
    max_decoding: str = "8G"
    """Memory that decoding one file may take."""
    max_seconds: Annotated[float, Parameter(validator=Number(gte=1))] = USUAL.max_seconds
    """That decoding one file may take; JPEG apart."""

    def limits(self) -> Limits:
        """As the engine takes them; SpecError for a size that is none."""
        return Limits(
            max_pixels=self.max_pixels,
            max_bytes=parse_memory(self.max_bytes, "--max-bytes"),
            max_side=self.max_side,
            max_frames=self.max_frames,
            max_decoding=parse_memory(self.max_decoding, "--max-decoding"),
            max_seconds=self.max_seconds,
        )
