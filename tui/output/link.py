"""What the line to the terminal allows: measured, told by the environment, chosen by hand. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tui.output.credit import Credit
    from tui.terminal.surroundings import Surroundings

Name = Literal["local", "normal", "thin"]
NAMES: tuple[Name, ...] = ("local", "normal", "thin")
THIN, LOCAL = 60_000, 1_500_000
"""Bytes a second below which a line is thin, and from which on it is as good as none."""
NEAR = 0.04
"""Seconds of round trip up to which a terminal may count as near."""
FIRM = 1.5
"""A line must be so many times better than another profile asks for before that is left for a richer one."""
STEADY = 3
"""Measurements of the drain before a profile rests on it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How much may be sent over a line."""

    name: Name
    beats: int
    """Updates a second while a batch runs."""
    coarse: int
    """Bytes of a first, coarse picture; 0 where the whole one comes at once."""
    rest: float
    """Seconds that nothing must have changed before the picture is sharpened."""
    many_colours: bool
    """Whether 24-bit colour is worth its bytes."""
    sharp: int
    """Bytes of the sharp picture, at most."""
    hover: bool
    """Whether the mouse tells where it is when no button is pressed."""


PROFILES: Mapping[Name, Profile] = {
    "local": Profile("local", 5, 0, 0.1, True, 4_000_000, True),
    "normal": Profile("normal", 2, 10_000, 0.25, True, 250_000, False),
    "thin": Profile("thin", 2, 10_000, 0.5, False, 40_000, False),
}


class Link:
    """Chooses the profile. What is measured counts only where answers come from the terminal itself."""

    def __init__(self, around: Surroundings, credit: Credit) -> None:
        self._credit = credit
        self.around = around
        """What stands between, and where the terminal is."""
        self.chosen: Name | None = None
        """The profile that a person chose."""
        self._measured: Name | None = None

    @property
    def measurable(self) -> bool:
        """Whether the terminal's answers tell anything of the line."""
        return not self.around.multiplexer and self._credit.answers

    def profile(self) -> Profile:
        """The one to go by now."""
        return PROFILES[self.chosen or self._found()]

    def reason(self) -> str:
        """One clause for people."""
        if self.chosen:
            return "chosen by hand"
        if not self.around.remote:
            return "the terminal is on this machine"
        if self.around.multiplexer:
            return f"{self.around.multiplexer} answers in the terminal's place, so the line cannot be measured"
        return "measured" if self._measured else "far away, not measured yet"

    def text(self) -> str:
        """For the status line: what was measured last, or why nothing was; empty for a terminal on this machine."""
        if not self.around.remote and self.chosen is None:
            return ""
        name = self.profile().name + ("" if self.chosen is None else " (by hand)")
        if self.around.multiplexer:
            return f"{self.around.multiplexer}: line unknown, {name}"
        if not self._credit.round_trip:
            return name
        drain = f" {_rate(self._credit.drain)}" if self._credit.drain else ""
        return f"{1000 * self._credit.round_trip:.0f} ms{drain} {name}"

    def _found(self) -> Name:
        if not self.around.remote:
            return "local"
        if not self.measurable or self._credit.measured < STEADY:
            return self._measured or "thin"
        self._measured = self._judged(self._measured or "thin")
        return self._measured

    def _judged(self, before: Name) -> Name:
        """The profile that the measured line is good for; one that is not clearly better does not replace another."""
        drain, near = self._credit.drain, self._credit.round_trip <= NEAR
        firm = FIRM if before == "thin" else 1.0
        if drain < THIN * firm:
            return "thin"
        firm = 1.0 if before == "local" else FIRM
        return "local" if near and drain >= LOCAL * firm else "normal"


def _rate(drain: float) -> str:
    return f"{drain / 1e6:.1f} MB/s" if drain >= 1e6 else f"{drain / 1e3:.0f} kB/s"
