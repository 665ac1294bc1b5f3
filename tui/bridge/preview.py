"""One picture under development: asks the engine for it and has strips made of what comes back. It holds no widget."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.bridge.ticker import Ticker
from tui.io import Desk, draw
from tui.messages import Fact, PictureDrawn, View

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.engine import Engine
    from engine.run.look import Looked
    from engine.stack import Stack
    from tui.output.colours import Depth


class Preview:
    """The image, the cells it should fill and the stack on it; every change asks anew, and the newest answer wins."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk, looks: Ticker) -> None:
        self._tell = tell
        self._desk = desk
        self._looks = looks
        self._engine: Engine | None = None
        self._stack: Stack | None = None
        self._view = View("")
        self._cells = (0, 0)
        self._depth: Depth = "truecolor"
        self._generation = 0
        self._last: Looked | None = None
        self._settled = True

    @property
    def before(self) -> bool:
        """Whether the image is shown without the stack."""
        return self._view.before

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

    def show_image(self, path: str) -> None:
        """Show another image: its name at once, its picture as soon as it is there."""
        if path != self._view.path:
            self._view = View(path, before=self.before)
            self._tell(PictureDrawn(None, self._view))
            self._look()

    def fit(self, columns: int, rows: int, depth: Depth) -> None:
        """Make pictures for so many cells, in so many colours."""
        if (columns, rows, depth) != (*self._cells, self._depth):
            self._cells, self._depth = (columns, rows), depth
            self._look()

    def apply(self, stack: Stack) -> None:
        """Show what this stack does."""
        self._stack = stack
        self._look()

    def compare(self, before: bool) -> None:
        """Show the image as it is, or with the stack."""
        self._view = self._view._replace(before=before)
        self._tell(PictureDrawn(None, self._view))
        self._look()

    def _look(self) -> None:
        """Ask for the picture that should be on the screen now."""
        columns, rows = self._cells
        if self._engine is None or self._stack is None or not self._view.path or not columns * rows:
            return
        from engine.run.look import Look
        from engine.stack import Stack

        self._generation += 1
        self._settled = False
        stack = Stack() if self.before else self._stack
        self._engine.look(Look(self._generation, self._view.path, columns, 2 * rows, stack, "linear"))
        self._looks.resume()

    def tick(self) -> None:
        """While a picture is outstanding: take what the engine has, and stand still when it is settled."""
        if self._engine is None:
            return
        looked, waiting = self._engine.looked(), self._engine.readiness()
        if looked is not None and looked is not self._last and looked.path == self._view.path:
            self._last = looked
            self._draw(looked)
        final = looked is not None and self._is_final(looked)
        if final:
            self._looks.pause()
        self._say("" if final else waiting)

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
        """Have strips made of it; an error needs none."""
        if looked.error:
            self._drawn(looked, ())
        else:
            pixels, depth = looked.pixels, self._depth
            self._desk.ask("strips", lambda: [draw(pixels, depth)], partial(self._drawn, looked))

    def _drawn(self, looked: Looked, strips: tuple[Strip, ...]) -> None:
        """Tell of the picture, unless another image was chosen since."""
        if looked.path != self._view.path:
            return
        self._settled = self._is_final(looked)
        height, width = (0, 0) if looked.error else looked.pixels.shape[:2]
        self._view = self._view._replace(
            width=looked.source_width,
            height=looked.source_height,
            result=(looked.width, looked.height),
            columns=width,
            rows=height,
            notes=looked.notes,
            error=looked.error,
        )
        self._tell(PictureDrawn(strips, self._view))
