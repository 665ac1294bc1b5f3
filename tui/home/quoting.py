"""Words for a person's shell and for sftp, whatever bytes they hold. Runs nothing."""

import os
import re
from collections.abc import Iterable

from engine.files.name import show

PLAIN = re.compile(r"[A-Za-z0-9_@%+:,./-]+")
"""What no shell takes for anything but itself."""
WILD = re.compile(r"[*?[]")
"""What rsync takes for a pattern, on the far side, even with --protect-args."""


def quoted(word: str) -> str:
    """One word for sh, bash, zsh or ksh: ASCII or printable UTF-8 only, on one line.

    Single quotes (POSIX, Shell Command Language, 2.2.2) as long as that is so; else `$'...'` with octal numbers (2.2.4
    of the issue of 2024), which also says bytes that are not UTF-8.
    """
    if PLAIN.fullmatch(word):
        return word
    if show(word) == word:
        return "'" + word.replace("'", "'\\''") + "'"
    return "$'" + "".join(_numbered(byte) for byte in os.fsencode(word)) + "'"


def folded(words: Iterable[str], width: int) -> tuple[str, ...]:
    """The words quoted, in lines of at most `width` cells, which is at least 24; a shell reads them as one line.

    What is longer than a line is cut where the shell joins it again.
    """
    lines = [""]
    for word in words:
        pieces = [quoted(piece) for piece in _cut(word, width - 3)]
        gap = " " if lines[-1] else ""
        if len(gap + pieces[0]) + _cells(lines[-1]) + 2 > width:
            lines[-1] += gap + "\\"
            lines.append(pieces[0])
        else:
            lines[-1] += gap + pieces[0]
        for piece in pieces[1:]:
            lines[-1] += "\\"
            lines.append(piece)
    return tuple(lines)


def for_rsync(path: str) -> str:
    """The path so that rsync, on the far side and with --protect-args, takes it for that one file."""
    return re.sub(r"([*?\[\\])", r"\\\1", path) if WILD.search(path) else path


def for_sftp(path: str) -> str:
    """An absolute path so that sftp, which reads it like a word of its own commands, takes it for that one file."""
    if PLAIN.fullmatch(path):
        return path
    # It must begin with a slash: sftp would else put its working folder before it.
    return '/"' + re.sub(r'(["\\])', r"\\\1", path[1:]) + '"'


def _numbered(byte: int) -> str:
    char = chr(byte)
    return char if byte < 128 and (PLAIN.fullmatch(char) or char == " ") else f"\\{byte:03o}"


def _cut(word: str, width: int) -> list[str]:
    """The word in pieces none of which, quoted, is wider."""
    pieces = [""]
    for char in word:
        if pieces[-1] and _cells(quoted(pieces[-1] + char)) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _cells(text: str) -> int:
    """At least as many cells as it takes."""
    return len(text) if text.isascii() else 2 * len(text)
