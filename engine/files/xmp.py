"""XMP packets (ISO 16684-1): what of one may be shared, written as a fresh packet, and whole ones mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple, TypeAlias
from xml.etree import ElementTree as ET

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}
KEPT: Mapping[str, frozenset[str]] = {
    "dc": frozenset({"title", "description", "subject", "creator", "rights"}),
    "xmp": frozenset({"Rating", "Label", "CreateDate", "ModifyDate", "CreatorTool"}),
    "xmpRights": frozenset({"Marked", "Owner", "UsageTerms", "WebStatement"}),
    "photoshop": frozenset({"Headline", "Credit", "Source", "DateCreated", "AuthorsPosition"}),
    "tiff": frozenset({"Make", "Model", "Artist", "Copyright", "ImageDescription", "Software", "DateTime"}),
    "exif": frozenset(
        {
            *("ApertureValue", "DateTimeDigitized", "DateTimeOriginal", "ExposureBiasValue", "ExposureMode"),
            *("ExposureProgram", "ExposureTime", "FNumber", "FocalLength", "FocalLengthIn35mmFilm", "ISOSpeedRatings"),
            *("LightSource", "MaxApertureValue", "MeteringMode", "SceneCaptureType", "ShutterSpeedValue"),
            *("UserComment", "WhiteBalance"),
        }
    ),
    "exifEX": frozenset({"LensMake", "LensModel", "LensSpecification", "PhotographicSensitivity", "Photographer"}),
    "aux": frozenset({"Lens", "LensInfo"}),
    "lr": frozenset({"hierarchicalSubject"}),
    "Iptc4xmpCore": frozenset({"AltTextAccessibility", "ExtDescrAccessibility"}),
    "Iptc4xmpExt": frozenset({"DigitalSourceType"}),
}
"""The properties that are shared: caption, keywords, creator, rating, copyright and how the picture was taken."""
MAX_BYTES = 1 << 20
"""Of a packet that is taken apart; honest ones with more hold thumbnails or a history of edits."""
TREE = 16
"""Bytes of memory for each byte of a packet that is taken apart (measured: 12.4)."""
MAX_DEPTH = 32
TURNED = r'(%s:Orientation(?:\s*=\s*["\']|>)\s*)[2-8]'
CONTAINERS = {f"{{{RDF}}}{name}": name for name in ("Alt", "Bag", "Seq")}


class Value(NamedTuple):
    """What a property holds: one text, or a list of texts, each with its language or none."""

    container: str
    """`Alt`, `Bag`, `Seq`, or empty for one plain text."""
    items: tuple[tuple[str, str], ...]


Properties: TypeAlias = dict[tuple[str, str], Value]
"""By prefix, as in NAMESPACES, and name."""


class _Bounded(ET.TreeBuilder):
    """Builds a tree of bounded depth from a document that declares no types and no entities."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, *_: object) -> None:
        """No packet has one, and entities come with it."""
        raise ValueError("it declares a document type")

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        """One level deeper."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ValueError("it is nested too deeply")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        """One level up."""
        self._depth -= 1
        return super().end(tag)


def reading(packet: bytes) -> int:
    """Bytes of memory that `read_properties` takes at most."""
    return TREE * len(packet) if len(packet) <= MAX_BYTES else 0


def read_properties(packet: bytes) -> Properties:
    """The properties of `KEPT` in a packet; ValueError when it is damaged, too large, or made to do harm."""
    found: Properties = {}
    for description in _tree(packet).iter(f"{{{RDF}}}Description"):
        for name, text in description.attrib.items():
            if (known := _known(name)) and text:
                found.setdefault(known, Value("", (("", text),)))
        for child in description:
            if (known := _known(child.tag)) and (value := _value(child)):
                found.setdefault(known, value)
    return found


def write_packet(properties: Properties) -> bytes:
    """A fresh packet in UTF-8; empty without properties."""
    if not properties:
        return b""
    body = "".join(_written(prefix, name, value) for (prefix, name), value in properties.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f' <rdf:RDF xmlns:rdf="{RDF}">\n{_description(properties, body)} </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def mended(packet: bytes, added: Properties) -> bytes:
    """The packet as it is, but its orientation 1, and with properties that it lacks."""
    for prefix in re.findall(rb'xmlns:([\w.-]+)\s*=\s*["\']http://ns\.adobe\.com/tiff/1\.0/["\']', packet):
        packet = re.sub(TURNED.encode() % re.escape(prefix), rb"\g<1>1", packet)
    if not added:
        return packet
    start, end = packet.rfind(b"</rdf:RDF>"), len(packet)
    if start < 0:
        return packet
    body = "".join(_written(prefix, name, value) for (prefix, name), value in added.items())
    return packet[:start] + _description(added, body).encode() + packet[start:end]


def names(packet: bytes, name: tuple[str, str]) -> bool:
    """Whether a packet has a property, shared or not, under its usual prefix."""
    return re.search(rb"\b%s[\s=>]" % ":".join(name).encode(), packet) is not None


def joined(packet: bytes, extension: bytes) -> bytes:
    """A packet with the descriptions that a JPEG file holds beside it; the packet alone if they are damaged."""
    inner = re.search(rb"<rdf:RDF[^>]*>(.*)</rdf:RDF>", extension, re.DOTALL)
    start = packet.rfind(b"</rdf:RDF>")
    if inner is None or start < 0:
        return packet
    whole = packet[:start] + inner[1] + packet[start:]
    whole = re.sub(rb'\s[\w.-]+:HasExtendedXMP\s*=\s*("[^"]*"|\'[^\']*\')', b"", whole)
    try:
        ET.XMLParser(target=_Bounded()).feed(whole)
    except (ET.ParseError, ValueError):
        return packet
    return whole


def _tree(packet: bytes) -> ET.Element:
    if len(packet) > MAX_BYTES:
        raise ValueError("it is too large")
    parser = ET.XMLParser(target=_Bounded())
    try:
        parser.feed(packet.strip(b"\0 \t\r\n"))
        root: ET.Element = parser.close()
    except (ET.ParseError, LookupError, AssertionError) as error:
        raise ValueError("it is damaged") from error
    return root


def _known(name: str) -> tuple[str, str] | None:
    """Prefix and name of a property that is shared."""
    space, _, local = name.removeprefix("{").partition("}")
    for prefix, kept in KEPT.items():
        if space == NAMESPACES[prefix] and local in kept:
            return prefix, local
    return None


def _value(element: ET.Element) -> Value | None:
    """Texts and lists of texts; structures, which no property of `KEPT` has, are none."""
    if not len(element):
        text = element.text or element.get(f"{{{RDF}}}resource") or ""
        return Value("", (("", text),)) if text.strip() else None
    container = CONTAINERS.get(element[0].tag, "")
    items = tuple((each.get(LANGUAGE, ""), each.text or "") for each in element[0] if not len(each))
    return Value(container, items) if container and items else None


def _description(properties: Iterable[tuple[str, str]], body: str) -> str:
    prefixes = sorted({prefix for prefix, _ in properties})
    spaces = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)
    return f'  <rdf:Description rdf:about="" xmlns:rdf="{RDF}"{spaces}>\n{body}  </rdf:Description>\n'


def _written(prefix: str, name: str, value: Value) -> str:
    element = f"{prefix}:{name}"
    if not value.container:
        return f"   <{element}>{escape(value.items[0][1])}</{element}>\n"
    items = ""
    for language, text in value.items:
        attribute = f' xml:lang="{escape(language)}"' if language else ""
        items += f"<rdf:li{attribute}>{escape(text)}</rdf:li>"
    return f"   <{element}><rdf:{value.container}>{items}</rdf:{value.container}></{element}>\n"
