"""The stack: each filter a row with its switch, each parameter with its value. It changes nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from engine.parameters import Choice, Slider
from tui.messages import EnterPane, RunCommand, SetValue, SwitchStep
from tui.values import StepRow
from tui.widgets.bar import slide, value_at
from tui.widgets.figures import count, steady
from tui.widgets.line import Line
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value

INDENT, LABEL, VALUE = 3, 10, 7
"""Columns before a parameter, of its name, and of its value; the slider has what is left."""
UNIT = 6
WORDED = 14
"""Columns of a word, a colour or a text, at most, where there is no track."""
SHORTEST_TRACK = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the panel: a step of the stack, or one of its parameters."""

    step: int
    parameter: int | None = None


class StackPanel(Rows):
    """Filters in the order they are applied, with their parameters."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.steps: tuple[StepRow, ...] = ()
        self.places: tuple[Place, ...] = ()
        self.shared = False
        """Whether it is for all images."""
        self._dragging = False

    @property
    def place(self) -> Place | None:
        """The row under the cursor."""
        return self.places[self.cursor] if self.places else None

    @property
    def setting(self) -> tuple[Parameter, Value] | None:
        """The parameter under the cursor and its value."""
        place = self.place
        if place is None or place.parameter is None:
            return None
        return self.steps[place.step].values[place.parameter]

    def show(self, steps: tuple[StepRow, ...], step: int | None = None) -> None:
        """Show another stack; the cursor goes to `step`, or stays with its row where that is still there."""
        place, grown = self.place, len(steps) > len(self.steps)
        self.steps = steps
        self.places = tuple(
            Place(number, parameter)
            for number, row in enumerate(steps)
            for parameter in (None, *range(len(row.values)))
        )
        self.count = len(self.places)
        if step is not None:
            place = Place(step, (0 if steps[step].values else None) if grown or place is None else place.parameter)
        if place in self.places:
            self.cursor = self.places.index(place)
        self.cursor = min(self.cursor, max(self.count - 1, 0))
        self._reveal()
        self.refresh()

    def draw_heading(self, width: int) -> Line:
        """The pane's name and how many filters there are."""
        line = Line().add(" STACK ", self.ink.key if self.active else self.ink.muted)
        line.add(" for all" if self.shared else "", self.ink.lamp)
        if self.steps:
            off = sum(not row.on for row in self.steps)
            line.right(count(len(self.steps), "filter") + (f", {off} off " if off else " "), self.ink.faint)
        return line

    def draw_row(self, index: int, width: int) -> Line:
        """A filter with its switch, or a parameter with its value."""
        place = self.places[index]
        row = self.steps[place.step]
        if place.parameter is None:
            return self._draw_step(place.step, row)
        return self._draw_parameter(row, place.parameter, width, index == self.cursor)

    def _draw_step(self, number: int, row: StepRow) -> Line:
        ink = self.ink
        line = Line().add(" ● " if row.on else " ○ ", ink.lamp if row.on else ink.faint)
        line.add(row.filter, ink.title if row.on else ink.muted)
        return line if row.on else line.right("off ", ink.muted)

    def _draw_parameter(self, row: StepRow, parameter: int, width: int, here: bool) -> Line:
        ink, (shown, value) = self.ink, row.values[parameter]
        bright = (ink.bright if here else ink.text) if row.on else ink.faint
        track, unit = self._track(width), UNIT * (width >= INDENT + LABEL + VALUE + UNIT)
        worded = not isinstance(shown, Slider)
        room = min(len(steady(shown, value)) + 4, WORDED) if worded and not track else VALUE
        label = LABEL if track else max(width - INDENT - room - unit, 0)
        line = Line().add(" " * INDENT, ink.text).add(shown.name, ink.text if row.on else ink.faint, label)
        if not isinstance(shown, Slider):
            said, across = shown.format(value) or "none", track + room
            if isinstance(shown, Choice):
                said = f"‹ {said} ›"
            elif len(said) > across:
                said = said[: across - 1] + "…"
            return line.add(said, bright, across, "right").add("", ink.muted, unit)
        if track:
            full, knob = (ink.lamp, ink.key if here else ink.lamp) if row.on else (ink.faint, ink.faint)
            line.extend(slide(shown, float(value), track, full, ink.faint, knob))
        line.add(steady(shown, value), bright, VALUE, "right")
        return line.add(" " + shown.unit if unit else "", ink.muted, unit)

    def _track(self, width: int) -> int:
        """Columns of the slider's track; 0 where there is no room for one."""
        room = width - INDENT - LABEL - VALUE - UNIT
        return room if room >= SHORTEST_TRACK else 0

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to a row; on a slider, take its knob; on a word, the next; on a filter's mark, switch it."""
        event.stop()
        self.post_message(EnterPane("stack"))
        index = self.row_at(event.y)
        if index is None:
            return
        self.move_to(index)
        place = self.places[index]
        if place.parameter is None:
            if event.x < INDENT:
                self.post_message(SwitchStep(place.step))
        elif self._on_track(event.x):
            parameter, value = self.steps[place.step].values[place.parameter]
            if isinstance(parameter, Choice):
                self.post_message(SetValue(place.step, parameter.name, parameter.nudge(value, 1)))
                return
            if not isinstance(parameter, Slider):
                return
            self._dragging = True
            self.capture_mouse()
            self._pull(event.x)

    def on_click(self, event: events.Click) -> None:
        """Twice on a parameter's name, or on a value that has no track: edit it."""
        index, setting = self.row_at(event.y), self.setting
        if event.chain != 2 or index != self.cursor or setting is None:
            return
        if event.x < INDENT + LABEL or not isinstance(setting[0], Slider | Choice):
            self.post_message(RunCommand("edit_value"))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull the knob."""
        if self._dragging:
            event.stop()
            self._pull(event.x)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the knob go."""
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()

    def _on_track(self, column: int) -> bool:
        start = INDENT + LABEL
        return start <= column < start + self._track(self.size.width - 1)

    def _pull(self, column: int) -> None:
        place, held = self.place, self.setting
        if place is None or held is None:
            return
        slider, value = held
        if not isinstance(slider, Slider):
            return
        wanted = value_at(slider, column - INDENT - LABEL, self._track(self.size.width - 1))
        if wanted != value:
            self.post_message(SetValue(place.step, slider.name, wanted))
