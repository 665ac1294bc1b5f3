"""What a JPEG XL codestream says of its picture before any of it is coded (ISO/IEC 18181-1). It decodes no pixel."""

from __future__ import annotations

from dataclasses import dataclass

Ways = tuple[tuple[int, int], ...]
SIGNATURE = b"\xff\x0a"
SIDES = ((9, 1), (13, 1), (18, 1), (30, 1))
"""Bits and what is added to them, of a side's length, by a selector of two bits."""
PREVIEW_EIGHTHS = ((0, 16), (0, 32), (5, 1), (9, 33))
PREVIEW_SIDES = ((6, 1), (8, 65), (10, 321), (12, 1345))
RATIOS = ((0, 0), (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
"""Width over height, where the width is not said."""
COUNTS = ((0, 0), (0, 1), (4, 2), (12, 1))
ENUM = ((0, 0), (0, 1), (4, 2), (6, 18))
WHOLE_BITS = ((0, 8), (0, 10), (0, 12), (6, 1))
FLOAT_BITS = ((0, 32), (0, 16), (0, 24), (6, 1))
SHIFT = ((0, 0), (0, 3), (0, 4), (3, 1))
NAME = ((0, 0), (4, 0), (5, 16), (10, 48))
ARRAY = ((0, 1), (2, 0), (4, 3), (8, 19))
ALPHA, SPOT, BLACK, COLOUR_FILTER = 0, 2, 4, 5
GREY = 1
MOST_CHANNELS = 64
"""Beside colour; a file with more of them is no photograph."""


@dataclass(frozen=True, slots=True)
class Header:
    """The picture as it is stored."""

    width: int
    height: int
    bits: int = 8
    floats: bool = False
    grey: bool = False
    kinds: tuple[int, ...] = ()
    """What each channel beside colour is for."""
    orientation: int = 1
    """1 to 8, as EXIF counts."""
    animated: bool = False
    xyb: bool = True
    """Whether its colours were made those of XYB."""
    profile: bool = False
    """Whether it has a profile, rather than colours of a known name."""

    @property
    def alpha(self) -> bool:
        """Whether one of the channels is for opacity."""
        return ALPHA in self.kinds


class _Bits:
    """Bits of a codestream, the least significant of a byte first (annex B.2)."""

    def __init__(self, data: bytes) -> None:
        self._number, self._left = int.from_bytes(data, "little"), 8 * len(data)

    def take(self, count: int) -> int:
        """The next bits as a number; ValueError when there are none left."""
        self._left -= count
        if self._left < 0:
            raise ValueError("its headers end early")
        value = self._number & ((1 << count) - 1)
        self._number >>= count
        return value

    def flag(self) -> bool:
        """One bit."""
        return bool(self.take(1))

    def choice(self, ways: Ways) -> int:
        """A number in one of four ways, each so many bits and what is added to them (annex B.2.3)."""
        bits, added = ways[self.take(2)]
        return self.take(bits) + added


def read(data: bytes) -> Header:
    """From the first bytes of a codestream; ValueError when they are none, or end early."""
    if not data.startswith(SIGNATURE):
        raise ValueError("it is no codestream of JPEG XL")
    bits = _Bits(data[len(SIGNATURE) :])
    width, height = _size(bits, SIDES)
    if bits.flag():
        return Header(width, height)
    orientation, animated = _extra_fields(bits) if bits.flag() else (1, False)
    depth, floats = _depth(bits)
    bits.flag()
    channels = bits.choice(COUNTS)
    if channels > MOST_CHANNELS:
        raise ValueError("it has too many channels")
    kinds = tuple(_channel(bits) for _ in range(channels))
    xyb = bits.flag()
    grey, profile = _colours(bits)
    return Header(width, height, depth, floats, grey, kinds, orientation, animated, xyb, profile)


def _size(bits: _Bits, sides: Ways, eighths: Ways | None = None) -> tuple[int, int]:
    """Width and height (annex D.2), or those of a preview, which are stored in fewer bits."""
    small = bits.flag()

    def side() -> int:
        if not small:
            return bits.choice(sides)
        return 8 * (bits.take(5) + 1 if eighths is None else bits.choice(eighths))

    height = side()
    ratio = bits.take(3)
    over, under = RATIOS[ratio]
    width = height * over // under if ratio else side()
    if not width or not height:
        raise ValueError("it has no size")
    return width, height


def _extra_fields(bits: _Bits) -> tuple[int, bool]:
    """The turn, and whether there are many pictures (annex D.3)."""
    orientation = bits.take(3) + 1
    if bits.flag():
        _size(bits, SIDES)
    if bits.flag():
        _size(bits, PREVIEW_SIDES, PREVIEW_EIGHTHS)
    animated = bits.flag()
    if animated:
        bits.choice(((0, 100), (0, 1000), (10, 1), (30, 1)))
        bits.choice(((0, 1), (0, 1001), (8, 1), (10, 1)))
        bits.choice(((0, 0), (3, 0), (16, 0), (32, 0)))
        bits.flag()
    return orientation, animated


def _depth(bits: _Bits) -> tuple[int, bool]:
    """Bits of a sample, and whether it is a float (annex D.3.5)."""
    if not bits.flag():
        return bits.choice(WHOLE_BITS), False
    depth = bits.choice(FLOAT_BITS)
    bits.take(4)
    return depth, True


def _colours(bits: _Bits) -> tuple[bool, bool]:
    """Whether they are grey, and whether a profile follows, beside which that is said as well (annex E.2)."""
    if bits.flag():
        return False, False
    profile = bits.flag()
    return bits.choice(ENUM) == GREY, profile


def _channel(bits: _Bits) -> int:
    """What a channel beside colour is for (annex D.3.6)."""
    if bits.flag():
        return ALPHA
    kind = bits.choice(ENUM)
    _depth(bits)
    bits.choice(SHIFT)
    bits.take(8 * bits.choice(NAME))
    if kind == ALPHA:
        bits.flag()
    elif kind == SPOT:
        bits.take(4 * 16)
    elif kind == COLOUR_FILTER:
        bits.choice(ARRAY)
    return kind
