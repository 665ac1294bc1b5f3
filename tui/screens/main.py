"""The main screen: images, picture, stack and engine, folded where there is little room. It asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from tui.messages import (
    BatchMoved,
    CullMoved,
    EnterPane,
    Fact,
    FactsRead,
    ImageChanged,
    ImagesCulled,
    ImagesFound,
    ImagesGone,
    KeysFound,
    NoticeGiven,
    PictureDrawn,
    StackChanged,
)
from tui.notices import Notices
from tui.values import Cull, Entry, Thumbs, View
from tui.widgets.caption import Caption
from tui.widgets.culled_list import CulledList, summary
from tui.widgets.engine_panel import EnginePanel
from tui.widgets.figures import count
from tui.widgets.flicker import Flicker
from tui.widgets.key_bar import KeyBar
from tui.widgets.picture import Picture
from tui.widgets.slides import Slides
from tui.widgets.stack_panel import StackPanel
from tui.widgets.thumb_grid import ThumbGrid
from tui.widgets.title_bar import TitleBar
from tui.widgets.tone_graph import ToneGraph

if TYPE_CHECKING:
    from engine.telemetry import Snapshot
    from tui.graphics.way import Way

UNCOVERED = 1.0
"""Seconds until what a dialog has covered is sharp again: people open another one, or move on."""


class MainScreen(Screen[None], inherit_bindings=False):
    """Puts facts into the widgets and knows which pane has the keys."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-broad")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-middle"), (36, "-high")]
    ALLOW_SELECT = False
    AUTO_FOCUS = ""

    def __init__(self, place: str) -> None:
        """`place` is what the title names, harmless for a terminal."""
        super().__init__()
        self._place = place
        self.pane = "images"
        """The pane that has the keys: `images` or `stack`."""
        self.awaiting: Callable[[], bool] | None = None
        """Asked when more images have come, until it has what it waits for."""
        self.notices = Notices()
        """What was told since the app was opened."""
        self.title_bar = TitleBar()
        self.title_bar.place = place
        self.images = CulledList(id="images")
        self.wall = ThumbGrid(self.images, id="wall")
        self.images.mirror, self.images.window = self.wall.follow, self.wall.window
        self.picture = Picture(id="picture")
        self.tones = ToneGraph()
        self.caption = Caption()
        self.stack = StackPanel(id="stack")
        self.engine = EnginePanel(id="engine")
        self.key_bar = KeyBar()
        self.slides = Slides(self, self.images)
        self.flicker = Flicker(self)

    def compose(self) -> ComposeResult:
        """Title, the three panes, the engine, the keys."""
        yield self.title_bar
        with Horizontal(id="body"):
            yield self.images
            yield self.wall
            with Vertical(id="view"):
                yield self.picture
                yield self.tones
                yield self.caption
            yield self.stack
        yield self.engine
        yield self.key_bar

    def on_mount(self) -> None:
        """The images have the keys first."""
        self.enter("images")

    def enter(self, pane: str) -> None:
        """Give the keys to a pane, and show it where there is room for one of the two only."""
        self.pane = pane
        self.set_class(pane == "stack", "-on-stack")
        self.images.activate(pane == "images")
        self.stack.activate(pane == "stack")

    def go_to(self, place: str) -> None:
        """Another place, of which nothing is known yet."""
        self._place = place
        self.title_bar.show(place, "")
        self.images.empty_out()
        self.remove_class("-cull")
        self.wall.forget()

    @property
    def thumbs(self) -> Thumbs:
        """Where thumbnails are shown."""
        return "wall" if self.has_class("-wall") else "beside" if self.has_class("-beside") else "none"

    def show_thumbs(self, thumbs: Thumbs) -> None:
        """Show thumbnails in place of all else, beside the names, or nowhere."""
        self.enter("images")
        self.set_class(thumbs == "wall", "-wall")
        self.set_class(thumbs == "beside", "-beside")
        self.wall.lay(beside=thumbs == "beside")

    def show_culled(self, cull: Cull | None) -> None:
        """Show groups of images that are much the same instead of all; None for all again."""
        self.enter("images")
        if cull is not None and self.thumbs == "beside":
            self.show_thumbs("none")
        self.set_class(cull is not None, "-cull")
        self.images.show_culled(cull)

    def _culled(self, cull: Cull) -> None:
        """Groups are shown to whoever waits for them; who is busy with something else is told."""
        if self.pane == "images" and self.app.screen is self:
            self.show_culled(cull)
            command, what = (
                ("reject_others", "rejects all but the best") if cull.groups else ("cull", "shows all again")
            )
        else:
            self.images.found(cull)
            command, what = "cull", "shows them"
        self.say(f"{summary(cull)} {_key(command)} {what}.")

    def _scored(self, snapshot: Snapshot, names: tuple[str, ...]) -> None:
        """The threads at work are shown unless a batch is."""
        self.images.scored(snapshot.total - snapshot.left, snapshot.total)
        shown = self.engine.snapshot
        if shown is None or shown.state.over or shown.batch == snapshot.batch:
            self.engine.show(snapshot, names)

    @property
    def across(self) -> int:
        """Images beside each other."""
        return self.wall.across if self.thumbs == "wall" else 1

    @property
    def page(self) -> int:
        """Images in view."""
        return self.images.page if self.thumbs == "none" else self.wall.page

    def on_resize(self, event: events.Resize) -> None:
        """The engine's share of the screen is another."""
        self.engine.fit()

    def on_enter_pane(self, message: EnterPane) -> None:
        """The mouse chose a pane."""
        self.enter(message.pane)

    def uncover(self, dialog: Screen[Any], way: Way) -> None:
        """A dialog goes: where pictures come coarse first and are many bytes to draw again, so does what it covered."""
        if way.coarse and way.protocol != "kitty":
            # Textual keeps notices and tips beside the box, which have no size.
            covered = (child.region.intersection(self.picture.region) for child in dialog.children)
            boxes = [each for each in covered if each]
            self.picture.uncover(Region.from_union(boxes) if boxes else Region(), UNCOVERED)

    def receive(self, fact: Fact) -> None:
        """Show what has become true; one frame for each fact."""
        with self.app.batch_update():
            match fact:
                case ImagesFound(entries, complete, error):
                    self._found(entries, complete, error)
                case FactsRead(facts):
                    self.images.fill(facts)
                case ImagesGone(places):
                    self.images.drop(places)
                    self.title_bar.show(self._place, count(self.images.total, "image"))
                case ImageChanged(path):
                    self.images.forget(path)
                case KeysFound(order, keys):
                    self.images.rank(order, keys)
                case PictureDrawn(strips, view, coarse):
                    self._drawn(strips, view, coarse=coarse)
                case StackChanged(steps, step, shared):
                    self.stack.shared = shared
                    self.stack.show(steps, step)
                case BatchMoved(snapshot, names):
                    self.engine.show(snapshot, names)
                case CullMoved(snapshot, names):
                    self._scored(snapshot, names)
                case ImagesCulled(cull):
                    self._culled(cull)
                case NoticeGiven(text, alarm, command):
                    self.say(text.replace("{key}", _key(command)) if command else text, alarm)

    def _found(self, entries: tuple[Entry, ...], complete: bool, error: str) -> None:
        self.images.extend(entries, complete, error)
        if self.awaiting is not None and self.awaiting():
            self.awaiting = None
        self.title_bar.show(self._place, count(self.images.total, "image") + ("" if complete else "…"))
        if complete and not self.images.total:
            # The lowest line may be too short for why there are none.
            self.picture.say(self.images.error)
        if error:
            self.say(error, alarm=True)

    def say(self, text: str, alarm: bool = False) -> None:
        """Show a notice in the lowest line until the next key, and keep it for the log."""
        self.notices.add(text, alarm)
        self.key_bar.say(text, alarm)

    def _drawn(self, strips: tuple[Strip, ...] | None, view: View, *, coarse: bool) -> None:
        if strips is not None:
            self.picture.say(view.error if view.path else self.images.error)
            self.picture.show(strips, coarse=coarse)
        self.notices.add(view.error, alarm=True)
        self.tones.show(view.tones)
        self.caption.show(view)


def _key(command: str) -> str:
    """The key of a command as it is bound now."""
    from tui.commands import commands
    from tui.commands.keys import first_key

    return first_key(commands()[command], "") or "The palette"
