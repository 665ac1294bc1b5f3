"""One picture under development: asks the engine for it and has strips made of what comes back. It holds no widget."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from tui.bridge.aim import Aim, Seen, moved, stepped, whole, zoomed
from tui.bridge.probing import Pointed, pointed, told
from tui.bridge.sides import Side, Sides
from tui.bridge.ticker import Ticker
from tui.graphics.way import Way
from tui.io import Desk, draw, tones, transfer
from tui.messages import Fact, PictureDrawn, PictureSharpened
from tui.values import Spot, View

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.engine import Engine
    from engine.run.look import Looked
    from engine.stack import Stack
    from tui.graphics.tones import Tones
    from tui.graphics.transfer import Transfer


Made: TypeAlias = "tuple[tuple[Strip, ...], Tones | None]"
"""A picture's rows, and how often each tone occurs in it."""
MIDDLE = Spot()


class Preview:
    """The image, the cells it should fill and the stack on it; every change asks anew, and the newest answer wins."""

    def __init__(
        self, tell: Callable[[Fact], object], desk: Desk, looks: Ticker, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._tell = tell
        self._desk = desk
        self._looks = looks
        self._engine: Engine | None = None
        self._stack: Stack | None = None
        self._view = View("")
        self._cells = (0, 0)
        self._way = Way()
        self._aim = Aim()
        self._ahead: tuple[str, ...] = ()
        self._changed, self._sharpening = 0.0, False
        self._generation = 0
        self._last: Looked | None = None
        self._heard: Looked | None = None
        self._strips: tuple[Strip, ...] = ()
        self._sides = Sides()
        self._settled = True

    @property
    def before(self) -> bool:
        """Whether the image is shown without the stack."""
        return self._view.before

    @property
    def aim(self) -> Aim:
        """What part of it is looked at."""
        return self._aim

    @property
    def settled(self) -> bool:
        """Whether nothing better than what is shown will come."""
        return self._settled

    def attach(self, engine: Engine, stack: Stack) -> None:
        """The engine is there."""
        self._engine = engine
        self.apply(stack)

    def collect(self) -> None:
        """Take the strips that are ready."""
        self._desk.collect()

    def close(self) -> None:
        """Draw nothing more."""
        self._desk.close()

    @property
    def path(self) -> str:
        """The image that is looked at; empty while there is none."""
        return self._view.path

    def show_image(self, path: str, stack: Stack | None = None, ahead: tuple[str, ...] = ()) -> None:
        """Show another image, perhaps with another stack: its name at once, its picture as soon as it is there."""
        self._stack = self._stack if stack is None else stack
        self._ahead = ahead
        if path != self._view.path:
            self._aim = self._aim._replace(beside=tuple(each for each in self._aim.beside if each != path))
            self._view = self._named(View(path, before=self.before))
            self._tell(PictureDrawn(None, self._view))
            self.again()

    def fit(self, columns: int, rows: int, way: Way) -> None:
        """Make pictures for so many cells, drawn in this way."""
        if (columns, rows, way) != (*self._cells, self._way):
            self._cells, self._way = (columns, rows), way
            self.again()

    def apply(self, stack: Stack) -> None:
        """Show what this stack does."""
        self._stack = stack
        self.again()

    def compare(self, before: bool) -> None:
        """Show the image as it is, or with the stack; at once where it was drawn before and nothing has changed."""
        if before == self.before:
            return
        side = self._sides.of(before) if self._settled else None
        if side is not None:
            self._looks.pause()
            self._last, self._strips, self._view = side.looked, side.strips, side.view
            for fact in side.facts():
                self._tell(fact)
            return
        self._view = self._view._replace(before=before)
        self._tell(PictureDrawn(None, self._view))
        self._look_anew()

    def take_aim(self, aim: Aim) -> None:
        """Look at another part, otherwise turned, or at other pictures beside it."""
        if aim != self._aim:
            self._aim = aim
            self._view = self._named(self._view)
            self._tell(PictureDrawn(None, self._view))
            self.again()

    def zoom(self, steps: int, spot: Spot = MIDDLE) -> None:
        """Go so many steps nearer, what is at the spot staying there; 0 for pixel by pixel, or all of it again."""
        seen = self._seen()
        if seen is not None:
            wanted = stepped(seen, steps, whole(seen, self._cells)) if steps else float(not self._aim.zoom)
            self.take_aim(zoomed(self._aim, seen, wanted, spot) if wanted else self._aim._replace(zoom=0.0))

    def pan(self, columns: float, rows: float) -> None:
        """Show what lies so many cells further right and down."""
        seen = self._seen()
        if seen is not None and self._aim.zoom:
            self.take_aim(moved(self._aim, seen, columns, rows))

    def probe(self, spot: Spot | None) -> None:
        """Tell the pixel of the picture that is there; nothing where that is nowhere."""
        probe = "" if spot is None or self._last is None else told(self._last, spot, alone=not self._aim.beside)
        if probe != self._view.probe:
            self._view = self._view._replace(probe=probe)
            self._tell(PictureDrawn(None, self._view))

    def pointed(self, spot: Spot) -> Pointed:
        """What the picture has there."""
        return Pointed() if self._last is None else pointed(self._last, spot, self._aim)

    @property
    def _finest(self) -> tuple[int, int]:
        """Pixels of a cell, across and down, once the picture is sharp."""
        return self._way.cell if self._way.pixels else self._way.grain

    def _seen(self) -> Seen | None:
        """What is on the screen; None before the first picture."""
        width, height = self._view.result
        if self._last is None or not width * height:
            return None
        zoom = self._aim.zoom or self._view.across / width
        return Seen(self._last.window, (width, height), zoom, self._finest) if zoom else None

    def _named(self, view: View) -> View:
        """With what there is to say of the aim."""
        aim = self._aim
        return view._replace(zoom=aim.zoom, split=aim.split, beside=aim.beside, probe="")

    def again(self) -> None:
        """Ask for the picture that should be on the screen now: what is there of either side is so no longer."""
        self._sides.forget()
        self._look_anew()

    def _look_anew(self) -> None:
        self._changed, self._sharpening = self._clock(), False
        across, down = self._way.grain
        self._ask(self._cells[0] * across, self._cells[1] * down)

    def _ask(self, width: int, height: int) -> None:
        if self._engine is None or self._stack is None or not self._view.path or not width * height:
            return
        from engine.run.look import Look, Pane
        from engine.stack import Stack

        self._generation += 1
        self._settled = False
        stack = Stack() if self.before else self._stack
        aim = self._aim
        look = Look(
            generation=self._generation,
            path=self._view.path,
            width=width,
            height=height,
            stack=stack,
            zoom=aim.zoom * width / max(self._cells[0] * self._finest[0], 1),
            centre=aim.centre,
            turns=aim.turns,
            beside=tuple(Pane(path, stack) for path in aim.beside),
            split=aim.split and not self.before and not aim.beside,
            ground=self._way.ground,
            ahead=self._ahead,
        )
        self._engine.look(look)
        self._looks.resume()

    def tick(self, quiet: bool = True) -> None:
        """While a picture is outstanding: take what the engine has, and stand still when it is settled.

        `quiet` is whether the terminal has answered for all that it was sent, so that the line is measured.
        """
        if self._engine is None:
            return
        looked, waiting = self._engine.looked(), self._engine.readiness()
        if looked is not None and looked is not self._heard and looked.path == self._view.path:
            self._last = self._heard = looked
            self._draw(looked)
        final = looked is not None and self._is_final(looked)
        if looked is not None and final and (quiet or self._way.parts or self._sharpening):
            self._rest(looked)
        self._say("" if final else waiting)

    def _rest(self, looked: Looked) -> None:
        """Sharpen the picture once nothing has changed for a while; then stand still."""
        if not self._way.twice or self._sharpening or looked.error:
            self._looks.pause()
        elif self._clock() - self._changed >= self._way.rest:
            self._sharpening = True
            if self._way.pixels:
                across, down = self._way.cell
                self._ask(self._cells[0] * across, self._cells[1] * down)
            else:
                self._draw(looked)

    def _say(self, state: str) -> None:
        if state != self._view.state:
            self._view = self._view._replace(state=state)
            self._tell(PictureDrawn(None, self._view))

    def _is_final(self, looked: Looked) -> bool:
        """Whether this answers the newest look, and nothing better will come for it."""
        if looked.generation != self._generation:
            return False
        plain = self.before or self._stack is None or not any(step.on for step in self._stack.steps)
        return bool(looked.error) or (not looked.coarse and (looked.filtered or plain))

    def _draw(self, looked: Looked) -> None:
        """Have it drawn in the background; an error needs no drawing."""
        pixels, way = looked.pixels, self._way
        if looked.error:
            self._drawn(looked, way, ((), None))
        elif not self._sharpening or not way.pixels:
            coarse = 0 if self._sharpening else way.coarse
            drawn = partial(self._drawn, looked, way, coarse=bool(coarse))
            self._desk.ask("strips", lambda: [(draw(pixels, way, coarse or way.sharp), tones(pixels))], drawn)
        elif self._is_final(looked):
            self._desk.ask("strips", lambda: [transfer(pixels, way)], partial(self._sharpened, looked))

    def _sharpened(self, looked: Looked, made: Transfer | None) -> None:
        """Have a picture of pixels sent, unless it would not fit or is no longer asked for."""
        if self._sharpening and looked.generation == self._generation:
            self._settled = True
            self._keep(looked, self._strips, made)
            if made is not None:
                self._tell(PictureSharpened(made))

    def _keep(self, looked: Looked, strips: tuple[Strip, ...], made: Transfer | None = None) -> None:
        self._strips = strips
        if self._settled:
            self._sides.keep(Side(looked, strips, self._view, made))

    def _drawn(self, looked: Looked, way: Way, made: Made, *, coarse: bool = False) -> None:
        """Tell of the picture, unless another image was chosen since."""
        if looked.path != self._view.path:
            return
        self._settled = self._is_final(looked) and (self._sharpening or not self._way.twice)
        width = 0 if looked.error else looked.pixels.shape[1]
        if way.pixels:
            width = min(width * way.cell[0] // way.grain[0], looked.width)
        if self._aim.zoom:
            width = round(self._aim.zoom * looked.width)
        self._view = self._view._replace(
            width=looked.source_width,
            height=looked.source_height,
            result=(looked.width, looked.height),
            across=width,
            notes=looked.notes,
            error=looked.error,
            tones=made[1],
        )
        self._tell(PictureDrawn(made[0], self._view, coarse))
        self._keep(looked, made[0])
