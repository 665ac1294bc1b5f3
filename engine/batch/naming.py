"""What results are called: a template with fields in braces. It looks at the disk for `{date}` alone."""

from __future__ import annotations

import os
import string
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.errors import BatchError
from engine.files.edition import edition_to_show
from engine.files.folder import Found
from engine.files.name import show
from engine.files.write import TEMPORARY_PREFIX

LONGEST = 255
"""Bytes of a name that disks take."""
WIDEST = 9
"""Digits that a number may be filled up to."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How a result is named after its source; its suffix is added by itself."""

    template: str = "{stem}"
    preset: str = ""
    """What stands for `{preset}`."""
    filters: str = ""
    """What stands for `{filters}`."""

    def __post_init__(self) -> None:
        """BatchError with one sentence for a template that cannot be used."""
        for _, field, spec, conversion in self._parts():
            if field is not None and (fault := self._fault(field, spec, conversion)):
                raise BatchError(f"--name: {fault}.")
        if any(ord(letter) < 32 or ord(letter) == 127 for letter in self.template):
            raise BatchError(f"--name: {show(self.template)} holds a control character: leave it out.")
        if self.template.startswith("/"):
            raise BatchError(f"--name: {show(self.template)} begins at the root: count from the output folder.")

    def _fault(self, field: str, spec: str | None, conversion: str | None) -> str:
        """What is wrong with a field; empty when nothing is."""
        if field not in FIELDS or conversion:
            return f"{{{show(field)}}} is no field: use {', '.join(f'{{{name}}}' for name in FIELDS)}"
        if spec and not (field == "n" and spec.isdecimal() and 1 <= int(spec) <= WIDEST):
            return f"{{{field}:{show(spec)}}} is not understood: only {{n:4}} fills up with zeros"
        if field in ("preset", "filters") and not getattr(self, field):
            return f"there is nothing that {{{field}}} could stand for: leave it out"
        return ""

    def name(self, found: Found, number: int) -> str:
        """Below the output folder, without a suffix; BatchError when the disk could not take it or it leads out."""
        values = Source(found, number, self)
        filled = "".join(
            literal + ("" if field is None else _filled(FIELDS[field](values), spec))
            for literal, field, spec, _ in self._parts()
        )
        whole = os.path.join(os.path.dirname(found.relative), filled)
        for part in whole.split("/"):
            if part in ("", ".", "..") or "\0" in part:
                raise BatchError(f"--name: {show(found.path)} would become {show(filled)}, which names no file there.")
            if len(os.fsencode(part)) > LONGEST:
                raise BatchError(
                    f"{show(found.path)} would get a name of more than {LONGEST} bytes: choose a shorter --name."
                )
            if part.startswith(TEMPORARY_PREFIX):
                raise BatchError(f"--name: {show(filled)} begins like an unfinished file: choose another name.")
        return whole

    def _parts(self) -> list[tuple[str, str | None, str | None, str | None]]:
        try:
            return list(string.Formatter().parse(self.template))
        except ValueError as error:
            raise BatchError(
                f"--name: {show(self.template)} is not understood ({error}): write {{{{ for a brace."
            ) from None


@dataclass(frozen=True, slots=True)
class Source:
    """What a field may tell of."""

    found: Found
    number: int
    naming: Naming


def _stem(source: Source) -> str:
    return os.path.splitext(os.path.basename(source.found.relative))[0]


def _folder(source: Source) -> str:
    return os.path.basename(os.path.dirname(source.found.path)) or "root"


def _date(source: Source) -> str:
    found = edition_to_show(source.found.path)
    try:
        return time.strftime("%Y-%m-%d", time.localtime(found.changed / 1e9)) if found else "undated"
    except (OSError, ValueError, OverflowError):
        return "undated"


FIELDS: Mapping[str, Callable[[Source], str]] = MappingProxyType(
    {
        "stem": _stem,
        "folder": _folder,
        "preset": lambda source: source.naming.preset,
        "filters": lambda source: source.naming.filters,
        "n": lambda source: str(source.number),
        "date": _date,
    }
)
"""Every field: the source's name without its suffix, the name of its folder, the presets and the filters, the number of
the picture in the batch, and the day on which the source was last written."""


def _filled(value: str, spec: str | None) -> str:
    """A value as part of one name: it cannot lead anywhere."""
    return value.rjust(int(spec or 0), "0").replace("/", "-")
