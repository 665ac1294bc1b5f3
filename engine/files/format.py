"""What a picture format declares of itself, so that one new file is one new format. It reads and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

HEAD_BYTES = 32
"""How much of a file's beginning `Format.recognises` is given."""


class UnsupportedError(Exception):
    """A sound file that holds what is not read; the text goes on where the file's name ends."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file's headers say, before anything is decoded."""

    width: int
    """As stored: `orientation` has not been applied."""
    height: int
    channels: int
    """1 to 4, as decoded."""
    depth: int
    """Bits a channel: 8, 16 or 32."""
    orientation: int = 1
    """1 to 8, as EXIF counts them."""
    frames: int = 1
    exif: bytes = b""
    icc: bytes = b""
    xmp: bytes = b""


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels as they are stored, with what a person should know of them."""

    pixels: Pixels
    icc: bytes
    """The profile that these very pixels are in; it may differ from the file's where they were converted."""
    notes: tuple[str, ...] = ()
    coarse: bool = False
    """Whether a better picture can be had from the same file."""


@dataclass(frozen=True, slots=True)
class Format:
    """A picture format. The functions may raise anything for bad data: who calls them makes it a sentence."""

    name: str
    title: str
    """With its article, as it stands in a sentence: `a PNG`."""
    suffixes: tuple[str, ...]
    """Small letters with the dot; the first is the one written."""
    depths: Mapping[int, tuple[int, ...]]
    """For each number of channels that can be written, the bits a channel, the least first."""
    longest_side: int
    """Pixels, when written."""
    recognises: Callable[[bytes], bool]
    """Whether a file that begins so is of this format."""
    examine: Callable[[BinaryIO], Facts]
    """Reads headers only, from the file's beginning."""
    decode: Callable[[bytes, Facts], Raster]
    reduce: Callable[[bytes, Facts, int, int, bool], Raster]
    """At 8 bits and at least the width and height given, as stored, which are no larger than the picture's; as little
    larger as comes cheaply. If the last is true, quickly and coarsely rather than well."""
    encode: Callable[[Pixels, Metadata, int], bytes]
    """Takes pixels that `depths` allows and a quality from 1 to 100."""

    @property
    def label(self) -> str:
        """The title without its article."""
        return self.title.partition(" ")[2]
