"""What a person can do: one class per file, one folder per group. Keys, palette, hints and help come from a walk."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from engine.confinement import NOTHING, read_only
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from textual.command import Provider

    from tui.app import Safelight


class Command:
    """One thing to do. The docstring of each class is its line of help."""

    title: ClassVar[str]
    """As the palette and the help page call it."""
    keys: tuple[str, ...] = ()
    """Textual's names of keys; with `images:` or `stack:` before it, a key counts in that pane only.

    A person's own, once `tui.commands.binding` has given them."""
    hint: ClassVar[str] = ""
    """A word for the lowest line; none keeps it from there."""
    rank: ClassVar[int] = 50
    """Place within its group and among the hints, small first."""

    writes: ClassVar[bool] = False
    """Whether it changes files or batches: refused, and not hinted at, where Safelight is read-only."""
    needs_engine: ClassVar[bool] = False
    """Whether its key waits until the engine is loaded, and with it all that is typed after."""

    def __init__(self, name: str, group: str) -> None:
        """Named by its file and folder."""
        self.name = name
        self.group = group

    @property
    def help(self) -> str:
        """One line that says what it does."""
        return (type(self).__doc__ or "").strip()

    def run(self, app: Safelight) -> None:
        """Do it."""
        raise NotImplementedError

    def offered(self, app: Safelight) -> bool:
        """Whether the hints should show it now."""
        return True


@cache
def commands() -> dict[str, Command]:
    """All commands by name, group by group. The first call imports them; later ones cost nothing."""
    packages = [
        importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__) if each.ispkg
    ]
    found = {}
    for package in sorted(packages, key=attrgetter("PLACE")):
        group = package.__name__.rpartition(".")[2]
        members = [_command(group, module.name) for module in pkgutil.iter_modules(package.__path__)]
        found.update({each.name: each for each in sorted(members, key=attrgetter("rank", "title"))})
    return found


@cache
def keymap() -> dict[tuple[str, str], Command]:
    """The command of each key in each pane, as keys are bound now; the pane is empty where it does not matter."""
    found: dict[tuple[str, str], Command] = {}
    for command in commands().values():
        for key in command.keys:
            pane, colon, name = key.rpartition(":")
            found[pane if colon else "", name] = command
    return found


def command_for(pane: str, key: str) -> Command | None:
    """What a key does in a pane."""
    return keymap().get((pane, key)) or keymap().get(("", key))


def palette() -> type[Provider]:
    """All of them for Textual's palette; imported when it is opened."""
    from tui.commands.provider import CommandProvider

    return CommandProvider


def perform(name: str, app: Safelight) -> None:
    """Do what a command does, or say why not where it would write and nothing may be written."""
    command = commands()[name]
    if command.writes and read_only():
        app.tell(NoticeGiven(f"{command.title} is not possible. {NOTHING}", alarm=True))
    else:
        command.run(app)


def _command(group: str, name: str) -> Command:
    """The one command that a file declares."""
    module = importlib.import_module(f"{__name__}.{group}.{name}")
    declared = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    (command,) = (each for each in declared if issubclass(each, Command))
    return command(name, group)
