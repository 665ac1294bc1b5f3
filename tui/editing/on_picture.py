"""What all drafts share whose handles lie on the picture. It draws none."""

from __future__ import annotations

from abc import abstractmethod

from tui.editing.draft import Draft, Place

REACH = 0.08
"""Share of the picture's sides within which the mouse takes hold of a handle."""


class OnPicture(Draft):
    """Handles with places on the picture, for the mouse."""

    @property
    @abstractmethod
    def places(self) -> tuple[Place | None, ...]:
        """Where each handle is; None for one that is nowhere."""

    @abstractmethod
    def drag(self, place: Place) -> None:
        """Bring the chosen handle there."""

    def grab(self, place: Place) -> None:
        """Choose the nearest handle, where one is near, and bring the chosen one there."""
        aways = {
            index: max(abs(each[0] - place[0]), abs(each[1] - place[1]))
            for index, each in enumerate(self.places)
            if each is not None
        }
        nearest = min(aways, key=aways.__getitem__, default=self.chosen)
        if aways and (aways[nearest] <= REACH or self.places[self.chosen] is None):
            self.chosen = nearest
        self.drag(place)
