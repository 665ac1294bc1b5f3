"""Images as rows: which of them, and in which order. It draws none and reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from tui.messages import ReadRatings
from tui.values import Entry, Order
from tui.widgets.finding import Finding
from tui.widgets.narrowing import having, is_rated, sought


class Arranged(Finding):
    """Every image keeps its place among all; the rows are those places, narrowed and in order."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.begin_anew()

    def begin_anew(self) -> None:
        """With no image."""
        self.entries: list[Entry] = []
        self.view: list[int] = []
        """The images to be seen, as places among all of them, in the order of the rows."""
        self.gone: set[int] = set()
        """Images that are no longer in the folder; the others keep their places."""
        self.order: Order = "name"
        """What the rows are in order by; of those of which it is not known yet, by name, at the end."""
        self.backwards = False
        """Whether that is the other way round."""
        self._keys: dict[int, float] = {}
        self._ratings: dict[int, int] = {}
        self._asked = False
        """Whether ratings were asked for."""
        self.letters, self.typing = "", False
        self.count = self.cursor = self.top = 0

    @property
    def current(self) -> Entry | None:
        """The image under the cursor."""
        return self.entries[self.view[self.cursor]] if self.view else None

    def narrow(self, letters: str) -> None:
        """Show the images whose names have these letters, the cursor on the same one as before if it is among them."""
        if sought(letters)[0] and not self._asked:
            self._asked = True
            self.post_message(ReadRatings())
        before = self.current
        place = self.view[self.cursor] if self.view else -1
        self.letters = letters
        self.view = self._arranged(range(len(self.entries)))
        self.count = len(self.view)
        self.cursor = self.view.index(place) if place in self.view else 0
        self._reveal()
        self.shown()
        self.refresh()
        if self.view and self.current is not before:
            self.chosen(self.cursor)

    def sort(self, order: Order) -> None:
        """Put the images in another order, as soon as it is known; by name at once."""
        self.order, self.backwards, self._keys = order, False, {}
        self._arrange()

    def reverse(self) -> None:
        """Put the images in the same order the other way round."""
        self.backwards = not self.backwards
        self._arrange()

    def rank(self, order: Order, keys: Mapping[int, float]) -> None:
        """What some images are put in order by, by their places among all."""
        if order == "rating":
            self._ratings = {place: round(-key) for place, key in keys.items()} | self._ratings
        if order == self.order:
            self._keys.update(keys)
            self._arrange()
        if order == "rating" and sought(self.letters)[0]:
            self.narrow(self.letters)

    def put_in_order(self, ranks: Iterable[int]) -> None:
        """Images came later than the others: by name they are among them, not below."""
        if self.order == "name":
            self._keys = {place: float(rank) for rank, place in enumerate(ranks)}
        self._arrange()

    def _arrange(self) -> None:
        """Sort the rows, the cursor going with its image."""
        place = self.view[self.cursor] if self.view else -1
        self.view = self._arranged(self.view)
        self.cursor = self.view.index(place) if self.view else 0
        self._reveal()
        self.shown()
        self.refresh()

    def _arranged(self, places: Iterable[int]) -> list[int]:
        """Those of the images that are to be seen, in order."""
        places = [place for place in places if place not in self.gone] if self.gone else places
        return self._narrowed(self._sorted(places))

    def _narrowed(self, places: list[int]) -> list[int]:
        """Those that are sought."""
        stars, letters = sought(self.letters)
        if stars:
            places = [place for place in places if is_rated(stars, self._ratings.get(place, 0))]
        return having(letters, [each.name for each in self.entries], places) if letters else places

    def _sorted(self, places: Iterable[int]) -> list[int]:
        """In order, those of which it is not known at the end."""
        way = -1 if self.backwards else 1
        if not self._keys:
            return sorted(places, reverse=self.backwards and self.order == "name")
        return sorted(places, key=lambda place: (way * self._keys[place] if place in self._keys else inf, place))
