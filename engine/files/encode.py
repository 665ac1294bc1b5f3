"""From a picture to the bytes of a file, with the metadata that may leave a person's hands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from engine.errors import ImageError, SpecError
from engine.files.format import Format
from engine.files.formats import formats

if TYPE_CHECKING:
    from engine.files.metadata import Choice
    from engine.image import Image, Metadata, Pixels

FORMATS: Mapping[str, str] = MappingProxyType(
    {name: form.suffixes[0] for name, form in formats().items() if form.written}
)
"""The formats that can be written, by name, each with its suffix."""
BEST_QUALITY = 100
EIGHT = 8
CONVERTING_BYTES = 32 << 20
"""The most that `engine.files.conversion` takes beside its result."""


@dataclass(frozen=True, slots=True)
class _Colours:
    """The profile to write, what is said of it, and the depth at which pixels are converted to sRGB, or 0."""

    icc: bytes = b""
    notes: tuple[str, ...] = ()
    converted_at: int = 0


def encode(
    image: Image,
    format: str,  # noqa: A002 - the name of the flag
    quality: int,
    *,
    metadata: Choice = "safe",
    profile: Literal["keep", "srgb"] = "keep",
) -> bytes:
    """A whole file in a format of `FORMATS`. `losses` says what it cannot hold.

    Quality is 1 to 100, for formats that lose; 100 is without loss in WebP. `metadata` is what `engine.files.share` and
    `engine.files.xmp` call safe, everything, or nothing; with `profile` "srgb" the colours are converted and no profile
    is written. ImageError when the format cannot hold the picture.
    """
    form = _known(format)
    if not 1 <= quality <= BEST_QUALITY:
        raise SpecError(f"--quality must be 1 to {BEST_QUALITY}, not {quality}.")
    height, width = image.pixels.shape[:2]
    if max(width, height) > form.longest_side:
        raise ImageError(
            f"{form.label} has at most {form.longest_side} pixels a side, not "
            f"{max(width, height)}: choose another --format."
        )
    try:
        colours = _colours(image, form, profile)
        kept = replace(_chosen(image, form, metadata, colours)[0], icc=colours.icc)
        return form.encode(_fitted(image, form, colours), kept, quality)
    except (OSError, ValueError, OverflowError, RuntimeError, MemoryError) as error:
        reason = str(error).rstrip(".") or "too little memory"
        raise ImageError(f"It cannot be written as {form.title} ({reason}): choose another --format.") from error


def losses(
    image: Image,
    format: str,  # noqa: A002 - the name of the flag
    *,
    metadata: Choice = "safe",
    profile: Literal["keep", "srgb"] = "keep",
) -> tuple[str, ...]:
    """Sentences on what of this picture is not written though it was asked for; empty when all is."""
    form = _known(format)
    source = _depth(image.pixels)
    channels, depth = _target(image.pixels.shape[2], source, form)
    said = []
    if channels != image.pixels.shape[2]:
        said.append(f"{form.label} has no transparency: the picture was laid on white.")
    if depth != source:
        kind = "floats were clipped and" if source == 32 else f"{source} bits a channel were"
        said.append(f"{form.label} has {depth} bits a channel: its {kind} rounded.")
    colours = _colours(image, form, profile)
    said += [*form.loses(image.pixels.shape[2]), *_chosen(image, form, metadata, colours)[1], *colours.notes]
    return tuple(said)


def encoding_work(
    shape: tuple[int, ...],
    itemsize: int,
    format: str,  # noqa: A002 - the name of the flag
    quality: int,
    *,
    profile: Literal["keep", "srgb"] = "keep",
) -> int:
    """Bytes of memory that `encode` takes at most beside the pixels, by their shape and the bytes of a channel."""
    from engine.files.depth import converting, whitening

    form = _known(format)
    height, width, channels = shape
    kept, depth = _target(channels, itemsize * 8, form)
    fitting = converting(shape, itemsize * 8, depth) + (whitening(shape) if kept < channels else 0)
    if profile == "srgb" or "icc" not in form.holds:
        fitting += math.prod(shape) * itemsize + CONVERTING_BYTES
    return fitting + form.work((height, width, kept), depth // 8, quality)


def _known(name: str) -> Format:
    if name not in formats():
        raise SpecError(f"--format must be one of {', '.join(FORMATS)}, not {name}.")
    if why_not := refusal(name):
        raise ImageError(why_not)
    return formats()[name]


def refusal(name: str) -> str:
    """Why a format cannot be written here, what to do, as a sentence; empty when it can."""
    form = formats()[name]
    if not form.written:
        return f"{form.title[0].upper()}{form.title[1:]} is only read: choose a --format for the result, such as tiff."
    if form.extra and not form.extra.installed:
        return f"{form.label} needs an extra to be written: {form.extra.advice}, or choose another --format."
    return ""


def _depth(pixels: Pixels) -> int:
    return pixels.itemsize * 8


def _target(channels: int, own: int, form: Format) -> tuple[int, int]:
    """Channels and bits a channel as they will be written: no fewer than the picture has, where the format allows."""
    if channels not in form.depths:
        channels -= 1
    depths = form.depths[channels]
    return channels, next((depth for depth in depths if depth >= own), depths[-1])


def _colours(image: Image, form: Format, profile: str) -> _Colours:
    """What becomes of the profile; at the picture's own depth if that can be, at 8 bits if those are written."""
    icc, channels, own = image.metadata.icc, image.pixels.shape[2], _depth(image.pixels)
    if not icc:
        return _Colours()
    from engine.files.conversion import converts
    from engine.files.profile import fits

    kept, depth = _target(channels, own, form)
    if not fits(icc, kept):
        return _Colours(notes=("Its colour profile is not for such pixels and was left out.",))
    holds = "icc" in form.holds
    if profile == "keep" and holds:
        return _Colours(icc)
    for at in (own, depth):
        if converts(icc, at, channels) and at in (own, EIGHT):
            said = (
                ()
                if profile == "srgb"
                else (f"{form.label} holds no colour profile: the picture was converted to sRGB.",)
            )
            return _Colours(notes=said, converted_at=at)
    if not holds:
        return _Colours(notes=(f"{form.label} holds no colour profile, and its own is damaged: it was left out.",))
    return _Colours(
        icc, (f"Its colour profile cannot be converted at {own} bits a channel without loss and was kept.",)
    )


def _fitted(image: Image, form: Format, colours: _Colours) -> Pixels:
    from engine.files.depth import on_white, to_depth

    pixels = image.pixels
    channels, depth = _target(pixels.shape[2], _depth(pixels), form)
    for at in (_depth(pixels), depth):
        pixels = to_depth(pixels, at)
        if at == colours.converted_at:
            from engine.files.conversion import to_srgb

            pixels = to_srgb(pixels, image.metadata.icc)
            colours = _Colours()
    return pixels if channels == pixels.shape[2] else on_white(pixels)


def _chosen(image: Image, form: Format, choice: Choice, colours: _Colours) -> tuple[Metadata, tuple[str, ...]]:
    from engine.files.metadata import chosen

    height, width = image.pixels.shape[:2]
    return chosen(image.metadata, form, choice, (width, height), in_srgb=bool(colours.converted_at))
