"""What this terminal is shown over this line, and why: by its answers, by choice and by measurement. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.graphics.way import CELL, Way
from tui.output.colours import Colours, named
from tui.output.descriptor import terminal
from tui.output.link import NAMES as PROFILES
from tui.output.link import Link
from tui.terminal.answers import Answers
from tui.terminal.protocol import NAMES, Choice, choose
from tui.terminal.surroundings import told
from tui.terminal.window import cell_of

if TYPE_CHECKING:
    from tui.output.colours import Depth
    from tui.output.credit import Credit
    from tui.terminal.replies import Reply
    from tui.terminal.surroundings import Surroundings

AUTO = "auto"
COARSE_SECONDS = 0.7
"""Of what the line drains a coarse picture may take."""
SIZES = (4000, 6000, 8000, 10_000)
"""Bytes of coarse pictures: few, so that a line that is measured a little otherwise asks for no other."""
LOOKED_EVERY = 2.0
"""Seconds between two looks at tmux, while keys are pressed or a batch runs."""


class Sight:
    """Gathers what is known of terminal and line, and makes of it the way pictures are drawn."""

    def __init__(
        self,
        environ: Mapping[str, str],
        colours: Colours,
        credit: Credit,
        wanted: tuple[str, str] = ("", ""),
        ground: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """`wanted` is a protocol's name or `auto`, and who chose it."""
        self._environ, self._colours, self._credit = environ, colours, credit
        self._wanted, self._ground = wanted, ground
        self._answers = Answers()
        self._looked: float | None = None
        self.link = Link(told(environ), credit)

    @property
    def name(self) -> str:
        """What the terminal calls itself, empty until it has said so."""
        return self._answers.name

    @property
    def choice(self) -> Choice:
        """The protocol and the reason for it."""
        return choose(self._environ, self._answers, *self._wanted, self.link.around.behind)

    @property
    def quiet(self) -> bool:
        """Whether the terminal has answered for all that it was sent, or never answers."""
        return self._credit.deaf or not self._credit.unanswered

    @property
    def depth(self) -> Depth:
        """Colours of everything else on the screen."""
        depth = named(self._colours, self._answers.name).depth
        return depth if depth != "truecolor" or self.link.profile().many_colours else "256"

    def heard(self, reply: Reply) -> None:
        """The terminal answered."""
        self._answers = self._answers.heard(reply)

    def want(self, protocol: str) -> None:
        """A person chose a protocol, or `auto`."""
        self._wanted = protocol, "hand"

    def next_protocol(self) -> str:
        """The one to choose next when a person goes round."""
        names: tuple[str, ...] = (AUTO, *NAMES)
        now = self._wanted[0] or AUTO
        return names[(names.index(now) + 1) % len(names)]

    def next_profile(self) -> None:
        """Go round the profiles, and back to what is measured."""
        rounds = (None, *PROFILES)
        self.link.chosen = rounds[(rounds.index(self.link.chosen) + 1) % len(rounds)]

    def way(self) -> Way:
        """How to draw pictures now."""
        profile, choice = self.link.profile(), self.choice
        coarse = profile.coarse
        if coarse and self._credit.drain:
            most = min(coarse, COARSE_SECONDS * self._credit.drain)
            coarse = max((size for size in SIZES if size <= most), default=SIZES[0])
        return Way(
            "ascii" if self.depth == "none" else choice.protocol,
            self.depth,
            coarse,
            profile.sharp,
            1 << self._credit.window.bit_length() - 1 if choice.whole else profile.sharp,
            profile.rest,
            cell_of(terminal()) or self._answers.cell or CELL,
            choice.passthrough,
            choice.placeholders,
            not choice.whole,
            self._ground,
        )

    def stand_on(self, ground: tuple[int, int, int]) -> None:
        """This is around pictures from now on."""
        self._ground = ground

    def attach(self, credit: Credit) -> None:
        """From now on this credit tells of the line."""
        self._credit = credit
        chosen, self.link = self.link.chosen, Link(self.link.around, credit)
        self.link.chosen = chosen

    def is_due(self, now: float) -> bool:
        """Whether it is to be looked again what stands between: to tmux another terminal may come at any time."""
        due = self._looked is None or (self.link.around.multiplexer == "tmux" and now - self._looked > LOOKED_EVERY)
        if due:
            self._looked = now
        return due

    def look(self, around: Surroundings) -> bool:
        """This is what stands between now; whether another terminal may be there, so that no answer counts any more."""
        another = self.link.around.attached not in ("", around.attached)
        self.link.around = around
        if another:
            self._answers = Answers()
        return another
