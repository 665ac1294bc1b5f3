"""A line of time for each worker, step beside step: a letter and a colour for each state. It measures nothing."""

from collections.abc import Callable
from itertools import groupby

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.heats import STATES, Heat, Piece
from tui.theme import inks
from tui.widgets.line import Line, fit

STEPS, LABEL, GAP = 4, 3, 2
"""Steps side by side, columns for a worker's number, and between two steps."""
AROUND = 3
"""Lines above and below the lanes."""
PLACES = {state.letter: place for place, state in enumerate(STATES)}


class Lanes(Widget):
    """What the workers of one strategy did in the begin of each step."""

    def __init__(self, on_fit: Callable[[int, int], object]) -> None:
        """`on_fit` is told how many cells there are for each step, and how many lines."""
        super().__init__()
        self._on_fit = on_fit
        self._pieces: tuple[Piece, ...] = ()
        self._words = ""

    def show(self, heat: Heat, words: str) -> None:
        """Show a strategy; the words where it has no lanes yet."""
        if (heat.pieces, words) != (self._pieces, self._words):
            self._pieces, self._words = heat.pieces, words
            self.refresh()

    @property
    def _columns(self) -> int:
        return max(1, (self.size.width - LABEL - GAP * (STEPS - 1)) // STEPS)

    def on_resize(self, event: events.Resize) -> None:
        """Another number of cells."""
        if event.size.width:
            self._on_fit(self._columns, max(1, event.size.height - AROUND))

    def render_line(self, y: int) -> Strip:
        """The steps, a worker, or how they shared each step."""
        width, ink = self.size.width, inks(self.app.theme)
        if y == self.size.height - 1:
            return self._legend().strip(width, ink.panel)
        if not self._pieces:
            return Line().add(f"  {self._words}" if y == 1 else "", ink.muted).strip(width, ink.panel)
        workers = len(self._pieces[0].lanes)
        room = max(1, self.size.height - AROUND)
        thick = max(1, room // workers)
        shown = workers if workers <= room else room - 1
        if y == 0:
            return self._texts([each.title for each in self._pieces]).strip(width, ink.panel)
        if y <= shown * thick:
            worker, line = divmod(y - 1, thick)
            return self._lane(worker, told=line == (thick - 1) // 2).strip(width, ink.panel)
        if y == shown + 1 and shown < workers:
            return Line().add(f"   and {workers - shown} workers more", ink.muted).strip(width, ink.panel)
        said = [self._said(each) for each in self._pieces] if y == min(workers * thick, room) + 1 else []
        return self._texts(said).strip(width, ink.panel)

    def _texts(self, words: list[str]) -> Line:
        """A word over or under each step."""
        line, ink = Line().add("", inks(self.app.theme).muted, LABEL), inks(self.app.theme).muted
        for word in words:
            line.add(fit(word, self._columns), ink).add(" " * GAP, ink)
        return line

    def _said(self, piece: Piece) -> str:
        """The verdict, and the speed-up where it fits."""
        both = f"{piece.verdict} {piece.speed_up}"
        return both if len(both) <= self._columns else piece.verdict

    def _lane(self, worker: int, *, told: bool) -> Line:
        """A letter where a state begins, in one of a lane's lines, and its colour as long as it lasts."""
        ink = inks(self.app.theme)
        line = Line().add(f"{worker + 1}" if told else "", ink.muted, LABEL)
        for each in self._pieces:
            lane = each.lanes[worker][: self._columns]
            for letter, same in groupby(lane):
                line.add(letter if told else "", ink.lanes[PLACES[letter]], len([*same]))
            line.add("", ink.muted, self._columns - len(lane) + GAP)
        return line

    def _legend(self) -> Line:
        """What letters and colours mean, as far as there is room."""
        ink, line = inks(self.app.theme), Line().add("", inks(self.app.theme).muted, LABEL)
        for state, style in zip(STATES, ink.lanes, strict=True):
            if line.width + len(state.title) + 4 <= self.size.width:
                line.add(state.letter, style).add(f" {state.title}  ", ink.muted)
        return line
