"""What a file's headers say of its picture, told by content and held against the limits. It decodes nothing."""

import os
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from engine.errors import ImageError
from engine.files.edition import Edition
from engine.files.format import Facts, Format
from engine.files.formats import formats, recognise
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.ranged import Ranged
from engine.files.source import FilePath, opened, understood
from engine.files.turn import upright_size

REACH = 1 << 19
"""Bytes of a file's headers that may come from another machine, for who only shows what they say."""


@dataclass(frozen=True, slots=True)
class Header:
    """A picture without its pixels."""

    format: str
    """A name of `engine.files.encode.FORMATS`, whatever the file's name says."""
    width: int
    """As it stands upright."""
    height: int
    channels: int
    """As decoded: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha."""
    depth: int
    """Bits a channel in the file, rounded up to 8, 16 or 32."""
    bytes: int
    """Size of the file."""
    frames: int
    """Pictures or pages; only the first is read."""


def read_header(path: FilePath, limits: Limits) -> Header:
    """Reads a few kilobytes, of any file. ImageError when it is no picture, damaged, or beyond the limits."""
    form, facts, edition = examine_file(path, limits)
    width, height = upright_size(facts.width, facts.height, facts.orientation)
    return Header(form.name, width, height, facts.channels, facts.depth, edition.size, facts.frames)


def examine_file(path: FilePath, limits: Limits, reach: int = 0) -> tuple[Format, Facts, Edition]:
    """The format, the facts and the edition of a file; ImageError as for `read_header`.

    `reach` is how many bytes may come from another machine, 0 for all: metadata that lies further is left out then.
    """
    with opened(path, limits, reach) as (file, _):
        if isinstance(file, Ranged):
            return *examine(path, file, limits), file.edition
        found = os.fstat(file.fileno())
        return *examine(path, file, limits), Edition(found.st_size, found.st_mtime_ns)


def examine(path: FilePath, file: BinaryIO, limits: Limits) -> tuple[Format, Facts]:
    """The format and the facts of an open file or of its bytes; ImageError as for `read_header`."""
    with understood(path):
        form = recognise(file)
        if form is None:
            *most, last = (each.label for each in formats().values())
            raise ImageError(
                f"{show(path)} is no {', '.join(most)} or {last} picture: leave it out, or convert it first."
            )
        facts = _facts(form, file, limits)
    if fault := _beyond(facts, limits):
        raise ImageError(f"{show(path)} {fault}")
    return form, facts


def _facts(form: Format, file: BinaryIO, limits: Limits) -> Facts:
    """What the headers say, read apart where a library reads them that is not Python and that is here."""
    file.seek(0)
    if not form.native or (form.extra is not None and not form.extra.installed):
        return form.examine(file)
    from engine.files.apart.memory import anonymous
    from engine.files.apart.pool import pool

    if isinstance(file, Ranged):
        if file.short and (found := _from_beginning(form, file, limits)) is not None:
            return found
        file = BytesIO(file.whole())
    if not isinstance(file, BytesIO):
        # A descriptor's place in the file is the child's as well, and a reader with a buffer counts on its own.
        descriptor = file.fileno()
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        try:
            return pool().examine(form.name, descriptor, limits.max_seconds)
        finally:
            os.lseek(descriptor, at, os.SEEK_SET)
    with open(anonymous(0), "w+b") as copy:
        copy.write(file.getbuffer())
        copy.flush()
        return pool().examine(form.name, copy.fileno(), limits.max_seconds)


def _from_beginning(form: Format, file: Ranged, limits: Limits) -> Facts | None:
    """What a library reads where the rest of the file is zeros; None where it makes nothing of that."""
    from engine.files.apart.memory import anonymous
    from engine.files.apart.pool import pool

    with open(anonymous(0), "w+b") as copy:
        copy.write(file.read(file.reach))
        copy.truncate(file.size)
        copy.flush()
        try:
            return pool().examine(form.name, copy.fileno(), limits.max_seconds)
        except Exception:  # noqa: BLE001 - libraries raise what they like, and all of the file will tell
            file.extend()
            return None


def _beyond(facts: Facts, limits: Limits) -> str:
    """Which limit a picture is beyond, as the rest of a sentence; empty for none."""
    pixels, side = facts.width * facts.height, max(facts.width, facts.height)
    needed = pixels * facts.channels * facts.itemsize + facts.work
    trust = "if you trust it, raise"
    if pixels > limits.max_pixels:
        return (
            f"has {facts.width} x {facts.height} pixels, {pixels / 1e6:,.1f} megapixels, more than the "
            f"{limits.max_pixels / 1e6:,.1f} that are read: {trust} --max-pixels."
        )
    if side > limits.max_side:
        return f"has {side:,} pixels a side, more than the {limits.max_side:,} that are read: {trust} --max-side."
    if facts.frames > limits.max_frames:
        return f"has {facts.frames:,} pictures, more than {limits.max_frames:,}: {trust} --max-frames."
    if needed > limits.max_decoding:
        return (
            f"takes {needed / 1e9:,.1f} GB of memory to decode, more than the {limits.max_decoding / 1e9:,.1f} GB "
            f"allowed: {trust} --max-decoding."
        )
    return ""
