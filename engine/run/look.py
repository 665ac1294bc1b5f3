"""What a person wants to look at, and what there is to see: values between the screen and the preview thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from engine.run.window import WHOLE, Window
from engine.stack import Stack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.plan import LightMode


class Pane(NamedTuple):
    """One picture of several that are looked at together."""

    path: str
    stack: Stack


@dataclass(frozen=True, slots=True)
class Look:
    """A picture with a stack, to fit into width x height pixels; or a part of it, or several side by side."""

    generation: int
    """Grows with every look; the newest wins."""
    path: str
    width: int
    height: int
    stack: Stack
    light: LightMode = "linear"
    zoom: float = 0.0
    """Pixels of the screen for each pixel of the result; 0 fits the whole picture in."""
    centre: tuple[float, float] = (0.5, 0.5)
    """The middle of what is shown, in shares across and down, where that is not all."""
    turns: int = 0
    """Quarter turns to the right, for viewing only."""
    beside: tuple[Pane, ...] = ()
    """Pictures beside this one, shown at the same zoom and centre."""
    split: bool = False
    """The left half of the picture is shown without the stack, for comparison."""
    ground: tuple[int, int, int] = (0, 0, 0)
    """Red, green and blue between pictures."""
    ahead: tuple[str, ...] = ()
    """Pictures that are likely to be looked at next: read and reduced once this one is there."""

    @property
    def panes(self) -> tuple[Pane, ...]:
        """All that is looked at."""
        return (Pane(self.path, self.stack), *self.beside)


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """The answer to a look, as good as it was at that moment."""

    generation: int
    path: str
    pixels: NDArray[np.uint8]
    """H x W x 3, sRGB; what is transparent shows a dark chequered ground. Empty (0 x 0 x 3) with an error."""
    coarse: bool
    """Whether a sharper one of the same look follows."""
    filtered: bool
    """Whether the stack has been applied."""
    source_width: int = 0
    source_height: int = 0
    width: int = 0
    """Of the whole image as it is shown: turned, and after the stack, where that has been applied."""
    height: int = 0
    window: Window = WHOLE
    """The part of it that is shown."""
    notes: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0
    """From the look to this answer."""
