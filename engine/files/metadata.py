"""Which metadata is written with a picture in a format, and what is said of the rest. Profiles are not its business."""

from __future__ import annotations

from typing import Literal, TypeAlias

from engine.files import iptc, xmp
from engine.files.format import Format
from engine.files.share import shareable, whole_block
from engine.image import Metadata

Choice: TypeAlias = Literal["safe", "all", "none"]
"""What describes the photograph and its maker; everything; nothing."""


def chosen(
    source: Metadata, form: Format, choice: Choice, size: tuple[int, int], *, in_srgb: bool
) -> tuple[Metadata, tuple[str, ...]]:
    """What to write with a picture of this width and height, its profile aside, and sentences on what is lost.

    `in_srgb`: the colours were converted, and the metadata has to say so.
    """
    if choice == "none":
        return Metadata(), ()
    if not form.holds & {"exif", "xmp", "iptc"}:
        said = bool(source.exif or source.xmp or source.iptc)
        return Metadata(), (f"{form.label} holds no metadata: it was left out.",) if said else ()
    exif, of_exif = _exif(source, form, choice, size, in_srgb)
    block, of_iptc = _iptc(source, form, choice)
    packet, of_xmp = _xmp(source, form, choice)
    return Metadata(exif=exif, xmp=packet, iptc=block), (*of_exif, *of_iptc, *of_xmp)


def _exif(
    source: Metadata, form: Format, choice: Choice, size: tuple[int, int], in_srgb: bool
) -> tuple[bytes, tuple[str, ...]]:
    if not source.exif:
        return b"", ()
    if "exif" not in form.holds:
        return b"", (f"{form.label} holds no EXIF data: it was left out.",)
    if choice == "all" and (block := whole_block(source.exif, *size, in_srgb=in_srgb)):
        return block, ()
    block = shareable(source.exif, *size, in_srgb=in_srgb)
    if not block:
        return b"", ("Its EXIF data is damaged or too large and was left out.",)
    too_large = "Its EXIF data is too large to be kept whole: only what is safe to share was."
    return block, (too_large,) if choice == "all" else ()


def _iptc(source: Metadata, form: Format, choice: Choice) -> tuple[bytes, tuple[str, ...]]:
    if "iptc" not in form.holds:
        return b"", ()
    block = source.iptc if choice == "all" else iptc.shareable(source.iptc)
    if len(block) <= iptc.MAX_BYTES:
        return block, ()
    return b"", ("Its IPTC data is too large and was left out.",)


def _xmp(source: Metadata, form: Format, choice: Choice) -> tuple[bytes, tuple[str, ...]]:
    """With what only IPTC data has, where the format holds none of those."""
    if "xmp" not in form.holds:
        left: tuple[str, ...] = ("its XMP data",) if source.xmp else ()
        left += ("its IPTC data",) if source.iptc and "iptc" not in form.holds else ()
        return b"", tuple(f"{form.label} cannot hold {each}: it was left out." for each in left)
    added = {} if "iptc" in form.holds else iptc.as_xmp(source.iptc, places=choice == "all")
    notes: tuple[str, ...] = ()
    own: xmp.Properties = {}
    try:
        own = xmp.read_properties(source.xmp) if source.xmp else {}
    except ValueError:
        notes = ("Its XMP data is damaged or too large and was left out.",)
    if choice == "all" and source.xmp:
        packet = xmp.mended(source.xmp, {name: each for name, each in added.items() if not xmp.names(source.xmp, name)})
        if len(packet) <= form.longest_xmp:
            return packet, ()
        notes = ("Its XMP data is too large to be kept whole: only what is safe to share was.",)
    packet = xmp.write_packet({**added, **own})
    if len(packet) <= form.longest_xmp:
        return packet, notes
    return b"", ("Its XMP data is damaged or too large and was left out.",)
