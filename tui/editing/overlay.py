"""Marks on the picture while a place of it is edited, as steps of the stack: every way of drawing shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.stack import Stack, Step
from tui.editing.draft import Place
from tui.editing.subject import Subject

HUNDRED = 100.0
DARK, LAMP, PLAIN, RED = "#000000", "#ffd500", "#ffffff", "#ff2020"
SHADE, TINT = 0.7, 0.6
"""Opacity of what is left out, and of a mask."""
CHOSEN, OTHER = 5.6, 3.6
"""Radius of a mark in percent of half the diagonal."""
EDGE = 0.8
SHARP = 0.1
"""Width of an edge, in shares, over which a shade is all there."""


def painted(colour: str, opacity: float, mask: str) -> Step:
    """One colour laid over the picture where a mask says."""
    return Step.of("duotone", {**_both(colour), "opacity": opacity, "mask": mask})


def mark(place: Place, *, chosen: bool) -> Step:
    """A disc at a place; the chosen one is larger and yellow, others are white."""
    x, y = place
    radius = CHOSEN if chosen else OTHER
    mask = f"radial {HUNDRED * x:.4g} {HUNDRED * y:.4g} {radius - EDGE:g} {radius:g}"
    return painted(LAMP if chosen else PLAIN, 1.0, mask)


def marks(places: Iterable[Place | None], chosen: int) -> list[Step]:
    """A disc at each place, the chosen one last."""
    found = [(index == chosen, place) for index, place in enumerate(places) if place is not None]
    return [mark(place, chosen=here) for here, place in sorted(found)]


def outside(corners: Sequence[Place]) -> list[Step]:
    """Shades over all that is not between corners, which go clockwise."""
    shades = []
    for (x, y), (right, down) in zip(corners, [*corners[1:], corners[0]], strict=True):
        across, along = right - x, down - y
        length = max((across * across + along * along) ** 0.5, 1e-6)
        away = x + SHARP * along / length / 20, y - SHARP * across / length / 20
        numbers = " ".join(f"{HUNDRED * each:.5g}" for each in (x, y, *away))
        shades.append(painted(DARK, SHADE, f"linear {numbers}"))
    return shades


def before(subject: Subject, *steps: Step) -> Stack:
    """The picture as the step gets it, with such marks on it."""
    return Stack((*subject.stack.steps[: subject.step], *steps))


def after(subject: Subject, step: Step, *steps: Step) -> Stack:
    """The picture as the step makes it, with marks; later steps too, but for those that move pixels elsewhere."""
    later = [each for each in subject.stack.steps[subject.step + 1 :] if not each.declaration.resizes]
    return Stack((*subject.stack.steps[: subject.step], step, *later, *steps))


def _both(colour: str) -> dict[str, float]:
    code = float(int(colour[1:], 16))
    return {"shadows": code, "highlights": code}
