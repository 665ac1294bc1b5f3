"""What widgets ask for, passed on to the bridge. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.io import Desk, read_facts
from tui.messages import (
    Fact,
    FactsRead,
    FitPicture,
    PanPicture,
    ProbePicture,
    ReadFacts,
    SetValue,
    ShowImage,
    SwitchStep,
    ZoomPicture,
)
from tui.output.app import CellApp
from tui.widgets.thumb_grid import ThumbGrid

if TYPE_CHECKING:
    from textual.strip import Strip

    from tui.bridge import Bridge
    from tui.graphics.sight import Sight
    from tui.screens.main import MainScreen
    from tui.values import Facts


class Intents(CellApp[int], inherit_bindings=False):
    """The part of the app that hears of them."""

    bridge: Bridge
    sight: Sight
    has_started: bool
    place_number: int
    main: MainScreen
    _headers: Desk

    def tell(self, fact: Fact) -> None:
        """Give a fact to the main screen."""
        raise NotImplementedError

    def show_hints(self) -> None:
        """Offer the keys that matter where a person is now."""
        raise NotImplementedError

    def _read(self, wanted: Mapping[int, str]) -> None:
        number = self.place_number

        def tell(facts: Mapping[int, Facts]) -> None:
            if number == self.place_number:
                self.tell(FactsRead(facts))

        self._headers.ask("facts", lambda: read_facts(wanted), tell)

    def on_read_facts(self, message: ReadFacts) -> None:
        """Rows came into view; before the first frame is out, that can wait."""
        if self.has_started:
            self._read(message.wanted)

    def on_read_ratings(self) -> None:
        """A rating is sought; in the list's order as well, if that is what it is by."""
        if self.has_started:
            self.bridge.ordering.rate(self.main.images.entries)

    def on_show_image(self, message: ShowImage) -> None:
        """Another image is under the cursor."""
        if self.has_started:
            self.bridge.show_image(message.path, message.ahead)

    def on_fit_picture(self, message: FitPicture) -> None:
        """The picture has another size."""
        if self.has_started:
            self.bridge.preview.fit(message.columns, message.rows, self.sight.way())

    def on_zoom_picture(self, message: ZoomPicture) -> None:
        """The mouse goes nearer, or further away."""
        if self.has_started:
            self.bridge.preview.zoom(message.steps, message.spot)

    def on_pan_picture(self, message: PanPicture) -> None:
        """The mouse pulls the picture."""
        if self.has_started:
            self.bridge.preview.pan(message.columns, message.rows)

    def on_probe_picture(self, message: ProbePicture) -> None:
        """The mouse points at a pixel, or no longer at any."""
        if self.has_started:
            self.bridge.preview.probe(message.spot)

    def on_thumb_grid_wanted(self, message: ThumbGrid.Wanted) -> None:
        """Thumbnails came into view."""
        if self.has_started:
            number = self.place_number

            def fill(drawn: Mapping[int, tuple[Strip, ...]]) -> None:
                if number == self.place_number:
                    self.main.wall.fill(drawn, message.size)

            self.bridge.thumbs.draw(message.images, message.size, self.sight.way(), fill)

    def on_set_value(self, message: SetValue) -> None:
        """The mouse pulls a knob."""
        self.bridge.set_value(message.step, message.parameter, message.value)

    def on_switch_step(self, message: SwitchStep) -> None:
        """The mouse switched a filter."""
        self.bridge.switch(message.step)

    def on_enter_pane(self) -> None:
        """The mouse chose a pane, and the main screen has given it the keys."""
        if self.has_started:
            self.show_hints()
