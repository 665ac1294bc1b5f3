"""The shortest way for the cursor from one cell to another, in bytes for the terminal."""

from functools import lru_cache

BACKSPACES = 3
"""More of them are no shorter than one CUB."""


@lru_cache(maxsize=16384)
def move(row: int | None, column: int | None, to_row: int, to_column: int) -> str:
    """Bytes that bring the cursor to a cell, counted from 0; None is what is not known of where it is.

    Line feeds are used on the way down only, so that nothing ever scrolls, and with a carriage return, because some
    terminal lines add one and others do not.
    """
    ways = [_absolute(to_row, to_column)]
    if row == to_row:
        ways.append(f"\x1b[{to_column + 1}G" if to_column else "\r")
    if row is not None and to_row >= row:
        ways.append("\r" + _across(0, to_column) if to_row == row else "\r\n" * (to_row - row) + _across(0, to_column))
    if row is not None and column is not None:
        ways.append(_down(to_row - row) + _across(column, to_column))
    return min(reversed(ways), key=len)


def _absolute(row: int, column: int) -> str:
    if column:
        return f"\x1b[{row + 1};{column + 1}H"
    return f"\x1b[{row + 1}H" if row else "\x1b[H"


def _across(column: int, to_column: int) -> str:
    distance = to_column - column
    if -BACKSPACES <= distance <= 0:
        return "\b" * -distance
    return _steps(distance, "C" if distance > 0 else "D")


def _down(distance: int) -> str:
    return _steps(distance, "B" if distance > 0 else "A")


def _steps(distance: int, letter: str) -> str:
    count = abs(distance)
    return "" if count == 0 else f"\x1b[{letter}" if count == 1 else f"\x1b[{count}{letter}"
