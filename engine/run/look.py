"""What a person wants to look at, and what there is to see: values between the screen and the preview thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.stack import Stack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.plan import LightMode


@dataclass(frozen=True, slots=True)
class Look:
    """A picture with a stack, to fit into width x height pixels."""

    generation: int
    """Grows with every look; the newest wins."""
    path: str
    width: int
    height: int
    stack: Stack
    light: LightMode = "linear"


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
    """Of the whole image as it is shown: after the stack, where that has been applied."""
    height: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""
    seconds: float = 0.0
    """From the look to this answer."""
