"""Strategies that run one after another: their lanes meanwhile, their speed-ups after. It computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.heats import Heat, Page, Race, Stand
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, button, leave, meant, way
from tui.screens.race_rows import heading, ordered, race_row, told, waiting_for
from tui.screens.strategy import StrategyScreen
from tui.widgets.buttons import Buttons
from tui.widgets.lanes import AROUND, Lanes
from tui.widgets.text_rows import TextRows

BLUR = 1
"""The step that is looked at first."""
OTHERS = 9
"""Lines that are neither table nor lanes."""
SHARE, LEAST = 0.4, 2
"""Of what is left, for lanes where not all have room; and lines of the table and of the lanes at least."""
STEPS = ("exposure and gamma", "Gaussian blur", "Fibonacci", "wait")


class Track(Protocol):
    """Who runs strategies and tells of them."""

    @property
    def thickest(self) -> int:
        """Lines of a lane, at most."""

    def begin(self, names: tuple[str, ...], then: Callable[[Race], None]) -> None:
        """Run them; answers again and again."""

    def stop(self) -> None:
        """Run nothing more."""

    def fit(self, columns: int, lines: int) -> None:
        """Cells for each step, and lines of them."""

    def save(self, then: Callable[[str], None]) -> None:
        """Draw a picture; answers where it is."""

    def page(self, name: str, then: Callable[[Page], None]) -> None:
        """All there is to tell of one."""


class RaceScreen(Dialog[None]):
    """A row for each strategy, the fastest first; below, the lanes of the one that runs, or of the one chosen."""

    DEFAULT_CSS = """
    RaceScreen { align: center middle; }
    RaceScreen > #box { width: 100%; height: 100%; }
    RaceScreen #heading { height: 1; color: $muted; }
    RaceScreen Lanes { margin: 1 0; }
    RaceScreen #says { height: 1fr; min-height: 3; }
    RaceScreen.-low Lanes { margin: 0; }
    """

    WHERE = "in a race"
    KEYS = (
        OwnKey("step before", ("left", "h"), "The step before: exposure, blur, Fibonacci or wait.", "→ step"),
        OwnKey("step after", ("right", "l"), "The step after."),
        OwnKey("again", ("r",), "Run it once more, when it is over.", "again"),
        OwnKey("picture", ("w",), "Write what is drawn as an SVG picture, such as for a slide.", "picture for a slide"),
        OwnKey("why", ("question_mark", "f1"), "What happens in a strategy and why, with the code.", "why"),
        leave("q"),
    )

    def __init__(self, track: Track, names: tuple[str, ...]) -> None:
        super().__init__()
        self._track, self._names = track, names
        self._race = Race((), 0, 1)
        self._order: tuple[Heat, ...] = ()
        self._name, self._step = "", BLUR
        self._rows = TextRows(on_move=self._choose)
        self._lanes = Lanes(self._track.fit)
        self._heading, self._says = Static("", id="heading", markup=False), Static("", id="says", markup=False)
        self._buttons = Buttons(self._do)
        self._settling = False

    def compose(self) -> ComposeResult:
        """The table, the lanes, what they mean."""
        with Vertical(id="box") as box:
            box.border_title = "Laboratory: a race" if len(self._names) > 1 else "Laboratory: one way"
            yield self._heading
            yield self._rows
            yield self._lanes
            yield self._says
            yield self._buttons

    def on_mount(self) -> None:
        """Begin."""
        self._rows.activate(True)
        self._rows.explain("The picture is being read.")
        self._begin()

    def on_unmount(self) -> None:
        """Whoever closes it has seen enough."""
        self._track.stop()

    def on_resize(self) -> None:
        """More or fewer lanes have room."""
        self._arrange()
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Another strategy, or what the key is for."""
        does = meant(self.KEYS, event.key)
        event.stop()
        self._rows.move_to(self._rows.cursor + way(self._rows, does))
        self._do(does)

    def _do(self, does: str) -> None:
        """What a key or a button means."""
        step = {"step after": 1, "step before": -1}.get(does, 0)
        if step:
            self._step = (self._step + step) % len(STEPS)
            self._show()
        elif does == "leave" and not self._race.over:
            self._track.stop()
        elif does == "leave":
            self.dismiss(None)
        elif does == "again" and self._race.over:
            self._begin()
        elif does == "picture":
            self._track.save(self._told)
        elif does == "why" and self._heat is not None:
            self._track.page(self._heat.name, self._explain)

    def _begin(self) -> None:
        self._name, self._race = "", Race((), 0, 1)
        self._track.begin(self._names, self._take)

    def _take(self, race: Race) -> None:
        """It went on."""
        if self.is_attached:
            arrange = race.workers != self._race.workers
            self._race = race
            if arrange:
                self._arrange()
            self._show()

    def _arrange(self) -> None:
        """As many lanes as there are workers, but not so many that the table has no room."""
        workers, room = self._race.workers, self.size.height - OTHERS - AROUND
        spare = min((room - len(self._names)) // workers, self._track.thickest) * workers
        lanes = max(spare, min(workers, max(LEAST, int(room * SHARE))))
        self._lanes.styles.height = lanes + AROUND
        self._rows.styles.height = max(LEAST, min(len(self._names), room - lanes))

    @property
    def _heat(self) -> Heat | None:
        """The one whose lanes are shown: that was chosen, else that runs, else the first."""
        found = {each.name: each for each in self._order}
        running = (each for each in self._order if each.stand is Stand.RUNS)
        if self._name in found:
            return found[self._name]
        return next(running, self._order[0] if self._order else None)

    def _choose(self, index: int) -> None:
        """A person wants to see this one."""
        if not self._settling:
            self._name = self._order[index].name
            self._detail()

    def _show(self) -> None:
        """The table anew, its cursor on the same strategy, and the lanes."""
        self._order = ordered(self._race.heats, self._step)
        self._heading.update(heading(self._race, STEPS[self._step]))
        lines = [
            race_row(each, self._race, self._step, self._rows.size.width - 1, self._rows.ink) for each in self._order
        ]
        self._settling = True
        if self._rows.count == len(lines):
            self._rows.replace(lines)
        else:
            self._rows.show(lines)
        if self._heat is not None:
            self._rows.move_to(self._order.index(self._heat))
        self._settling = False
        over = self._race.over
        offered = [button(self.KEYS, "leave", "" if over else "stop")]
        offered += [button(self.KEYS, "again")] if over else []
        self._buttons.show([*offered, *(button(self.KEYS, does) for does in ("step before", "picture", "why"))])
        self._detail()

    def _detail(self) -> None:
        """Lanes and words of one."""
        heat = self._heat
        if heat is not None:
            self._lanes.show(heat, waiting_for(heat))
        self._says.update(told(heat, self._race, self._step))

    def _explain(self, page: Page) -> None:
        if self.is_current:
            self.app.push_screen(StrategyScreen(page))

    def _told(self, words: str) -> None:
        if self.is_attached:
            self._says.update(words)
