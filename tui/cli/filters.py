"""`safelight filters`: what there is to put on a picture; it runs nothing."""

import json
from dataclasses import asdict
from typing import Annotated, Any

from cyclopts import Parameter
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from engine.filter import Filter
from engine.filters import catalogue, find
from engine.parameters import Parameter as Setting
from tui.cli.printing.console import console


def filters(
    name: Annotated[str | None, Parameter(help="Only this filter.")] = None,
    /,
    *,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON list, for programs.")] = False,
) -> int:
    """List the filters, their parameters, ranges and defaults."""
    chosen = list(catalogue().values()) if name is None else [find(name)]
    if as_json:
        print(json.dumps([describe(each) for each in chosen], indent=2))
    else:
        _print(chosen)
    return 0


def describe(shown: Filter) -> dict[str, Any]:
    """The filter as JSON values; `parameters` is a list in declared order."""
    return {
        "name": shown.name,
        "group": shown.group,
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


def _print(chosen: list[Filter]) -> None:
    screen = console()
    group = ""
    for each in chosen:
        if each.group != group:
            group = each.group
            screen.print(Text(group.capitalize(), style="bold underline"))
        screen.print(Text.assemble((each.name, "bold"), "  ", (f"{each.light} light, such as {each.example}", "dim")))
        screen.print(Padding(Text(each.help), (0, 0, 0, 2), expand=False))
        if each.parameters:
            screen.print(Padding(_settings(each.parameters), (0, 0, 0, 2), expand=False))
        screen.print()


def _settings(settings: tuple[Setting, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    for each in settings:
        default = f"default {each.format(each.default)}"
        table.add_row(Text(each.name, style="cyan"), Text(each.allowed), default, Text(each.help))
    return table
