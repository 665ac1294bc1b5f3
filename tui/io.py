"""The app's own background threads: folder scans, file headers, pictures into strips, errands. They touch no widget."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from engine.files.remote.url import absolute, is_url
from tui.values import Entry, Facts, Folder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from textual.strip import Strip

    from tui.graphics.tones import Tones
    from tui.graphics.transfer import Transfer
    from tui.graphics.way import Way
    from tui.terminal.surroundings import Surroundings

T = TypeVar("T")
COMING = 8
"""Files of another machine that are asked for before their turn."""
FIRST_BATCH, BATCH = 200, 5000
"""Images told of at once: few at first, so that the first frame has names, then many."""


@dataclass(frozen=True, slots=True)
class _Work:
    """Something to do and whom to give each of its results to."""

    kind: str
    run: Callable[[], Iterable[Any]]
    then: Callable[[Any], None]


class Desk:
    """One background thread that does one piece of work after another.

    Of each kind only the newest piece is begun, and one under way stops at its next result when a newer one of its kind
    comes. Results wait until `collect` hands them over in the thread that calls it.
    """

    def __init__(self, name: str, wake: Callable[[], object]) -> None:
        """`wake` is called from the thread whenever there is something to collect."""
        self._name = name
        self._wake = wake
        self._change = threading.Condition()
        self._waiting: dict[str, _Work] = {}
        self._running: _Work | None = None
        self._results: deque[tuple[_Work, Any]] = deque()
        self._closed = False
        self._has_result = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, kind: str, run: Callable[[], Iterable[T]], then: Callable[[T], None]) -> None:
        """Do this work, in place of older work of the same kind; `then` is given each result."""
        with self._change:
            self._waiting.pop(kind, None)
            self._waiting[kind] = _Work(kind, run, then)
            self._change.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=f"safelight {self._name}", daemon=True)
            self._thread.start()

    def collect(self) -> None:
        """Hand over every result there is; an exception of the work is raised here."""
        while self._results:
            work, result = self._results.popleft()
            if isinstance(result, Exception):
                raise result
            work.then(result)

    def wait(self, seconds: float) -> None:
        """Wait for the first result ever, but no longer than that."""
        self._has_result.wait(seconds)

    def close(self) -> None:
        """Begin nothing more; the thread ends after what it is doing."""
        with self._change:
            self._closed = True
            self._waiting.clear()
            self._change.notify()

    def _next(self) -> _Work | None:
        with self._change:
            self._running = None
            while not self._waiting and not self._closed:
                self._change.wait()
            if self._closed:
                return None
            self._running = self._waiting.pop(next(iter(self._waiting)))
            return self._running

    def _work(self) -> None:
        while (work := self._next()) is not None:
            try:
                for result in work.run():
                    self._give(work, result)
                    if self._closed or work.kind in self._waiting:
                        break
            except Exception as error:  # noqa: BLE001 - raised again by `collect`, in the thread that can end the app
                self._give(work, error)

    def _give(self, work: _Work, result: Any) -> None:
        self._results.append((work, result))
        self._has_result.set()
        if not self._closed:
            self._wake()


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what the paths hold."""

    entries: tuple[Entry, ...]
    complete: bool = False
    error: str = ""


def folder_of(paths: Sequence[str]) -> str:
    """The one folder that these are; empty for files. Another machine is not asked, as that would take a while."""
    if len(paths) != 1:
        return ""
    if is_url(paths[0]):
        from engine.files.formats import picture_suffixes

        return "" if os.path.splitext(paths[0])[1].lower() in picture_suffixes() else absolute(paths[0])
    return os.path.abspath(paths[0]) if os.path.isdir(paths[0]) else ""


def find_images(paths: Iterable[str]) -> Iterator[Found]:
    """The images of folders and the files named, a few first and then many at a time; reads names only."""
    from engine.errors import ImageError

    held: list[Entry] = []
    room, error = FIRST_BATCH, ""
    for path in map(absolute, paths):
        try:
            for entry in images_in(path) if folder_of((path,)) else [Entry(path, os.path.basename(path))]:
                held.append(entry)
                if len(held) == room:
                    yield Found(tuple(held))
                    held, room = [], BATCH
        except ImageError as problem:
            error = str(problem)
    yield Found(tuple(held), complete=True, error=error)


def images_in(folder: str) -> Iterator[Entry]:
    """The images of a folder by name, raw files with their pictures; ImageError when it cannot be read."""
    from engine.files.folder import pairs, scan

    for entry, raw in pairs(scan(folder)):
        yield Entry(entry.path, entry.name, raw.path if raw else "")


def read_facts(wanted: Mapping[int, str]) -> Iterator[Mapping[int, Facts]]:
    """Size and pixels of images by their place in the list, one after another, from their first bytes."""
    from engine.culling.capture import captured
    from engine.errors import ImageError
    from engine.files.header import REACH, examine_file
    from engine.files.limits import Limits
    from engine.files.turn import upright_size
    from engine.sidecars.edits import has_edits
    from engine.sidecars.rating import read_rating

    for index, path in expecting(wanted):
        try:
            _, facts, edition = examine_file(path, Limits(), REACH)
        except ImageError as problem:
            yield {index: Facts(error=str(problem))}
            continue
        width, height = upright_size(facts.width, facts.height, facts.orientation)
        try:
            rating = read_rating(path, facts)
        except ImageError:
            rating = None
        taken, written = captured(facts.exif).seconds, edition.on_the_wall
        told = Facts(edition.size, width, height, "", rating, has_edits(path), taken, written)
        yield {index: told}


def expecting(wanted: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """One file after another, while the beginnings of the next few come from where they are."""
    from engine.files.source import expect_beginning

    rest = iter(wanted.values())
    for path in islice(rest, COMING):
        expect_beginning(path)
    for number, path in wanted.items():
        yield number, path
        for following in islice(rest, 1):
            expect_beginning(following)


def read_folder(path: str) -> Folder:
    """The folders in a folder, and how many pictures."""
    from engine.files.tree import branch

    return Folder(*branch(path))


def described(path: str) -> tuple[tuple[str, str], ...]:
    """What a picture's file tells, name by name; why it cannot be read, where that is so."""
    from engine.errors import ImageError
    from engine.files.described import describe

    try:
        return describe(path)
    except ImageError as error:
        return (("", str(error)),)


def look_around() -> Surroundings:
    """What stands between the app and the terminal."""
    from tui.terminal import surroundings

    return surroundings.look_around(os.environ)


def draw(pixels: NDArray[np.uint8], way: Way, budget: int) -> tuple[Strip, ...]:
    """Pixels, H x W x 3, as rows of cells in at most so many bytes."""
    from tui.graphics import canvas

    return canvas.draw(pixels, way, budget)


def tones(pixels: NDArray[np.uint8]) -> Tones | None:
    """How often each tone occurs in H x W x 3 pixels."""
    from tui.graphics.tones import tones_of

    return tones_of(pixels)


def transfer(pixels: NDArray[np.uint8], way: Way) -> Transfer | None:
    """Pixels, H x W x 3, as a picture of pixels for the terminal; None where it cannot be small enough."""
    from tui.graphics import canvas

    return canvas.transfer(pixels, way)
