"""One channel of SFTP, as paramiko has it, but for what takes its time there: long folders, and a file's end."""

from __future__ import annotations

from collections import deque
from typing import Any

import paramiko
from paramiko.sftp import CMD_CLOSE, CMD_HANDLE, CMD_NAME, CMD_OPENDIR, CMD_READDIR, CMD_STATUS, SFTPError

QUESTIONS = 16
"""About a folder on their way at once: OpenSSH tells a hundred names for each."""
PIECE = 32 << 10
"""Bytes that one answer holds."""


class Channel(paramiko.SFTPClient):  # type: ignore[misc]
    """For one thread at a time. Paths are bytes, as servers have them."""

    def names(self, folder: bytes) -> list[tuple[bytes, Any]]:
        """All names in a folder, whatever bytes they are, and their attributes; links are not followed."""
        kind, message = self._request(CMD_OPENDIR, folder)
        if kind != CMD_HANDLE:
            raise SFTPError("Expected handle")
        handle = message.get_binary()
        answers, waiting = _Answers(), deque[int]()
        found: list[tuple[bytes, Any]] = []
        over = False
        while not over or waiting:
            while not over and len(waiting) < QUESTIONS:
                waiting.append(self._async_request(answers, CMD_READDIR, handle))
            kind, message = self._answer(answers, waiting.popleft())
            if kind == CMD_NAME:
                found += _told(message)
            else:
                over = True
        self._async_request(type(None), CMD_CLOSE, handle)
        return found

    def between(self, path: bytes, start: int, end: int) -> bytes:
        """Bytes of a file: all pieces are asked for at once, and come one after another."""
        file = self.open(path, "rb")
        # Nobody waits for the server to say that it has closed it: that is what `close` would do, and letting go not.
        return b"".join(file.readv([(at, min(PIECE, end - at)) for at in range(start, end, PIECE)]))

    def _answer(self, answers: _Answers, number: int) -> tuple[int, Any]:
        """A name message; a status where there are no more."""
        while number not in answers.known:
            self._read_response()
        kind, message = answers.known.pop(number)
        if kind == CMD_STATUS:
            try:
                self._convert_status(message)
            except EOFError:
                pass
        elif kind != CMD_NAME:
            raise SFTPError("Expected name response")
        return kind, message


class _Answers:
    """Those that have come, by the numbers of their questions."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[int, Any]] = {}

    def _async_response(self, kind: int, message: Any, number: int) -> None:
        """As paramiko calls it."""
        self.known[number] = kind, message


def _told(message: Any) -> list[tuple[bytes, Any]]:
    found = []
    for _ in range(message.get_int()):
        name: bytes = message.get_string()
        message.get_string()
        facts = paramiko.SFTPAttributes._from_msg(message)  # noqa: SLF001 - paramiko reads them into text alone
        if name not in (b".", b".."):
            found.append((name, facts))
    return found
