"""Exposure and gamma by any way that Python has, with the time that each takes. It computes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui.heats import Page
from tui.messages import FitPicture, PanPicture, ProbePicture, ZoomPicture
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, buttons, leave, meant, way
from tui.screens.race import RaceScreen, Track
from tui.screens.strategy import StrategyScreen
from tui.widgets.buttons import Buttons
from tui.widgets.picture import Picture
from tui.widgets.text_rows import TextRows

if TYPE_CHECKING:
    from textual.strip import Strip

TITLE, TIME = 32, 10
"""Columns of a strategy's title, and of its time."""
STOPS, GAMMA = 0.1, 0.05
"""A step of each."""
MOST, LEAST_GAMMA, MOST_GAMMA = 5.0, 0.2, 5.0


class Plate(Protocol):
    """What came of a wish."""

    @property
    def strips(self) -> tuple[Strip, ...]:
        """Rows of cells."""

    @property
    def seconds(self) -> float:
        """That the workers took."""

    @property
    def drawing(self) -> float:
        """From pixels to rows of cells."""

    @property
    def megapixels(self) -> float:
        """That were developed."""

    @property
    def error(self) -> str:
        """Why there is nothing."""


Develop = Callable[[str, float, float, bool, tuple[int, int], Callable[[Plate], None]], None]
"""By a strategy's name, stops, gamma, with a blur or without, within columns x rows; answers later."""


