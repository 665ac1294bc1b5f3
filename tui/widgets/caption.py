"""The line under the picture: name, pixels, scale, what is under way and what the engine has to say. Text only."""

from textwrap import wrap

from textual.strip import Strip
from textual.widget import Widget

from engine.files.name import show
from tui.theme import Inks, inks
from tui.values import View
from tui.widgets.figures import megapixels, scale
from tui.widgets.line import Line, fit

ROOM_FOR_MEASURES, ROOM_FOR_BOTH, SHORTEST_NAME = 44, 60, 8


class Caption(Widget):
    """The image's name and measures, then what there is to say; that goes first where there is little room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view: View | None = None

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    def show(self, view: View | None) -> None:
        """Tell about another picture."""
        if view != self.view:
            self.view = view
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Name and measures, or a line of what there is to say."""
        width, ink, view = self.size.width, self.ink, self.view
        if view is None:
            return Strip.blank(width, ink.ground)
        height = self.size.height
        said = self._said(view, width, height)
        first = len(said) < height
        if y == 0 and first:
            return self._measures(view, width).strip(width, ink.ground)
        here = y - first
        return (said[here] if here < len(said) else Line()).strip(width, ink.ground)

    def _measures(self, view: View, width: int) -> Line:
        ink, measures = self.ink, ""
        before = "  before" if view.before else "  before│after" if view.split and not view.beside else ""
        if view.width and width >= ROOM_FOR_MEASURES and not view.beside:
            shown = view.result if all(view.result) else (view.width, view.height)
            measures = f"{shown[0]} × {shown[1]}   {megapixels(shown[0] * shown[1])} MP"
            if shown != (view.width, view.height):
                source = f"{view.width} × {view.height} " if width >= ROOM_FOR_BOTH else ""
                measures = f"{source}→ {measures}"
            if view.across:
                measures += f"   {scale(view.across / shown[0])}"
        room = width - len(measures) - len(before) - 4
        room = max(room, SHORTEST_NAME)
        name = show(view.path.rpartition("/")[2], room)
        others = "".join(f" │ {show(path.rpartition('/')[2])}" for path in view.beside)
        line = Line().add(" " + fit(name + others, room).rstrip(), ink.text)
        return line.add(before, ink.key).right(measures + " ", ink.muted)

    def _said(self, view: View, width: int, height: int) -> list[Line]:
        """What is under way, else the notes, in at most so many lines."""
        if view.state:
            text, style = view.state, self.ink.lamp
        elif view.probe:
            text, style = view.probe, self.ink.text
        else:
            text, style = "; ".join(view.notes), self.ink.muted
        if not text or height <= bool(view.notes or view.probe):
            return []
        lines = wrap(text, width - 2, max_lines=height, placeholder=" …")
        return [Line().add(f" {line}", style) for line in lines]
