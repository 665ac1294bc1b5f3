"""The threads of one machine as a row, and all machines of a batch in a line. Numbers in, lines out."""

from __future__ import annotations

from collections.abc import Sequence

from engine.files.name import show
from tui.theme import Inks
from tui.widgets.bar import level, progress
from tui.widgets.figures import clock, count, rate
from tui.widgets.line import Line
from tui.widgets.machines import Machine
from tui.widgets.stragglers import Straggler

NARROWEST = 46
"""Columns that a mark, a name, threads, load and speed take."""
NAME, THREADS, LOAD, RATE, FAILED, BAR = 14, 8, 11, 11, 14, 10
LONGEST_NAME, LONGEST_BAR = 22, 30
LONGEST_LABEL = 15
"""Columns of a machine's name before one of its threads, at most."""
ROOM_FOR_CORES, ROOM_FOR_WORDS, SAID = 72, 48, 60
"""Columns for all about the machines together, the last of them where a straggler is told of as well."""


def label_width(found: Sequence[Machine]) -> int:
    """Columns of the names of these machines before their threads."""
    return min(max((len(show(each.name)) + 2 for each in found), default=0), LONGEST_LABEL)


def machine_label(name: str, width: int, ink: Inks, *, first: bool) -> Line:
    """The machine of a thread: brighter where its threads begin."""
    return Line().add(f" {show(name, width - 2)}", ink.text if first else ink.faint, width)


def machine_row(machine: Machine, width: int, ink: Inks) -> Line:
    """Name, threads at work of all, cores in use, speed, failures."""
    full, barred = width >= NARROWEST + FAILED, width >= NARROWEST + FAILED + BAR
    spare = width - NARROWEST - FAILED * full - BAR * barred
    name, failed = min(NAME + spare, LONGEST_NAME), machine.failed > 0
    line = Line().add("! " if failed else "  ", ink.alarm).add(show(machine.name, name - 1), ink.text, name)
    line.add(f"{machine.working:,}/{machine.threads:,}", ink.muted, THREADS, "right").add(" ", ink.text)
    share = min(machine.cores / machine.threads, 1.0)
    bar = min(BAR + NAME + spare - name, LONGEST_BAR)
    line.extend(progress(share, bar, ink.glow, ink.track) if barred else [(level(share), ink.glow)])
    line.add(f"{machine.cores:.1f} cores", ink.muted, LOAD, "right").add(rate(machine.rate), ink.text, RATE, "right")
    return line.add(f"  {machine.failed:,} failed" if failed and full else "", ink.alarm)


def others(more: int, ink: Inks) -> Line:
    """How many machines there is no room for."""
    return Line().add(f"  and {count(more, 'more machine')}", ink.muted)


def together(
    found: Sequence[Machine], stragglers: Sequence[Straggler], files: Sequence[str], width: int, ink: Inks
) -> Line:
    """All machines in a line, and who has been on one file far longer than the others; `files` are by slot."""
    working, threads = sum(each.working for each in found), sum(each.threads for each in found)
    line = Line().add(f" {count(len(found), 'machine')}", ink.bright)
    spare = width - SAID * bool(stragglers)
    if spare >= ROOM_FOR_WORDS:
        line.add(f"  {working:,} of {count(threads, 'thread')} at work", ink.muted)
    else:
        line.add(f"  {working:,}/{threads:,}", ink.muted)
    if spare >= ROOM_FOR_CORES:
        line.add(f"  {sum(each.cores for each in found):.1f} cores", ink.muted)
    if not stragglers:
        return line
    slot, name, seconds = stragglers[0]
    more = len(stragglers) - 1
    rest = f", and {more:,} more" if more else ""
    said = f"  straggler {show(name, LONGEST_NAME)}: {clock(seconds)} on "
    room = width - line.width - len(said) - len(rest) - 1
    return line.add(said + show(files[slot] if slot < len(files) else "", max(room, 1)) + rest, ink.key)