class LabScreen(Dialog[None]):
    """The strategies with their times on one side, the picture on the other."""

    DEFAULT_CSS = f"""
    LabScreen {{ align: center middle; }}
    LabScreen > #box {{ width: 100%; height: 100%; }}
    LabScreen TextRows {{ width: {TITLE + 2 * TIME + 2}; height: 1fr; }}
    LabScreen Picture {{ width: 1fr; height: 100%; margin-left: 2; }}
    LabScreen #knobs {{ height: 1; margin-top: 1; }}
    LabScreen #says {{ height: 2; margin-bottom: 1; }}
    LabScreen.-low #says {{ margin-bottom: 0; }}
    LabScreen Horizontal {{ height: 1fr; }}
    """

    WHERE = "in the laboratory"
    KEYS = (
        OwnKey("darker", ("left", "h"), "Less exposure.", "→ exposure"),
        OwnKey("lighter", ("right", "l"), "More exposure."),
        OwnKey("less gamma", ("left_square_bracket",), "Less gamma.", "] gamma"),
        OwnKey("more gamma", ("right_square_bracket",), "More gamma."),
        OwnKey("blur", ("b",), "With a blur, or without.", "blur"),
        OwnKey("run", ("enter",), "Run it on the whole job, its threads drawn live.", "run"),
        OwnKey("race", ("r",), "Run all of them, one after another.", "race"),
        OwnKey("why", ("question_mark", "f1"), "What happens in it and why, with the code.", "why"),
        leave("q"),
    )

    def __init__(self, strategies: tuple[tuple[str, str, str], ...], develop: Develop, track: Track) -> None:
        """Name, title and one line on each strategy."""
        super().__init__()
        self._track = track
        self._strategies, self._develop = strategies, develop
        self._stops, self._gamma, self._blur = 0.0, 1.0, False
        self._times: dict[str, Plate] = {}
        self._rows = TextRows(on_move=lambda _index: self._ask())
        self._picture = Picture()
        self._buttons = Buttons(self._do)
        self._knobs, self._says = Static("", id="knobs", markup=False), Static("", id="says", markup=False)

    def compose(self) -> ComposeResult:
        """The list, the picture, what is set, what was measured."""
        with Vertical(id="box") as box:
            box.border_title = "Laboratory: the same picture, every way Python can"
            with Horizontal():
                yield self._rows
                yield self._picture
            yield self._knobs
            yield self._says
            yield self._buttons

    def on_mount(self) -> None:
        """The first of them."""
        self._buttons.show(buttons(self.KEYS))
        self._rows.activate(True)
        self._rows.show(self._lines())

    def on_fit_picture(self, message: FitPicture) -> None:
        """There is room for another picture."""
        message.stop()
        self._ask()

    def on_zoom_picture(self, message: ZoomPicture) -> None:
        """Not here."""
        message.stop()

    def on_pan_picture(self, message: PanPicture) -> None:
        """Not here."""
        message.stop()

    def on_probe_picture(self, message: ProbePicture) -> None:
        """Not here."""
        message.stop()

    def on_key(self, event: events.Key) -> None:
        """Another strategy, or what the key is for."""
        does = meant(self.KEYS, event.key)
        event.stop()
        self._rows.move_to(self._rows.cursor + way(self._rows, does))
        self._do(does)

    def _do(self, does: str) -> None:
        """What a key or a button means."""
        name = self._strategies[self._rows.cursor][0]
        stops = {"lighter": STOPS, "darker": -STOPS}.get(does, 0.0)
        gamma = {"more gamma": GAMMA, "less gamma": -GAMMA}.get(does, 0.0)
        if does == "leave":
            self.dismiss(None)
        elif stops or gamma or does == "blur":
            self._stops = round(min(max(self._stops + stops, -MOST), MOST), 2)
            self._gamma = round(min(max(self._gamma + gamma, LEAST_GAMMA), MOST_GAMMA), 2)
            self._blur ^= does == "blur"
            self._ask()
        elif does == "run":
            self.app.push_screen(RaceScreen(self._track, (name,)))
        elif does == "race":
            self.app.push_screen(RaceScreen(self._track, tuple(each for each, _, _ in self._strategies)))
        elif does == "why":
            self._track.page(name, self._explain)

    def _explain(self, page: Page) -> None:
        if self.is_current:
            self.app.push_screen(StrategyScreen(page))

    def _ask(self) -> None:
        width, height = self._picture.size
        if width * height:
            name = self._strategies[self._rows.cursor][0]
            self._tell()
            self._develop(
                name, self._stops, self._gamma, self._blur, (width, height), lambda made: self._take(name, made)
            )

    def _take(self, name: str, made: Plate) -> None:
        if not self.is_attached:
            return
        self._times[name] = made
        self._rows.replace(self._lines())
        if made.error:
            self._picture.show(())
            self._picture.say("It cannot run here.")
        else:
            self._picture.show(made.strips)
        self._tell()

    def _tell(self) -> None:
        name, _, summary = self._strategies[self._rows.cursor]
        blur = "   and a Gaussian blur" if self._blur else ""
        self._knobs.update(f"exposure {self._stops:+.1f} stops   gamma {self._gamma:.2f}{blur}")
        made = self._times.get(name)
        if made is None:
            self._says.update(summary)
        elif made.error:
            self._says.update(made.error)
        else:
            rate = made.megapixels / made.seconds if made.seconds else 0.0
            self._says.update(
                f"{summary}\n{made.megapixels:.2f} Mpx processed in {made.seconds * 1e3:.1f} ms ({rate:,.0f} Mpx/s), "
                f"drawn in {made.drawing * 1e3:.1f} ms"
            )

    def _lines(self) -> list[list[tuple[str, Style]]]:
        ink = self._rows.ink
        lines = []
        for name, title, _ in self._strategies:
            made = self._times.get(name)
            time = "" if made is None else "not here" if made.error else f"{made.seconds * 1e3:.1f} ms"
            rate = f"{made.megapixels / made.seconds:,.0f} Mpx/s" if made and made.seconds else ""
            lines.append(
                [
                    (f" {title:<{TITLE - 1}}"[:TITLE], ink.text),
                    (f"{time:>{TIME}}", ink.bright),
                    (f"{rate:>{TIME + 1}}", ink.muted),
                ]
            )
        return lines
