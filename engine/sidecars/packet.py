"""The rating in an XMP packet, changed where it stands: every other byte stays as another program wrote it.

XMP: ISO 16684-1; `xmp:Rating` is -1 for rejected, 0 for none, and 1 to 5.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.parsers import expat

from engine.files.xmp import MAX_BYTES, NAMESPACES, RDF

XMP = NAMESPACES["xmp"]
NAME = "Rating"
FRESH = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    f'  <rdf:Description rdf:about="" xmlns:xmp="{XMP}" xmp:Rating="{{}}"/>\n'
    ' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>\n'
)
END_OF_TAG = re.compile(rb"""(?:[^<>"']|"[^"]*"|'[^']*')*?(/?>)""")


class _Place(NamedTuple):
    """Bytes of the packet that hold, or could hold, a rating."""

    start: int
    end: int
    before: str = ""
    """What has to stand before the number where none is there."""
    after: str = ""


class _Search:
    """Walks through a packet and remembers where the rating is."""

    def __init__(self, packet: bytes) -> None:
        self._packet = packet
        self._spaces: list[dict[str, str]] = [{}]
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.ordered_attributes = True
        self._inside = False
        self.value = ""
        self.places: list[_Place] = []
        self.room: _Place | None = None
        """Where a rating could be put."""
        self._parser.Parse(packet, True)

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares a document type")

    def _start(self, name: str, attributes: list[str]) -> None:
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        spaces = self._spaces[-1] | {
            key.partition(":")[2]: value for key, value in pairs.items() if key == "xmlns" or key.startswith("xmlns:")
        }
        self._spaces.append(spaces)
        start = self._parser.CurrentByteIndex
        if _resolved(name, spaces) == (RDF, "Description"):
            self._describe(start, pairs, spaces)
        elif _resolved(name, spaces) == (XMP, NAME):
            end = self._end_of_tag(start)
            self._inside = not self._packet[:end].endswith(b"/>")

    def _describe(self, start: int, pairs: dict[str, str], spaces: dict[str, str]) -> None:
        tag = self._packet[start : self._end_of_tag(start)]
        for key, value in pairs.items():
            if _resolved(key, spaces, attribute=True) == (XMP, NAME):
                found = re.search(rb"\s" + re.escape(key.encode()) + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
                if found is not None:
                    group = 1 if found[1] is not None else 2
                    self.places.append(_Place(start + found.start(group), start + found.end(group)))
                    self.value = self.value or value
        if self.room is None:
            prefix = next((prefix for prefix, space in spaces.items() if space == XMP and prefix), "")
            declared = "" if prefix else f' xmlns:xmp="{XMP}"'
            at = start + len(tag) - (2 if tag.endswith(b"/>") else 1)
            self.room = _Place(at, at, f'{declared} {prefix or "xmp"}:{NAME}="', '"')

    def _text(self, text: str) -> None:
        if self._inside and text.strip():
            start = self._parser.CurrentByteIndex
            self.places.append(_Place(start, start + len(text.encode())))
            self.value = self.value or text

    def _end(self, _name: str) -> None:
        self._inside = False
        self._spaces.pop()

    def _end_of_tag(self, start: int) -> int:
        found = END_OF_TAG.match(self._packet, start + 1)
        if found is None:
            raise ValueError("a tag of it does not end")
        return found.end()


def rating_in(packet: bytes) -> int | None:
    """The rating, -1 to 5; None where there is none. ValueError where the packet is damaged or made to do harm."""
    value = _searched(packet).value.strip()
    try:
        number = round(float(value)) if value else None
    except (ValueError, OverflowError):
        return None
    return number if number is None else min(max(number, -1), 5)


def with_rating(packet: bytes, rating: int) -> bytes:
    """The packet with that rating, nothing else changed; a fresh one in place of an empty one.

    ValueError where it is damaged, or has no place for a rating.
    """
    if len(packet) <= MAX_BYTES and not packet.strip():
        return FRESH.format(rating).encode()
    found = _searched(packet)
    places = found.places or ([] if found.room is None else [found.room])
    if not places:
        raise ValueError("it has no place for a rating")
    for place in sorted(places, reverse=True):
        packet = packet[: place.start] + f"{place.before}{rating}{place.after}".encode() + packet[place.end :]
    if rating_in(packet) != rating:
        raise ValueError("a rating in it cannot be changed")
    return packet


def _searched(packet: bytes) -> _Search:
    if len(packet) > MAX_BYTES:
        raise ValueError("it is too large")
    if packet.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in packet[:64]:
        raise ValueError("it is not UTF-8")
    try:
        packet.decode()
        return _Search(packet)
    except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
        raise ValueError("it is damaged") from error


def _resolved(name: str, spaces: dict[str, str], *, attribute: bool = False) -> tuple[str, str]:
    prefix, colon, local = name.rpartition(":")
    return ("" if attribute and not colon else spaces.get(prefix, "")), local
