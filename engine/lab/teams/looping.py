"""The work in an interpreter that cannot import NumPy: loops in Python over a room that it maps."""

from time import sleep

from engine.lab.code import plain
from engine.lab.teams.mapping import mapped


class Looping:
    """Works in one room."""

    def __init__(
        self, path: str, size: tuple[int, int], table: bytes, weights: tuple[int, ...], number: int, wait: float
    ) -> None:
        whole = memoryview(mapped(path))
        samples = 3 * size[0] * size[1]
        begin = len(whole) - 3 * samples
        self._numbers = whole[:begin].cast("q")
        self._source, self._toned, self._blurred = (whole[begin + n * samples :][:samples] for n in range(3))
        self._size, self._table, self._weights = size, table, weights
        self._number, self._wait = number, wait

    def tone(self, _: int, first: int, last: int) -> None:
        """Rows through the table."""
        line = 3 * self._size[1]
        plain.tone(self._source, self._toned, self._table, first * line, last * line)

    def blur(self, _: int, first: int, last: int) -> None:
        """Rows of the Gaussian."""
        row = [0] * (3 * self._size[1])
        plain.blur(self._toned, self._blurred, self._weights, row, self._size, first, last)

    def fibonacci(self, band: int, *_: int) -> None:
        """The number of a band."""
        self._numbers[band] = plain.fibonacci(self._number)

    def wait(self, *_: int) -> None:
        """For nothing."""
        sleep(self._wait)
