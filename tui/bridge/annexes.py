"""The parts of the bridge that need neither its stack nor its engine to begin with. Each has threads of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.bridge.bringing import Bringing, Send
from tui.bridge.comparing import Comparing
from tui.bridge.configuring import Configuring
from tui.bridge.culling import Culling
from tui.bridge.jobs import Jobs
from tui.bridge.laboratory import Laboratory
from tui.bridge.ordering import Ordering
from tui.bridge.part import Part
from tui.bridge.racing import Racing
from tui.bridge.recalling import Recalling
from tui.bridge.restoring import Restoring
from tui.bridge.sampling import Sampling
from tui.bridge.shelving import Shelving
from tui.bridge.thumbs import Thumbs
from tui.bridge.watching import Watching
from tui.io import Desk
from tui.messages import Fact

DRAWERS = 2
"""Threads that draw thumbnails: more would take the cores from the picture that is looked at."""


class Annexes:
    """They tell facts by `tell`, and have `wake` called when there is something to collect."""

    def __init__(
        self, tell: Callable[[Fact], object], wake: Callable[[], object], paths: Sequence[str], send: Send
    ) -> None:
        self.home = Bringing(tell, Desk("home", wake), send)
        self.ordering = Ordering(tell, Desk("ordering", wake))
        self.culling = Culling(tell, Desk("culling", wake))
        self.comparing = Comparing(Desk("comparing", wake))
        self.laboratory = Laboratory(Desk("laboratory", wake))
        self.racing = Racing(Desk("race", wake), Desk("race errands", wake))
        self.jobs = Jobs(Desk("jobs", wake))
        self.sampling = Sampling(Desk("sampling", wake))
        self.shelving = Shelving(tell, Desk("shelf", wake))
        self.watching = Watching(Desk("watching", wake), paths)
        self.thumbs = Thumbs([Desk(f"thumbs {number}", wake) for number in range(DRAWERS)])
        self._memory = Desk("own", wake)
        self.configuring = Configuring(tell, self._memory)
        self.recalling = Recalling(self._memory)
        self.restoring = Restoring(self._memory, paths)

    @property
    def annexes(self) -> tuple[Part, ...]:
        """All of them."""
        return (
            *(self.home, self.ordering, self.culling, self.comparing, self.laboratory, self.jobs, self.sampling),
            *(self.racing, self.shelving, self.watching, self.thumbs, self._memory),
        )
