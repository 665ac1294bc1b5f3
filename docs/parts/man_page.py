"""The manual page: every sub-command with its flags, and every key, as `man safelight` shows them."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Literal, get_args, get_origin

from tui.cli import command_names
from tui.cli.parsing.program import PURPOSE, USAGE, build
from tui.commands import commands
from tui.commands.keys import shown
from tui.settings import Setting
from tui.settings.declared import names, setting

FILE, MARK = "docs/safelight.1", ""
PLACES = (
    ("~/.config/safelight", "settings (config.toml), presets and filters of your own"),
    ("~/.cache/safelight", "compiled filters, which come again when they are gone"),
    ("~/.local/state/safelight", "journals of batches, unfinished edits, logs"),
)
STATUSES = (
    ("0", "everything was done"),
    ("1", "a file failed and the others are done, or part of what was asked for was left out"),
    ("2", "nothing was begun because of what was asked"),
    ("130", "it was interrupted"),
)


def text() -> str:
    """The page in the macros of man(7)."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH SAFELIGHT 1 "" "Safelight" "User Commands"'
    yield from (".SH NAME", f"safelight \\- {_plain(PURPOSE[0].lower() + PURPOSE[1:].removesuffix('.'))}")
    yield from (".SH SYNOPSIS", ".nf", *map(_plain, USAGE.splitlines()), ".fi")
    yield ".SH COMMANDS"
    yield from _command("", "PATH ...")
    for name in command_names():
        yield from _command(name, name)
    yield ".SH KEYS"
    for group, members in groupby(commands().values(), attrgetter("group")):
        yield from (".SS", group.capitalize())
        for each in members:
            keys = ", ".join(dict.fromkeys(shown(key) for key in each.keys))
            yield from (".TP", f".B {_plain(keys)}", _plain(each.help))
    yield ".SH ENVIRONMENT"
    for name in names():
        yield from (".TP", f".B {_plain(setting(name).variable)}", _plain(_worded(setting(name))))
    yield ".SH FILES"
    for path, what in PLACES:
        yield from (".TP", f".I {_plain(path)}", _plain(what))
    yield ".SH EXIT STATUS"
    for status, meaning in STATUSES:
        yield from (".TP", f".B {status}", _plain(meaning))


def _command(name: str, title: str) -> Iterator[str]:
    app = build([name] if name else [])
    app = app[name] if name else app
    yield from (".SS", _plain(f"safelight {title}"), _plain(app.help if name else "Open the app."))
    for argument in app.assemble_argument_collection():
        names = [each for each in argument.names if not each.startswith(("*", "--empty-", "--no-"))]
        if names:
            yield from (".TP", f".B {_plain(', '.join(names))}", _plain(_told(argument.parameter.help, argument.hint)))


def _worded(declared: Setting) -> str:
    """What a setting does, and which words it takes."""
    return f"{declared.help} One of {', '.join(declared.words)}. As {declared.name} in config.toml."


def _told(help_text: str | None, hint: object) -> str:
    """What the flag's help says, and which words it takes."""
    words = get_args(hint) if get_origin(hint) is Literal else ()
    choices = f"One of {', '.join(map(str, words))}." if words else ""
    return " ".join(filter(None, [help_text, choices])) or "See --help."


def _plain(text: str) -> str:
    """Text that troff takes as it is: its own marks escaped, no line that it would read as an order."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return f"\\&{escaped}" if escaped[:1] in ".'" else escaped
