"""Presets for the app: read and kept in a background thread. It draws nothing and knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import SafelightError
from tui.io import Desk
from tui.messages import Fact, NoticeGiven
from tui.values import OfferRow

if TYPE_CHECKING:
    from engine.presets.preset import Preset
    from engine.stack import Stack


class Offered(NamedTuple):
    """A preset with its stack."""

    row: OfferRow
    stack: Stack | None
    """None where it is broken; the row says how."""


Listed = Callable[[tuple[OfferRow, ...]], None]


class Presets:
    """Those that come along and a person's own."""

    def __init__(
        self,
        tell: Callable[[Fact], object],
        desk: Desk,
        stack: Callable[[], Stack | None],
        change: Callable[[Stack, int], None],
    ) -> None:
        """`stack` gives the present one, `change` takes another and the step to go to."""
        self._tell, self._desk, self._stack, self._change = tell, desk, stack, change

    def list(self, then: Listed) -> None:
        """All of them, later."""
        self._desk.ask("presets", lambda: [_offers()], then)

    def read(self, name: str, then: Callable[[Stack], None]) -> None:
        """Give a preset's stack to `then`, unless there is something wrong with it."""
        self._desk.ask("read", lambda: [_read(name)], lambda read: None if isinstance(read, str) else then(read.stack))

    def put(self, name: str) -> None:
        """Put one at the end of the stack, or say why it cannot be."""
        self._desk.ask("preset", lambda: [_read(name)], self._put)

    def _put(self, read: Preset | str) -> None:
        stack = self._stack()
        if isinstance(read, str):
            self._tell(NoticeGiven(read, alarm=True))
        elif stack is not None:
            self._change(type(stack)((*stack.steps, *read.stack.steps)), len(stack.steps))
            self._tell(NoticeGiven(" ".join(read.notes)))

    def save(self, name: str, taken: Callable[[], None], *, replace: bool) -> None:
        """Keep the present stack; `taken` is called where one of that name is there that may not be replaced."""
        stack = self._stack()
        if stack is not None:
            self._desk.ask("save", lambda: [_save(name, stack, replace=replace)], lambda said: self._saved(said, taken))

    def rename(self, old: str, new: str, then: Callable[[str], None]) -> None:
        """Give one another name, later; `then` is told what became of it."""
        self._desk.ask("keep", lambda: [_renamed(old, new)], then)

    def remove(self, name: str, then: Callable[[str], None]) -> None:
        """Bin one, later; `then` is told what became of it."""
        self._desk.ask("keep", lambda: [_removed(name)], then)

    def stacks(self, then: Callable[[tuple[Offered, ...]], None]) -> None:
        """All of them with their stacks, later."""
        self._desk.ask("stacks", lambda: [tuple(map(_offered, _offers()))], then)

    def _saved(self, said: tuple[str, bool] | None, taken: Callable[[], None]) -> None:
        if said is None:
            taken()
        else:
            self._tell(NoticeGiven(said[0], alarm=said[1]))


def _offered(row: OfferRow) -> Offered:
    read = _read(row.name) if row.name else row.help
    return Offered(row, None if isinstance(read, str) else read.stack)


def _renamed(old: str, new: str) -> str:
    from engine.presets.keeping import rename_preset

    try:
        rename_preset(old, new)
    except SafelightError as error:
        return str(error)
    return f"{old} is {new} now."


def _removed(name: str) -> str:
    from engine.presets.keeping import bin_preset

    try:
        bin_preset(name)
    except SafelightError as error:
        return str(error)
    return f"{name} is in the bin."


def _offers() -> tuple[OfferRow, ...]:
    from engine.presets import entries

    try:
        found = entries()
    except SafelightError as error:
        return (OfferRow("", "", str(error)),)
    return tuple(_offer(name, own=entry.own, replaces=entry.replaces) for name, entry in found.items())


def _offer(name: str, *, own: bool, replaces: bool) -> OfferRow:
    read = _read(name)
    whose = ("yours, in place of the one that comes along" if replaces else "yours") if own else ""
    return OfferRow(name, whose, read if isinstance(read, str) else read.description)


def _read(name: str) -> Preset | str:
    from engine.presets import find_preset

    try:
        return find_preset(name)
    except SafelightError as error:
        return str(error)


def _save(name: str, stack: Stack, *, replace: bool) -> tuple[str, bool] | None:
    """What to say and whether it is an alarm; None when the name is taken."""
    from engine.presets import save_preset
    from engine.presets.preset import LONGEST_DESCRIPTION, Preset

    chain = ", ".join(step.filter for step in stack.steps)
    text = f"Made in the app: {chain}."
    if len(text) > LONGEST_DESCRIPTION:
        text = f"Made in the app of {len(stack.steps)} filters."
    try:
        path = save_preset(Preset(name, text, stack), replace=replace)
    except SafelightError as error:
        return str(error), True
    return None if path is None else (f"Saved as the preset {name}; {path} holds it.", False)
