"""A gradient under edit: stops from black to white, each a tone and its colour. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from engine.parameters import Slider
from tui.editing.colour import changed, colour_of
from tui.editing.draft import Draft, Handle, Place, limited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.parameters import Parameter, Value
    from tui.editing.subject import Subject

FINE = 0.01
DIGITS = 4
REACH = 0.04
"""Share of the strip within which the mouse takes hold of a stop."""
MIDDLE, MORE = "position", "stops"
"""Parameters that a gradient may have beside its colours: the tone of the middle one, and a text of further stops."""
MOST = 1.0 - FINE


class Stop(NamedTuple):
    """A tone and what it becomes."""

    tone: float
    code: int
    """0xRRGGBB."""
    name: str = ""
    """The parameter that holds the colour; empty for one of the further stops."""


class GradientDraft(Draft):
    """Colours with parameters of their own, of which one may move, and further stops that come and go."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        self._colours = [each for each in subject.names if each not in (MIDDLE, MORE)]

    @property
    def stops(self) -> list[Stop]:
        """From black to white."""
        last = len(self._colours) - 1
        own = []
        for number, name in enumerate(self._colours):
            tone = 0.0 if not number else 1.0 if number == last else float(self.value(MIDDLE))
            own.append(Stop(tone, int(self.value(name)), name))
        return sorted([*own, *self._further], key=lambda each: each.tone)

    @property
    def _further(self) -> list[Stop]:
        if MORE not in self.subject.names:
            return []
        words = str(self.value(MORE)).strip("[] ").split(";")
        pairs = [word.split() for word in words if word.strip()]
        parse = colour_of("colour", "").parse
        return [Stop(float(tone), int(parse(colour))) for tone, colour in pairs]

    @property
    def handles(self) -> tuple[Handle, ...]:
        """A stop each."""
        return tuple(Handle(each.name or "stop", f"{each.tone:.2f}   #{each.code:06x}") for each in self.stops)

    @property
    def stop(self) -> Stop:
        """The chosen one."""
        return self.stops[self.chosen]

    @property
    def moves(self) -> bool:
        """Whether the chosen one is not at an end."""
        return self.stop.name in ("", *self._colours[1:-1])

    def code_at(self, tone: float) -> int:
        """The colour of a tone, between stops in proportion."""
        stops = self.stops
        after = next((each for each in stops if each.tone >= tone), stops[-1])
        before = next((each for each in reversed(stops) if each.tone <= tone), stops[0])
        along = (tone - before.tone) / (after.tone - before.tone) if after.tone > before.tone else 0.0
        shifts = (16, 8, 0)
        ends = [((before.code >> shift) & 255, (after.code >> shift) & 255) for shift in shifts]
        mixed = [round(one + along * (other - one)) for one, other in ends]
        return mixed[0] << 16 | mixed[1] << 8 | mixed[2]

    def nudge(self, across: int, down: int) -> None:
        """Move the stop across; make it lighter or darker up and down."""
        if across:
            self._move(self.stop.tone + across * FINE)
        if down:
            self.paint(changed(self.stop.code, lightness=-down))

    def drag(self, place: Place) -> None:
        """Move it there."""
        self._move(place[0])

    def grab(self, place: Place) -> None:
        """Choose the stop there, or put a new one in with the colour that is there."""
        aways = [abs(place[0] - each.tone) for each in self.stops]
        nearest = min(range(len(aways)), key=aways.__getitem__)
        if aways[nearest] <= REACH or MORE not in self.subject.names:
            self.chosen = nearest
        else:
            self._insert(place[0])

    def add(self) -> None:
        """A stop in the middle between the chosen one and the next, with the colour that is there."""
        stops = self.stops
        left = min(self.chosen, len(stops) - 2)
        self._insert((stops[left].tone + stops[left + 1].tone) / 2)

    def remove(self) -> None:
        """Take the stop away, where it is a further one."""
        gone = self.stop
        if gone.name:
            self.refusal = f"The colour for {gone.name} stays: only stops that were added can be removed."
        else:
            self._put([each for each in self._further if each != gone])

    def paint(self, code: int) -> None:
        """Give the stop this colour."""
        old = self.stop
        if old.name:
            self.take({old.name: float(code)})
        else:
            self._put([old._replace(code=code) if each == old else each for each in self._further])

    def dye(self, chroma: int, hue: int) -> None:
        """Give it so many steps more of its hue, or turn that."""
        self.paint(changed(self.stop.code, chroma=chroma, hue=hue))

    def field(self) -> tuple[Parameter, Value]:
        """The colour of the stop."""
        if self.stop.name:
            return self.subject.parameter(self.stop.name), float(self.stop.code)
        return colour_of("colour", "What the tone of this stop becomes."), float(self.stop.code)

    def put(self, typed: Value) -> None:
        """Have this colour there."""
        self.paint(int(typed))

    def _move(self, tone: float) -> None:
        old, stops = self.stop, self.stops
        if not self.moves:
            self.refusal = f"The colour for {old.name} stays at its end."
            return
        low, high = stops[self.chosen - 1].tone + FINE, stops[self.chosen + 1].tone - FINE
        if low > high:
            return
        tone = round(limited(tone, low, high), DIGITS)
        if old.name:
            middle = self.subject.parameter(MIDDLE)
            self.take({MIDDLE: limited(tone, middle.low, middle.high) if isinstance(middle, Slider) else tone})
        else:
            self._put([old._replace(tone=tone) if each == old else each for each in self._further])

    def _insert(self, tone: float) -> None:
        if MORE not in self.subject.names:
            self.refusal = f"{self.step.filter} has these colours and no more; gradient-map takes further ones."
            return
        new = Stop(round(limited(tone, FINE, MOST), DIGITS), self.code_at(tone))
        if self._put([*self._further, new]):
            self.chosen = self.stops.index(new)

    def _put(self, further: Sequence[Stop]) -> bool:
        parts = [f"{each.tone:g} #{each.code:06x}" for each in sorted(further)]
        return self.take({MORE: f"[{'; '.join(parts)}]" if parts else ""})
