"""Files as the escape sequences that carry them, in small pieces. Reads the files, so it is not for the event loop."""

from __future__ import annotations

import os
import stat
from base64 import standard_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from engine.confinement import barred_descriptor
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.name import show

Carrier = Literal["iterm2", "kitty"]
CHUNK = 2100
"""Bytes of a file in one piece: in base64, with what is around them, less than 3,000; a multiple of 3."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One file of a session: `session` and `number` are Kitty's, `folder` is where it puts the file."""

    path: str
    session: str = ""
    number: int = 1
    folder: str = "~/Downloads"


def pieces(parcel: Parcel | str, carrier: Carrier) -> Iterator[str]:
    """The file, given by its path or as a parcel, as escape sequences of at most 3,000 bytes, each of them whole.

    iTerm2 (Inline Images Protocol: `File=` with inline=0 for what fits in one, `MultipartFile=` for more) puts it into
    its folder for downloads. Kitty (File transfer over the TTY) takes it within a session that it has allowed.
    ImageError when the file cannot be read, or becomes shorter meanwhile.
    """
    parcel = Parcel(parcel) if isinstance(parcel, str) else parcel
    with _opened(parcel.path) as file:
        facts = os.fstat(file.fileno())
        chunks = _chunks(parcel.path, file, facts.st_size)
        if carrier == "iterm2":
            yield from _iterm2(parcel, facts, chunks)
        else:
            yield from _kitty(parcel, facts, chunks)


def _iterm2(parcel: Parcel, facts: os.stat_result, chunks: Iterator[str]) -> Iterator[str]:
    told = f"name={_encoded(_name(parcel))};size={facts.st_size};inline=0"
    if facts.st_size <= CHUNK:
        yield f"\x1b]1337;File={told}:{''.join(chunks)}\x07"
        return
    yield f"\x1b]1337;MultipartFile={told}\x07"
    for chunk in chunks:
        yield f"\x1b]1337;FilePart={chunk}\x07"
    yield "\x1b]1337;FileEnd\x07"


def _kitty(parcel: Parcel, facts: os.stat_result, chunks: Iterator[str]) -> Iterator[str]:
    place = f"id={parcel.session};fid={parcel.number}"
    name = _encoded(f"{parcel.folder}/{_name(parcel)}")
    yield f"\x1b]5113;ac=file;{place};n={name};sz={facts.st_size};mod={facts.st_mtime_ns}\x1b\\"
    for chunk in chunks:
        yield f"\x1b]5113;ac=data;{place};d={chunk}\x1b\\"
    yield f"\x1b]5113;ac=end_data;{place}\x1b\\"


def _opened(path: str) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise ImageError(f"{show(path)} cannot be read ({error.strerror}): see whether it is still there.") from None
    try:
        admit(path, barred_descriptor(descriptor))
    except ImageError:
        os.close(descriptor)
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ImageError(f"{show(path)} is no ordinary file, and only those can be sent: choose another.")
    return os.fdopen(descriptor, "rb", buffering=0)


def _chunks(path: str, file: BinaryIO, size: int) -> Iterator[str]:
    """As many bytes as were promised, in base64."""
    left = size
    while left:
        data = _read(path, file, min(CHUNK, left))
        left -= len(data)
        yield standard_b64encode(data).decode()


def _read(path: str, file: BinaryIO, size: int) -> bytes:
    """So many bytes: some disks give fewer at a time."""
    data = b""
    try:
        while len(data) < size and (more := file.read(size - len(data))):
            data += more
    except OSError as error:
        raise ImageError(f"{show(path)} cannot be read ({error.strerror}): see to its disk.") from None
    if len(data) < size:
        raise ImageError(f"{show(path)} became shorter while it was sent: send it again.")
    return data


def _name(parcel: Parcel) -> str:
    """Its name, such that any other machine can have a file of that name."""
    return show(os.path.basename(parcel.path)).replace("\\", "_")


def _encoded(text: str) -> str:
    return standard_b64encode(text.encode()).decode()
