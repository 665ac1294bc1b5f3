"""What a picture format declares of itself, so that one new file is one new format. It reads and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

Empty: TypeAlias = "Callable[[tuple[int, ...], Any], Pixels]"
"""Where memory for pixels comes from: `numpy.empty`, or what has its shape and its dtype."""
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
    work: int = 0
    """Bytes of memory that decoding takes at most, beside the file and the pixels that come out."""

    @property
    def itemsize(self) -> int:
        """Bytes a channel, as decoded."""
        return self.depth // 8


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
    decode: Callable[[bytes, Facts, Empty], Raster]
    """The pixels may lie in memory from the last, or not."""
    reduce: Callable[[bytes, Facts, int, int, bool], Raster]
    """At 8 bits and at least the width and height given, as stored, which are no larger than the picture's; as little
    larger as comes cheaply. If the last is true, quickly and coarsely rather than well."""
    encode: Callable[[Pixels, Metadata, int], bytes]
    """Takes pixels that `depths` allows and a quality from 1 to 100."""
    work: Callable[[tuple[int, ...], int, int], int]
    """Bytes of memory that encoding takes at most, its result among them, by the pixels' shape, bytes a channel and
    the quality."""

    @property
    def label(self) -> str:
        """The title without its article."""
        return self.title.partition(" ")[2]
