"""`safelight presets`: what presets there are, what they are made of, and other names for yours; it applies none."""

import json
import shlex
from typing import Annotated, Any

from cyclopts import Parameter
from rich.table import Table
from rich.text import Text

from engine.errors import SafelightError
from engine.files.name import show
from engine.presets import Entry, entries, find_preset, read_entry
from engine.presets.keeping import bin_preset, rename_preset
from engine.presets.preset import Preset
from tui.cli.printing.console import console


def presets(
    *words: Annotated[
        str,
        Parameter(name="NAME", help="Only this one, or that of a FILE.toml; or `rename OLD NEW`, or `remove NAME`."),
    ],
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON list, for programs.")] = False,
) -> int:
    """List the presets, show one as the command line that does the same, or rename or bin one of yours."""
    match words:
        case ():
            _list(as_json=as_json)
        case (name,):
            chosen = find_preset(name)
            print(json.dumps([describe(chosen)], indent=2)) if as_json else _print_one(chosen)
        case ("rename", old, new):
            print(f"{show(old)} is {show(new)} now; {show(str(rename_preset(old, new)))} holds it.")
        case ("remove", name):
            bin_preset(name)
            print(f"{show(name)} is in the bin.")
        case _:
            raise SafelightError("Name one preset, or write `rename OLD NEW` or `remove NAME`.")
    return 0


def _list(*, as_json: bool) -> None:
    found = {each: _read(each) for each in entries().values()}
    if as_json:
        print(json.dumps([_listed(entry, preset) for entry, preset in found.items()], indent=2))
    else:
        _print_all(found)


def describe(preset: Preset) -> dict[str, Any]:
    """The preset as JSON values; `filters` are as `-f` takes them, those that are switched off left out."""
    return {
        "name": preset.name,
        "description": preset.description,
        "filters": preset.stack.specifications(),
        "notes": list(preset.notes),
    }


def _listed(entry: Entry, preset: Preset | str) -> dict[str, Any]:
    place = {"own": entry.own, "replaces": entry.replaces}
    if isinstance(preset, str):
        return {"name": entry.name, "error": preset} | place
    return describe(preset) | place


def _read(entry: Entry) -> Preset | str:
    """The preset, or the sentence that says what is wrong with it."""
    try:
        return read_entry(entry)
    except SafelightError as error:
        return str(error)


def _print_all(found: dict[Entry, Preset | str]) -> None:
    table = Table.grid(padding=(0, 2))
    for entry, preset in found.items():
        whose = ("  (yours, in place of the one that comes along)" if entry.replaces else "  (yours)") * entry.own
        broken = isinstance(preset, str)
        words = Text(show(preset) if isinstance(preset, str) else preset.description, style="red" if broken else "")
        table.add_row(Text(show(entry.name), style="cyan"), words.append(whose, style="dim"))
    console().print(table)


def _print_one(preset: Preset) -> None:
    screen = console()
    filters = " ".join(f"-f {shlex.quote(each)}" for each in preset.stack.specifications())
    for line in (preset.description, *preset.notes):
        screen.print(Text(show(line)), soft_wrap=True)
    screen.print(Text(f"safelight apply PATH {filters} -o FOLDER", style="cyan"), soft_wrap=True)
