"""Takes what a terminal answers out of what a person types, and leaves everything else as it came. Asks nothing."""

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import TypeAlias

MOST = 4096
"""Characters of one answer; what is longer is none."""
ONE_OF = re.compile(
    r"\x1b\[(?P<alive>[03])n"
    r"|\x1b\[\?(?P<attributes>[\d;]*)c"
    r"|\x1b\[6;(?P<height>\d{1,5});(?P<width>\d{1,5})t"
    r"|\x1bP>\|(?P<version>[^\x1b]*)\x1b\\"
    r"|\x1b_G(?P<graphics>[^\x1b]*)\x1b\\"
    r"|\x1b\]5113;(?P<files>[^\x1b\x07]*)(?:\x1b\\|\x07)"
    r"|(?P<paste>\x1b\[200~)"
)
BEGUN = re.compile(
    r"\x1b(?:\[(?:[03]|\?[\d;]*|6(?:;\d{0,5}(?:;\d{0,5})?)?|20{0,2})?|P(?:>(?:\|[^\x1b]*\x1b?)?)?|_(?:G[^\x1b]*\x1b?)?"
    r"|\](?:5(?:1(?:1(?:3(?:;[^\x1b\x07]*\x1b?)?)?)?)?)?)?\Z"
)
"""The beginning of an answer, or of a paste, at the end of what was read."""
PASTED = "\x1b[201~"
MAYBE = 2
"""Characters of a beginning that a person may have typed as well: Escape, or Alt with a key."""
SOON, LATER = 0.03, 1.0
"""Seconds to wait for the rest of a beginning: of one that may be a key, of any other."""


@dataclass(frozen=True, slots=True)
class Alive:
    """To CSI 5 n: the terminal has read as far as the question (ECMA-48, DSR)."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """To CSI c: what it says it can do (DA1); 4 stands for Sixel."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """To CSI > q: its name and version (xterm, XTVERSION)."""

    text: str


@dataclass(frozen=True, slots=True)
class Graphics:
    """To a query in Kitty's graphics protocol."""

    key: int
    """Of the picture asked for, 0 if it does not say."""
    ok: bool


@dataclass(frozen=True, slots=True)
class CellSize:
    """To CSI 16 t: pixels of a cell."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Transferred:
    """To what was sent in Kitty's protocol for files."""

    session: str
    file: str
    """Its number in the session, empty where all of it is meant."""
    status: str
    """`OK`, `STARTED`, `PROGRESS`, or an error as `NAME:sentence`; printable."""


Reply: TypeAlias = Alive | Attributes | Version | Graphics | CellSize | Transferred


class Replies:
    """Input in any pieces goes in; keys and answers come out, each in their order. Pasted text stays untouched."""

    def __init__(self) -> None:
        self._held = ""
        self._pasting = False
        self._dropping = False

    @property
    def patience(self) -> float | None:
        """Seconds to wait for the rest of what is held back; None when nothing is."""
        if not self._held:
            return None
        return SOON if len(self._held) <= MAYBE else LATER

    def feed(self, text: str) -> tuple[str, tuple[Reply, ...]]:
        """What a person typed, and what the terminal answered."""
        text, self._held = self._held + text, ""
        typed: list[str] = []
        replies: list[Reply] = []
        place = 0
        while place < len(text):
            place = self._step(text, place, typed, replies)
        return "".join(typed), tuple(replies)

    def release(self) -> str:
        """What was held back as the beginning of an answer of which no more came: it was typed."""
        held, self._held = self._held, ""
        return held

    def _step(self, text: str, place: int, typed: list[str], replies: list[Reply]) -> int:
        """Take the next stretch of keys, or an answer; the place behind it."""
        if self._dropping:
            end = text.find("\x1b\\", place)
            self._dropping = end < 0
            return len(text) if end < 0 else end + 2
        if self._pasting:
            return self._paste(text, place, typed)
        found = ONE_OF.search(text, place)
        if found is None:
            begun = BEGUN.search(text, place)
            start = begun.start() if begun else len(text)
            typed.append(text[place:start])
            self._dropping = len(text) - start > MOST
            self._held = "" if self._dropping else text[start:]
            return len(text)
        typed.append(text[place : found.start()])
        if found["paste"]:
            self._pasting = True
            typed.append(found[0])
        else:
            replies.append(_reply(found))
        return found.end()

    def _paste(self, text: str, place: int, typed: list[str]) -> int:
        end = text.find(PASTED, place)
        if end >= 0:
            self._pasting = False
            end += len(PASTED)
            typed.append(text[place:end])
            return end
        kept = next((size for size in range(len(PASTED) - 1, 0, -1) if text.endswith(PASTED[:size], place)), 0)
        typed.append(text[place : len(text) - kept])
        self._held = text[len(text) - kept :]
        return len(text)


def _reply(found: re.Match[str]) -> Reply:
    if found["alive"]:
        return Alive()
    if found["attributes"] is not None:
        return Attributes(tuple(int(number) for number in found["attributes"].split(";") if number))
    if found["height"]:
        return CellSize(int(found["width"]), int(found["height"]))
    if found["version"] is not None:
        return Version("".join(filter(str.isprintable, found["version"])))
    if found["files"] is not None:
        return _transferred(found["files"])
    keys, _, message = found["graphics"].partition(";")
    key = re.search(r"(?:^|,)i=(\d{1,10})(?:,|$)", keys)
    return Graphics(int(key[1]) if key else 0, message == "OK")


def _transferred(text: str) -> Transferred:
    fields = dict(each.partition("=")[::2] for each in text.split(";"))
    try:
        status = b64decode(fields.get("st", ""), validate=True).decode(errors="replace")
    except ValueError:
        status = ""
    return Transferred(fields.get("id", ""), fields.get("fid", ""), "".join(filter(str.isprintable, status)))
