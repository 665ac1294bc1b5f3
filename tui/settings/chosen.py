"""What counts now, and who chose it: flag before environment before file before default. It reads no file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.errors import SpecError
from tui.settings import FILE, Setting
from tui.settings.declared import names, setting


class Config(NamedTuple):
    """What `config.toml` says, as if it were of today's version."""

    values: Mapping[str, Any] = MappingProxyType({})
    """Settings by name, as they stand there."""
    keys: Mapping[str, Any] = MappingProxyType({})
    """Keys by command, as they stand there."""
    problems: tuple[str, ...] = ()
    old: bool = False
    """Whether the file itself is of an earlier version."""


BY_HAND = "by hand"
"""Chosen by a key, and forgotten at the end."""


class Origin(NamedTuple):
    """A word and who chose it."""

    word: str
    place: str = ""
    """A flag, a variable of the environment, the file, or `BY_HAND`; empty for the default."""


class Settings:
    """Of one app. Nothing is worked out, and no declaration imported, before somebody asks for it."""

    def __init__(
        self,
        config: Config | None = None,
        environ: Mapping[str, str] = os.environ,
        flags: Mapping[str, str] | None = None,
    ) -> None:
        """`flags` are words by settings, as the command line has them."""
        self.config = config or Config()
        """As it was read at the start."""
        self._environ, self._flags = environ, flags or {}
        self._now: dict[str, Origin] = {}

    def origin(self, name: str) -> Origin:
        """What counts for a setting now, and who chose it; SpecError where a flag says what cannot be."""
        if name not in self._now:
            self._now[name], _ = self._found(setting(name))
        return self._now[name]

    def word(self, name: str) -> str:
        """What counts for a setting now."""
        return self.origin(name).word

    def is_on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.word(name) == "on"

    def put(self, name: str, word: str, place: str = BY_HAND) -> None:
        """A person chose this word: it counts at once, whoever chose before."""
        self._now[name] = Origin(word, place)

    def stronger(self, name: str) -> str:
        """What will go before the file at the next start as well: a variable; empty where there is none."""
        variable = setting(name).variable
        return variable if self._environ.get(variable) else ""

    def problems(self) -> tuple[str, ...]:
        """A sentence on everything that file and environment say wrong."""
        told = [problem for name in names() for problem in self._found(setting(name))[1]]
        return (*self.config.problems, *told)

    def _found(self, setting: Setting) -> tuple[Origin, list[str]]:
        """What the flag, the environment, the file or the default says, and what those before say wrong."""
        flag = self._flags.get(setting.name)
        if flag:
            try:
                return Origin(setting.word(flag), setting.flag), []
            except SpecError:
                raise SpecError(f"{setting.flag} knows {', '.join(setting.words)}, not {flag!r}.") from None
        wrong: list[str] = []
        said = [
            (setting.variable, self._environ.get(setting.variable) or None),
            (FILE, self.config.values.get(setting.name)),
        ]
        for place, value in said:
            if value is None:
                continue
            try:
                return Origin(setting.word(value), place), wrong
            except SpecError as error:
                wrong.append(f"{place} asks for {error}: it is ignored.")
        return Origin(setting.words[0]), wrong
