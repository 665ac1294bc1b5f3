"""What it is like to work over a line, in numbers: one function a row of the table in docs/remote.md."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from tests.line.client import ROWS, Client
from tests.line.session import FAST, MIDDLE, SLOW, Line, opened

LIST = range(1, 30)
"""Columns of the list of images; the picture is to the right of it."""
BODY = range(2, ROWS - 12)
PICTURE = range(34, 82)
START = 60.0


class Figure(NamedTuple):
    """One row: what must hold and what was found."""

    line: str
    what: str
    aim: str
    found: str
    holds: bool


def usable(client: Client) -> None:
    """Until the list is there."""
    assert client.until(lambda: "00 " in client.text(), START) < float("inf"), client.text()


def settled(client: Client) -> None:
    """Until a first picture is there and nothing more comes."""
    usable(client)
    client.until(lambda: any(cell.data != " " for cell in client.cells(PICTURE, BODY)), START)
    client.rest(3.0)


def moved(client: Client, columns: range, before: list[object]) -> bool:
    """Whether a part of the screen is another."""
    return client.cells(columns, BODY) != before


def list_move(client: Client, seconds: float = 10.0) -> float:
    """Seconds from the key to the list's cursor on another row."""
    before = client.cells(LIST, BODY)
    start = client.type("j")
    return client.until(lambda: moved(client, LIST, before), seconds) - start


def picture(client: Client, rest: float) -> tuple[float, float]:
    """Seconds from a key to a picture that has changed nearly everywhere, and to the last byte of the sharp one."""
    before = client.cells(PICTURE, BODY)
    client.pixels.clear()
    start = client.type("j")

    def coarse() -> bool:
        now = client.cells(PICTURE, BODY)
        changed = sum(a != b for a, b in zip(now, before, strict=True))
        return changed > 0.5 * sum(a.bg != now[0].bg or a.data != " " for a in now)

    first = client.until(coarse, 20.0) - start
    last = time.monotonic()
    deadline = last + 20.0
    while time.monotonic() - last < rest and time.monotonic() < deadline:
        if client.read(0.01):
            last = time.monotonic()
    return first, last - start


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of all does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def ms(seconds: float) -> str:
    """For people."""
    return f"{1000 * seconds:.0f} ms"


def idle(line: Line) -> list[Figure]:
    """Bytes while nothing happens, of a list move, of a start and of screens."""
    with opened(line) as client:
        usable(client)
        start = client.bytes
        settled(client)
        client.bytes = 0
        client.watch(10.0)
        quiet = client.bytes
        screens = [(name, *_screen(client, key)) for name, key in SCREENS]
    worst = max(max(opening, closing) for _, opening, closing, _ in screens)
    told = ", ".join(
        f"{name} {opening / 1000:.1f}/{closing / 1000:.1f} ({later / 1000:.1f})"
        for name, opening, closing, later in screens
    )
    return [
        Figure(line.name, "nothing happening, 10 s", "0 B", f"{quiet} B", quiet == 0),
        Figure(line.name, "start to usable list", "12 kB", f"{start / 1000:.1f} kB", start <= 12_000),
        Figure(line.name, "screens, opened/closed (sharp again)", "15 kB", told, worst <= 15_000),
    ]


SCREENS = (("palette", ":"), ("help", "?"), ("add filter", "f"), ("apply", "a"), ("presets", "P"), ("batches", "B"))


def _screen(client: Client, key: str) -> tuple[int, int, int]:
    """Bytes of opening, of closing, and of what was covered becoming sharp again a second later."""
    client.bytes = 0
    client.type(key)
    client.watch(0.3)
    client.rest(1.5)
    opening, client.bytes = client.bytes, 0
    client.type("\x1b")
    client.watch(0.8)
    closing, client.bytes = client.bytes, 0
    client.rest(1.5)
    return opening, closing, client.bytes


def moves(line: Line, limit: float, share: float, kind: str = "half", count: int = 100) -> list[Figure]:
    """List moves while pictures come: keys are pressed before the one before has come to rest."""
    with opened(line, kind) as client:
        settled(client)
        waits = []
        for index in range(count):
            waits.append(list_move(client))
            client.watch(0.05 + 0.13 * (index % 7))
            if index % 20 == 19:
                client.type("g")
                client.watch(2 * line.round_trip + 0.5)
    over = [wait - line.round_trip for wait in waits]
    found = percentile(over, share)
    what = f"list move above the round trip, p{100 * share:.0f}, pictures by {kind} on their way"
    told = f"{ms(found)} (median {ms(statistics.median(over))}, worst {ms(max(over))}, {count} moves)"
    return [Figure(line.name, what, ms(limit), told, found <= limit)]


def pictures(line: Line, kind: str, coarse: float, sharp: float, count: int = 8) -> list[Figure]:
    """From a key to a coarse and to a sharp picture."""
    with opened(line, kind) as client:
        settled(client)
        found = [picture(client, 1.5) for _ in range(count)]
    firsts, lasts = [first for first, _ in found], [last for _, last in found]
    rows = [("coarse", coarse, firsts), ("sharp", sharp, lasts)]
    return [
        Figure(
            line.name,
            f"{name} picture, {kind}, median",
            ms(aim),
            f"{ms(statistics.median(values))} (worst {ms(max(values))}, {count} pictures)",
            statistics.median(values) <= aim,
        )
        for name, aim, values in rows
    ]


def move_bytes(line: Line, count: int = 10) -> list[Figure]:
    """A list move without its picture: of files that are none, all with the same sentence in its place."""
    with opened(line, broken=True) as client:
        usable(client)
        client.rest(3.0)
        sizes = []
        for _ in range(count):
            client.bytes = 0
            list_move(client)
            client.rest(1.0)
            sizes.append(client.bytes)
    worst = max(sizes, default=0)
    return [
        Figure(line.name, "list move without the picture", "500 B", f"{worst} B (worst of {len(sizes)})", worst <= 500)
    ]


ROWS_OF_TABLE: dict[str, Callable[[], list[Figure]]] = {
    "bytes": lambda: idle(MIDDLE) + move_bytes(MIDDLE),
    "fast": lambda: moves(FAST, 0.05, 0.5),
    "middle": lambda: moves(MIDDLE, 0.15, 0.99),
    "middle-moves-kitty": lambda: moves(MIDDLE, 0.15, 0.99, "kitty"),
    "middle-moves-iterm2": lambda: moves(MIDDLE, 0.15, 0.99, "iterm2"),
    "middle-moves-konsole": lambda: moves(MIDDLE, 0.15, 0.99, "konsole"),
    "middle-cells": lambda: pictures(MIDDLE, "half", 0.5 + MIDDLE.round_trip, 1.5 + MIDDLE.round_trip),
    "middle-kitty": lambda: pictures(MIDDLE, "kitty", 0.5 + MIDDLE.round_trip, 3.0 + MIDDLE.round_trip),
    "middle-iterm2": lambda: pictures(MIDDLE, "iterm2", 0.5 + MIDDLE.round_trip, 3.0 + MIDDLE.round_trip),
    "slow": lambda: moves(SLOW, 0.4, 0.99),
    "slow-cells": lambda: pictures(SLOW, "half", 2.0, 20.0, 5),
}
"""By the names that the command line takes."""
