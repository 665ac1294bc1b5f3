"""`safelight filters`: what there is to put on a picture; it runs nothing."""

import json
import re
import shlex
import sys
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

from cyclopts import Parameter
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.files.name import show
from engine.filter import Filter
from engine.filters import catalogue, find, left_out, origins
from engine.parameters import Parameter as Setting
from tui.cli.printing.console import console


def filters(
    name: Annotated[str | None, Parameter(help="Only this filter.")] = None,
    /,
    *,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON list, for programs.")] = False,
) -> int:
    """List the filters by group, or show the parameters of one."""
    chosen = list(catalogue().values()) if name is None else [find(name)]
    if as_json:
        print(json.dumps([describe(each) for each in chosen], indent=2))
    elif name is None:
        _list(chosen)
    else:
        _print(*chosen)
    if name is None:
        for sentence in left_out():
            sys.stderr.write(show(sentence) + "\n")
    return 0


def describe(shown: Filter) -> dict[str, Any]:
    """The filter as JSON values; `parameters` is a list in declared order."""
    return {
        "name": shown.name,
        "group": shown.group,
        "from": origins().get(shown.name, "Safelight"),
        "help": shown.help,
        "light": shown.light,
        "version": shown.version,
        "example": shown.example,
        "parameters": [_plain(setting) for setting in shown.parameters],
    }


def _plain(setting: Setting) -> dict[str, Any]:
    """What may be given, and the default as a stack's file would hold it."""
    values = {name: value for name, value in asdict(setting).items() if not callable(value)}
    return values | {"kind": setting.kind, "default": setting.plain(setting.default)}


def _list(chosen: list[Filter]) -> None:
    """A line each."""
    screen = console()
    width = max(len(each.name) for each in chosen)
    for place, (group, members) in enumerate(groupby(chosen, attrgetter("group"))):
        if place:
            screen.print()
        screen.print(Text(show(group).capitalize(), style="bold underline"))
        for each in members:
            line = Text.assemble((f"{each.name:<{width}}", "bold"), f"  {show(first_sentence(each.help))}")
            if each.name in origins():
                line.append("  (yours)", style="dim")
            line.truncate(screen.width, overflow="ellipsis")
            screen.print(line)


def first_sentence(text: str) -> str:
    """As much of a help as a list has room for."""
    return re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]


def _print(shown: Filter) -> None:
    """All there is to know."""
    screen = console()
    group, place = f"{shown.group}, {shown.light} light", origins().get(shown.name)
    screen.print(Text.assemble((shown.name, "bold"), "  ", (show(group), "dim")))
    screen.print(Padding(Text(show(shown.help)), (0, 0, 0, 2), expand=False))
    if shown.parameters:
        screen.print(Padding(_settings(shown.parameters), (0, 0, 0, 2), expand=False))
    if place:
        screen.print(Text(f"  from {show(place)}"), soft_wrap=True)
    example = shlex.quote(shown.example or shown.name)
    screen.print(Text.assemble("  such as ", (f"safelight apply PATH -f {example} -o FOLDER", "cyan")), soft_wrap=True)


def _settings(settings: tuple[Setting, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    for each in settings:
        default = f"default {each.format(each.default)}"
        table.add_row(Text(each.name, style="cyan"), Text(each.allowed), default, Text(each.help))
    return table
