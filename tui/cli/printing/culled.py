"""What came of a culling, as tables for a person or as JSON objects for a program. It proposes and rejects nothing."""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.culling.groups import Group
from engine.culling.score import Outcome, Score, Unreadable
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.job import path_to_dict
from tui.cli.printing.console import console

BEST, REJECTED = "★", "✗"
VISIBLE = 0.01
"""Share of the pixels lost from which on it is alarming."""
COLUMNS = ("sharp", "EV", "black", "white", "pixels")
"""Sharpness, stops from mid-grey, what is lost in black and in white, size."""
KINDS = {"burst": "Burst", "duplicates": "Near duplicates"}


@dataclass(frozen=True, slots=True)
class Culled:
    """All there is to say."""

    total: int
    """Files that were to be scored."""
    outcomes: tuple[Outcome, ...]
    groups: tuple[Group, ...]
    ratings: Mapping[str, int]
    """Of members that a person has rated."""
    rejected: tuple[str, ...]
    """Just now."""
    errors: tuple[str, ...]
    """Sentences on folders that could not be read and ratings that could not be written."""

    @property
    def scores(self) -> tuple[Score, ...]:
        """Of what could be read, by path."""
        return tuple(sorted((each for each in self.outcomes if isinstance(each, Score)), key=lambda each: each.path))

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The others."""
        found = (each for each in self.outcomes if isinstance(each, Unreadable))
        return tuple(sorted(found, key=lambda each: each.path))

    @property
    def failed(self) -> bool:
        """Whether anything went wrong."""
        return bool(self.unreadable or self.errors)


def print_culled(culled: Culled, *, interrupted: bool, as_json: bool) -> None:
    """To standard output; what went wrong is a sentence on standard error as well, where a person reads."""
    if as_json:
        for values in _objects(culled, interrupted=interrupted):
            print(json.dumps(values))
        return
    screen, errors = console(), console(stderr=True)
    for number, group in enumerate(culled.groups, 1):
        _print_group(screen, number, group, culled)
    damaged = [(each.path, "its data has faults: part of it may be wrong") for each in culled.scores if each.damaged]
    named = [(each.path, f"is {each.format}, named {each.named}") for each in culled.scores if each.named]
    _print_list(screen, "Mislabelled", named)
    _print_list(screen, "Damaged", damaged)
    _print_list(screen, "Unreadable", [(each.path, "") for each in culled.unreadable])
    screen.print(Text(_summary(culled), style="bold"), soft_wrap=True)
    for sentence in (*(each.reason for each in culled.unreadable), *culled.errors):
        errors.print(Text(show(sentence)), soft_wrap=True)


def _print_group(screen: Console, number: int, group: Group, culled: Culled) -> None:
    folders = {os.path.dirname(each.path) for each in group.members}
    folder = f" in {show(_plain(*folders))}" if len(folders) == 1 else ""
    taken = group.members[0].seconds
    when = "" if taken is None else time.strftime(", %Y-%m-%d %H:%M:%S", time.gmtime(taken))
    what = f"{KINDS[group.kind]} of {len(group.members)}"
    screen.print(Text.assemble((f"{number}  ", "dim"), (what, "bold"), folder, when), soft_wrap=True)
    table = Table.grid(padding=(0, 2))
    for column in ("", "", *COLUMNS, ""):
        table.add_column(header=column, justify="right" if column else "left", no_wrap=bool(column))
    table.add_row("", "", *(Text(column, style="dim") for column in COLUMNS), "")
    for each in group.members:
        name = os.path.basename(each.path) if folder else _plain(each.path)
        table.add_row(*_row(each, name, group, culled))
    screen.print(table)
    screen.print()


def _row(score: Score, name: str, group: Group, culled: Culled) -> tuple[Text, ...]:
    best = score is group.best
    rating = -1 if score.path in culled.rejected else culled.ratings.get(score.path, 0)
    mark = REJECTED if rating < 0 else BEST if best else ""
    why = group.reason if best else ""
    opinion = "rejected" if rating < 0 else f"rated {rating}" if rating and why != "rated best" else ""
    return (
        Text(f"  {mark or ' '}", style="red" if mark == REJECTED else "yellow"),
        Text(show(name), style="bold" if best else "", overflow="fold"),
        Text(f"{score.sharpness:.0f}"),
        Text(f"{score.exposure:+.1f}"),
        _lost(max(score.shadows)),
        _lost(max(score.highlights)),
        Text(f"{score.width} × {score.height}"),
        Text(", ".join(filter(None, (why, opinion))), style="yellow" if best else "dim"),
    )


def _lost(share: float) -> Text:
    return Text(f"{share:.1%}", style="red" if share >= VISIBLE else "dim")


def _print_list(screen: Console, title: str, files: list[tuple[str, str]]) -> None:
    if not files:
        return
    screen.print(Text(title, style="bold"))
    for path, said in files:
        screen.print(Text.assemble(f"  {show(_plain(path))}", (f"  {said}" if said else "", "dim")), soft_wrap=True)
    screen.print()


def _summary(culled: Culled) -> str:
    members = sum(len(group.members) for group in culled.groups)
    left = culled.total - len(culled.outcomes)
    grouped = f"{members:,} of them in {_count(len(culled.groups), 'group')}" if culled.groups else "no two alike"
    parts = [f"{_count(len(culled.scores), 'picture')} scored", grouped]
    parts += [f"{len(culled.unreadable)} unreadable"] if culled.unreadable else []
    parts += [f"{left} left undone"] if left else []
    parts += [f"{len(culled.rejected)} rejected"] if culled.rejected else []
    return ", ".join(parts) + "."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _objects(culled: Culled, *, interrupted: bool) -> list[dict[str, Any]]:
    """Pictures by path, then groups, then what was rejected, then the sum."""
    lines = [_picture(each) for each in culled.scores]
    lines += [
        {"event": "unreadable"} | path_to_dict("path", each.path) | {"error": each.reason} for each in culled.unreadable
    ]
    for group in culled.groups:
        members = [path_to_dict("path", each.path) | _rated(each.path, culled) for each in group.members]
        best = path_to_dict("best", group.best.path)
        lines.append({"event": "group", "kind": group.kind} | best | {"reason": group.reason, "members": members})
    lines += [{"event": "rejected"} | path_to_dict("path", each) for each in culled.rejected]
    lines += [{"event": "error", "error": each} for each in culled.errors]
    counts = {"total": culled.total, "scored": len(culled.scores), "unreadable": len(culled.unreadable)}
    counts |= {"groups": len(culled.groups), "rejected": len(culled.rejected)}
    return [*lines, {"event": "summary"} | counts | {"interrupted": interrupted}]


def _picture(score: Score) -> dict[str, Any]:
    return {
        "event": "picture",
        **path_to_dict("path", score.path),
        "width": score.width,
        "height": score.height,
        "format": score.format,
        "named": score.named or None,
        "damaged": score.damaged,
        "sharpness": round(score.sharpness, 1),
        "exposure": round(score.exposure, 2),
        "shadows": [round(each, 5) for each in score.shadows],
        "highlights": [round(each, 5) for each in score.highlights],
        "taken": score.seconds,
        "camera": score.camera or None,
    }


def _rated(path: str, culled: Culled) -> dict[str, Any]:
    return {"rating": culled.ratings.get(path)}


def _plain(path: str) -> str:
    """Without what leads nowhere: `./` at its beginning."""
    return path if is_url(path) else os.path.normpath(path)
