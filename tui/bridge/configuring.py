"""Settings that a person changes, written in a background thread. It decides nothing and draws nothing."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import SafelightError
from tui.io import Desk
from tui.messages import Fact, NoticeGiven

Told = tuple[str, bool]
"""A sentence, and whether it is an alarm."""


class Configuring:
    """Of the file in the folder of settings."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk) -> None:
        self._tell, self._desk = tell, desk

    def write(self, name: str, value: str | bool | None, then: Callable[[str], object] = bool) -> None:
        """Put a setting into the file, or take it out for None; `then` gets what is wrong, empty when it is kept."""

        def answer(told: Told) -> None:
            self._told(told)
            then(told[0] if told[1] else "")

        self._desk.ask(f"setting {name}", lambda: [_written(name, value)], answer)

    def migrate(self) -> None:
        """Bring the file up to date."""
        self._desk.ask("migrate", lambda: [_written()], self._told)

    def _told(self, told: Told) -> None:
        if told[0]:
            self._tell(NoticeGiven(*told))


def _written(name: str = "", value: str | bool | None = None) -> Told:
    from engine.config import config_path
    from tui.settings.writing import write_migrated, write_setting

    try:
        return (write_setting(config_path(), name, value) if name else write_migrated(config_path())), False
    except SafelightError as error:
        return str(error), True
