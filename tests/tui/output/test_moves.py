"""Cursor movement, walked by an emulator."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.driver import Terminal, TerminalStream
from tui.output.moves import move

ROWS, COLUMNS = 30, 100
rows, columns = st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1)


@given(rows, columns, rows, columns, st.booleans(), st.booleans())
def test_the_cursor_arrives_by_no_longer_way_than_straight_there(
    row: int, column: int, to_row: int, to_column: int, row_known: bool, column_known: bool
) -> None:
    screen = Terminal(COLUMNS, ROWS)
    screen.draw("mark")
    screen.cursor_position(row + 1, column + 1)
    way = move(row if row_known else None, column if column_known else None, to_row, to_column)
    TerminalStream(screen).feed(way)
    assert (screen.cursor.y, screen.cursor.x) == (to_row, to_column)
    assert len(way) <= len(f"\x1b[{to_row + 1};{to_column + 1}H")
    assert screen.display[0].startswith("mark")


@given(rows, rows, columns)
def test_from_after_the_last_column_nothing_goes_astray(row: int, to_row: int, to_column: int) -> None:
    screen = Terminal(COLUMNS, ROWS)
    screen.cursor_position(row + 1, COLUMNS)
    screen.draw("x")
    TerminalStream(screen).feed(move(row, None, to_row, to_column))
    assert (screen.cursor.y, screen.cursor.x) == (to_row, to_column)


def test_short_ways() -> None:
    assert move(3, 7, 3, 7) == ""
    assert move(3, 7, 3, 8) == "\x1b[C"
    assert move(3, 7, 4, 0) == "\r\n"
    assert move(3, 7, 3, 0) == "\r"
    assert move(3, 7, 4, 6) == "\x1b[B\b"
    assert move(None, None, 0, 0) == "\x1b[H"
