"""What a child is asked to do with a file, and how its answer is held against that. It decodes nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.files.apart.wire import GoneError
from engine.files.format import Facts, Raster, UnsupportedError
from engine.files.name import show
from engine.image import Pixels

NUMBERS = ("width", "height", "channels", "depth", "orientation", "frames", "work")
"""Of the facts, what a decoder is told beside the profile."""
TYPES = {8: "uint8", 16: "uint16", 32: "float32"}
CONVERSION = ""
"""In the place of a format's name: the data are 8-bit pixels, whose profile is the facts'."""
MOST_NOTES, LONGEST_NOTE, LONGEST_FAULT = 4, 200, 300
LARGEST_PROFILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Order:
    """One file to decode whole, or to reduce to a picture in sRGB of exactly the size wanted."""

    form: str
    """The name of its format."""
    facts: Facts
    wanted: tuple[int, int] | None = None
    """Width and height of the reduced picture, as stored."""
    coarse: bool = False

    @property
    def shapes(self) -> tuple[tuple[int, int, int], ...]:
        """What the pixels may be: height, width and channels."""
        facts = self.facts
        if self.wanted is None:
            return ((facts.height, facts.width, facts.channels),)
        width, height = self.wanted
        return tuple((height, width, channels) for channels in range(1, 5))

    @property
    def dtype(self) -> str:
        """Of the pixels."""
        return TYPES[8 if self.wanted else self.facts.depth]

    @property
    def size(self) -> int:
        """Bytes of the largest of the shapes."""
        height, width, channels = self.shapes[-1]
        return height * width * channels * (1 if self.wanted else self.facts.itemsize)

    def to_dict(self, data: int, seconds: float) -> dict[str, Any]:
        """As the child is told it, with the file's bytes and the time it has."""
        facts = {name: getattr(self.facts, name) for name in NUMBERS}
        told = {"format": self.form, "facts": facts, "wanted": self.wanted, "coarse": self.coarse}
        return told | {"data": data, "icc": len(self.facts.icc), "seconds": seconds}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], icc: bytes) -> Order:
        """The inverse, for the child."""
        wanted = values["wanted"]
        facts = Facts(**values["facts"], icc=icc)
        return cls(values["format"], facts, None if wanted is None else tuple(wanted), values["coarse"])

    def answer(self, raster: Raster) -> dict[str, Any]:
        """What the child says of pixels that it has put where they belong."""
        own = raster.icc != self.facts.icc
        return {
            "shape": raster.pixels.shape,
            "icc": base64.b64encode(raster.icc).decode("ascii") if own else None,
            "notes": raster.notes,
            "coarse": raster.coarse,
        }

    def understood(self, values: Mapping[str, Any], pixels: Pixels) -> Raster:
        """The picture that an answer tells of, in memory that was given for it; GoneError when it cannot be that."""
        if "fault" in values:
            raise raised(values)
        shape = values.get("shape")
        if not isinstance(shape, list) or tuple(shape) not in self.shapes:
            raise GoneError("its picture has another shape")
        count = shape[0] * shape[1] * shape[2]
        flat = pixels.reshape(-1)[:count]
        return Raster(flat.reshape(shape), self._profile(values), _notes(values), values.get("coarse") is True)

    def _profile(self, values: Mapping[str, Any]) -> bytes:
        own = values.get("icc")
        if own is None:
            return self.facts.icc
        try:
            profile = base64.b64decode(own, validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise GoneError("its profile makes no sense") from None
        if len(profile) > LARGEST_PROFILE:
            raise GoneError("its profile is too large")
        return profile


def _notes(values: Mapping[str, Any]) -> tuple[str, ...]:
    notes = values.get("notes")
    if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
        raise GoneError("its notes make no sense")
    return tuple(show(note[:LONGEST_NOTE]) for note in notes[:MOST_NOTES])


def raised(values: Mapping[str, Any]) -> Exception:
    """What a decoder raised in a child, as it is raised again here."""
    text = show(str(values.get("text", ""))[:LONGEST_FAULT])
    kinds: dict[object, Exception] = {"unsupported": UnsupportedError(text), "memory": MemoryError()}
    return kinds.get(values["fault"], ValueError(text))
