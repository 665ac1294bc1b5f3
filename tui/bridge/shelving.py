"""What is done to files on a person's word: rated, copied, moved, binned; in the background, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from engine.errors import SafelightError
from engine.files.name import show
from tui.io import Desk, read_facts
from tui.messages import Fact, FactsRead, ImagesGone, NoticeGiven

if TYPE_CHECKING:
    from tui.values import Entry, Facts

Way = Literal["copied", "moved", "binned"]


class _Step(NamedTuple):
    """What has been done so far."""

    facts: dict[int, Facts]
    gone: tuple[int, ...] = ()
    done: int = 0
    error: str = ""


class Shelving:
    """One errand at a time; a new one waits for those before it."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk) -> None:
        self._tell, self._desk = tell, desk
        self._number = 0

    def rate(self, images: dict[int, Entry], rating: int) -> None:
        """Rate images, told by their places in the list, -1 to 5."""
        self._ask(lambda: _rated(images, rating), lambda step: self._told(step, ""))

    def carry(self, images: dict[int, Entry], way: Way, folder: str = "") -> None:
        """Copy or move images, with their sidecars, into a folder, or put them into the bin."""
        where = f" to {show(folder, 60)}" if folder else ""
        self._ask(lambda: _carried(images, way, folder), lambda step: self._told(step, f"{way}{where}"))

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Begin nothing more."""
        self._desk.close()

    def _ask(self, work: Callable[[], Iterator[_Step]], then: Callable[[_Step], None]) -> None:
        # Every errand has a kind of its own: none takes another's place.
        self._number += 1
        self._desk.ask(f"errand {self._number}", work, then)

    def _told(self, step: _Step, said: str) -> None:
        if step.facts:
            self._tell(FactsRead(step.facts))
        if step.gone:
            self._tell(ImagesGone(step.gone))
        if step.error:
            self._tell(NoticeGiven(step.error, alarm=True))
        elif said:
            self._tell(NoticeGiven(f"{step.done:,} image{'' if step.done == 1 else 's'} {said}."))


def _rated(images: dict[int, Entry], rating: int) -> Iterator[_Step]:
    from engine.sidecars.rating import write_rating

    for index, entry in images.items():
        try:
            write_rating(entry.path, rating)
        except SafelightError as error:
            yield _Step({}, error=str(error))
        else:
            for facts in read_facts({index: entry.path}):
                yield _Step(dict(facts))


def _carried(images: dict[int, Entry], way: Way, folder: str) -> Iterator[_Step]:
    from engine.sidecars.carrying import bin_picture, copy, move

    done, errors = 0, list[str]()
    for index, entry in images.items():
        try:
            for path in entry.files:
                if way == "binned":
                    bin_picture(path)
                else:
                    (copy if way == "copied" else move)(path, folder)
        except SafelightError as error:
            errors.append(str(error))
            continue
        done += 1
        if way != "copied":
            yield _Step({}, (index,), done)
    more = f" (and {len(errors) - 1} more, for such reasons)" if len(errors) > 1 else ""
    yield _Step({}, done=done, error=f"{errors[0]}{more}" if errors else "")
