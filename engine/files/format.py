"""What a picture format declares of itself, so that one new file is one new format. It reads and writes nothing."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeAlias

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

Empty: TypeAlias = "Callable[[tuple[int, ...], Any], Pixels]"
"""Where memory for pixels comes from: `numpy.empty`, or what has its shape and its dtype."""
HEAD_BYTES = 64
"""How much of a file's beginning `Format.recognises` is given."""

FAULTY = "Its data has faults: part of the picture may be wrong."
"""The note on a picture whose decoder went over damage."""


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
    iptc: bytes = b""
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
class Extra:
    """A codec that Safelight is not installed with; `docs/dependencies.md` says why for each."""

    name: str
    """As it stands between the brackets of `pip install 'safelight[name]'`."""
    module: str
    """What it brings, as Python imports it."""

    @property
    def installed(self) -> bool:
        """Whether the module can be found; it is not imported."""
        return importlib.util.find_spec(self.module) is not None

    @property
    def advice(self) -> str:
        """How to get it."""
        return f"pip install 'safelight[{self.name}]'"

    def demand(self, title: str) -> None:
        """UnsupportedError with the way to get it, when it is missing; the title is that of the format."""
        if not self.installed:
            raise UnsupportedError(f"is {title} picture, which needs an extra: {self.advice}, or convert it first.")


def only_read(*_: object) -> NoReturn:
    """Stands for the encoder of a format that has none."""
    raise ValueError("this format is only read")


def nothing_more(channels: int) -> tuple[str, ...]:  # noqa: ARG001 - for any number of channels
    """What a format loses that holds all that its `depths` and `holds` say."""
    return ()


@dataclass(frozen=True, slots=True)
class Trusted:
    """Decoders that the bytes of others may reach in this very process. They give None for what they cannot do."""

    decode: Callable[[bytes, Facts, Empty], Raster | None]
    """As `Format.decode`."""
    reduce: Callable[[bytes, Facts, int, int, bool], Raster | None]
    """As `Format.reduce`."""


@dataclass(frozen=True, slots=True)
class Format:
    """A picture format. The functions may raise anything for bad data: who calls them makes it a sentence."""

    name: str
    title: str
    """With its article, as it stands in a sentence: `a PNG`."""
    suffixes: tuple[str, ...]
    """Small letters with the dot; the first is the one written."""
    recognises: Callable[[bytes], bool]
    """Whether a file that begins so is of this format."""
    examine: Callable[[BinaryIO], Facts]
    """Reads headers only, from the file's beginning."""
    decode: Callable[[bytes, Facts, Empty], Raster]
    """The pixels may lie in memory from the last, or not. It runs in a process apart, which can be killed."""
    reduce: Callable[[bytes, Facts, int, int, bool], Raster]
    """Apart as well. At 8 bits and at least the width and height given, as stored, which are no larger than the
    picture's; as little larger as comes cheaply. If the last is true, quickly and coarsely rather than well."""
    native: bool = False
    """Whether `examine` hands the file to a library that is not Python: it runs apart then, too."""
    trusted: Trusted | None = None
    """What is tried before anything is done apart."""
    depths: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """For each number of channels that can be written, the bits a channel, the least first; none if it is only read."""
    longest_side: int = 0
    """Pixels, when written."""
    encode: Callable[[Pixels, Metadata, int], bytes] = only_read
    """Takes pixels that `depths` allows and a quality from 1 to 100."""
    work: Callable[[tuple[int, ...], int, int], int] = only_read
    """Bytes of memory that encoding takes at most, its result among them, by the pixels' shape, bytes a channel and
    the quality."""
    holds: frozenset[str] = frozenset({"exif", "icc", "xmp"})
    """Which metadata it can be written with; another is "iptc". Where it cannot hold a profile, `encode` turns the
    colours into those of sRGB."""
    longest_xmp: int = 16 << 20
    """Bytes of an XMP packet, when written."""
    loses: Callable[[int], tuple[str, ...]] = nothing_more
    """Sentences on what else it cannot hold of a picture with so many channels."""
    extra: Extra | None = None
    """What has to be installed for its pixels."""
    confirms: Callable[[BinaryIO], bool] | None = None
    """A second look, into the whole file, for a format whose files begin as those of another one do. Never raises."""

    @property
    def written(self) -> bool:
        """Whether it can be written, its extra given; else it is only read."""
        return bool(self.depths)

    @property
    def label(self) -> str:
        """The title without its article."""
        return self.title.partition(" ")[2]
