"""From a picture to the bytes of a file, with the metadata that may leave a person's hands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.errors import ImageError, SpecError
from engine.files.format import Format
from engine.files.formats import formats

if TYPE_CHECKING:
    from engine.image import Image, Metadata, Pixels

FORMATS: Mapping[str, str] = MappingProxyType(
    {name: form.suffixes[0] for name, form in formats().items() if form.written}
)
"""The formats that can be written, by name, each with its suffix."""
BEST_QUALITY = 100


def encode(image: Image, format: str, quality: int) -> bytes:  # noqa: A002 - the name of the flag
    """A whole file in a format of `FORMATS`. `losses` says beforehand what it cannot hold.

    Quality is 1 to 100, for JPEG and WebP; 100 is without loss in WebP. Camera data, title, artist and copyright are
    written; places, maker notes, thumbnails and XMP are not. ImageError when the format cannot hold the picture.
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
        pixels = _fitted(image.pixels, form)
        return form.encode(pixels, _metadata(image, pixels), quality)
    except (OSError, ValueError, OverflowError, RuntimeError, MemoryError) as error:
        reason = str(error).rstrip(".") or "too little memory"
        raise ImageError(f"It cannot be written as {form.title} ({reason}): choose another --format.") from error


def losses(image: Image, format: str) -> tuple[str, ...]:  # noqa: A002 - the name of the flag
    """Sentences on what the format cannot hold of this picture; empty when it holds all."""
    form = _known(format)
    source = _depth(image.pixels)
    channels, depth = _target(image.pixels.shape[2], source, form)
    said = []
    if channels != image.pixels.shape[2]:
        said.append(f"{form.label} has no transparency: the picture was laid on white.")
    if depth != source:
        kind = "floats were clipped and" if source == 32 else f"{source} bits a channel were"
        said.append(f"{form.label} has {depth} bits a channel: its {kind} rounded.")
    said += form.loses(image.pixels.shape[2])
    metadata = image.metadata
    if "exif" not in form.holds and (metadata.exif or metadata.xmp):
        said.append(f"{form.label} holds no metadata: it was left out.")
    elif metadata.exif and not _shareable(image):
        said.append("Its EXIF data is damaged or too large and was left out.")
    if metadata.icc and not _profile(image, channels):
        said.append("Its colour profile is not for such pixels and was left out.")
    elif metadata.icc and "icc" not in form.holds:
        said.append(f"{form.label} holds no colour profile: the picture was converted to sRGB.")
    return tuple(said)


def encoding_work(shape: tuple[int, ...], itemsize: int, format: str, quality: int) -> int:  # noqa: A002 - as above
    """Bytes of memory that `encode` takes at most beside the pixels, by their shape and the bytes of a channel."""
    from engine.files.depth import converting, whitening

    form = _known(format)
    height, width, channels = shape
    kept, depth = _target(channels, itemsize * 8, form)
    fitting = converting(shape, itemsize * 8, depth) + (whitening(shape) if kept < channels else 0)
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


def _fitted(pixels: Pixels, form: Format) -> Pixels:
    from engine.files.depth import on_white, to_depth

    channels, depth = _target(pixels.shape[2], _depth(pixels), form)
    fitted = to_depth(pixels, depth)
    return fitted if channels == pixels.shape[2] else on_white(fitted)


def _metadata(image: Image, pixels: Pixels) -> Metadata:
    from engine.image import Metadata

    return Metadata(exif=_shareable(image), icc=_profile(image, pixels.shape[2]))


def _shareable(image: Image) -> bytes:
    from engine.files.share import shareable

    height, width = image.pixels.shape[:2]
    return shareable(image.metadata.exif, width, height)


def _profile(image: Image, channels: int) -> bytes:
    from engine.files.profile import fits

    return image.metadata.icc if fits(image.metadata.icc, channels) else b""
