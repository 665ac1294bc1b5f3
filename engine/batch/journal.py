"""The journal of a batch: one JSON line an event, only ever added to. Writing never raises, reading never waits."""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

from engine.job import Event, Failed, Finished, Summary, event_from_dict, event_to_dict

CHUNK = 1 << 16


class Journal:
    """The one writer. `append` may be called from any thread, `sync` from one.

    A full disk loses no line: what could not be written is kept and goes out before the next one.
    """

    def __init__(self, path: Path) -> None:
        """Opens it, or makes it; a line that an earlier writer could not end is cut off."""
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        self._lock = threading.Lock()
        self._number = _trim(self._file)
        self._unwritten = b""
        self._unsynced = False

    def append(self, event: Event) -> None:
        """Adds one event."""
        told = {"time": round(time.time(), 3)} | event_to_dict(event)
        with self._lock:
            self._unwritten += json.dumps({"number": self._number} | told).encode() + b"\n"
            self._number += 1
            self._write()
            self._unsynced |= isinstance(event, Finished | Failed | Summary)

    @property
    def unsynced(self) -> bool:
        """Whether something that matters is not on the disk yet."""
        return self._unsynced

    def sync(self) -> None:
        """Returns when what was added before is on the disk, as far as the disk can take it."""
        with self._lock:
            self._write()
            self._unsynced = False
        try:
            os.fsync(self._file)
        except OSError:
            self._unsynced = True

    def close(self) -> None:
        """Syncs; what is added after this is lost."""
        self.sync()
        with self._lock:
            os.close(self._file)
            self._file = -1

    def _write(self) -> None:
        try:
            while self._unwritten:
                self._unwritten = self._unwritten[os.write(self._file, self._unwritten) :]
        except OSError:
            return


class Reader:
    """One reader: goes on where it stopped, reads whole lines only, and at most about 64 kB at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1
        self._offset = 0
        self.number = 0
        """Of the next line."""

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Gives the file back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def lines(self, most: int = CHUNK) -> list[bytes]:
        """The next lines with their ends, of about `most` bytes together; none when there is nothing new."""
        if not self._opened() or os.fstat(self._file).st_size <= self._offset:
            return []
        data = os.pread(self._file, most, self._offset)
        while not data.endswith(b"\n") and b"\n" not in data:
            more = os.pread(self._file, CHUNK, self._offset + len(data))
            if not more:
                return []
            data += more
        found = _whole_lines(data)
        self._advance(found)
        return found

    def seek(self, number: int) -> bool:
        """Goes to that line, or nearer to it by one chunk; whether it is there."""
        if number < self.number:
            self._offset = self.number = 0
        before_number, before_offset = self.number, self._offset
        if self.number < number:
            lines = self.lines()
            if before_number + len(lines) > number:
                kept = lines[: number - before_number]
                self.number, self._offset = before_number, before_offset
                self._advance(kept)
        return self.number == number

    def _advance(self, lines: list[bytes]) -> None:
        self.number += len(lines)
        self._offset += sum(map(len, lines))

    def _opened(self) -> bool:
        if self._file < 0:
            try:
                self._file = os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            except OSError:
                return False
        return True


def parse_line(line: bytes) -> Event | None:
    """The event of one line; None when the line is damaged or tells what this version does not know."""
    try:
        return event_from_dict(json.loads(line))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def last_event(path: Path) -> Event | None:
    """The event of the last whole line."""
    try:
        with open(path, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 4 * CHUNK))
            lines = _whole_lines(file.read())
    except OSError:
        return None
    return parse_line(lines[-1]) if lines else None


def _whole_lines(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


def _trim(file: int) -> int:
    """Cuts off an unfinished last line; how many lines there are."""
    lines = end = offset = 0
    while data := os.pread(file, CHUNK, offset):
        if b"\n" in data:
            lines += data.count(b"\n")
            end = offset + data.rindex(b"\n") + 1
        offset += len(data)
    if end < offset:
        os.ftruncate(file, end)
    return lines
