"""`python -m docs.looks`: computes the looks that come with Safelight anew, as .cube files."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(__file__).parent.parent / "engine" / "looks"
CUBE, LINE = 17, 33
"""Entries along each side of a table for all colours together, and of one for each colour by itself."""
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
"""Of Rec. 709, for lightness."""
Floats = NDArray[np.float64]


def warm_film(colours: Floats) -> Floats:
    """Softer shadows and lights, deep greens, warm lights over cool shadows: as a colour negative is printed."""
    tone = 0.03 + 0.94 * (0.35 * smooth(colours) + 0.65 * colours)
    level = (tone @ WEIGHTS)[..., np.newaxis]
    tone = level + (tone - level) * [0.95, 0.82, 0.88]
    return tone + 0.05 * smooth(level) * [1.0, 0.35, -0.9] + 0.03 * (1.0 - level) ** 2 * [-0.7, 0.15, 1.0]


def bleach_bypass(colours: Floats) -> Floats:
    """Silver left in the film: hard tones, little colour, and greys that stay grey."""
    level = (colours @ WEIGHTS)[..., np.newaxis]
    grey = smooth(level)
    return grey + (colours - level) * 0.45 * (1.0 - 0.3 * level)


def faded_print(colours: Floats) -> Floats:
    """Each dye faded by itself: lifted blacks, most of them blue, and yellowed whites."""
    return np.array([0.07, 0.06, 0.10]) + colours ** np.array([0.92, 0.97, 1.05]) * [0.90, 0.87, 0.76]


def smooth(x: Floats) -> Floats:
    """3 x^2 - 2 x^3."""
    return x * x * (3.0 - 2.0 * x)


LOOKS: dict[Callable[[Floats], Floats], int] = {warm_film: 3, bleach_bypass: 3, faded_print: 1}
"""Dimensions of each."""


def cube(look: Callable[[Floats], Floats], dimensions: int) -> str:
    """The text of its file."""
    size = CUBE if dimensions == 3 else LINE
    entries = np.linspace(0.0, 1.0, size)
    if dimensions == 3:
        blue, green, red = np.meshgrid(entries, entries, entries, indexing="ij")
    else:
        blue = green = red = entries
    found = np.clip(look(np.stack([red, green, blue], axis=-1)), 0.0, 1.0).reshape(-1, 3)
    title = look.__name__.replace("_", " ").capitalize()
    head = [f'TITLE "{title}"', "# Computed by python -m docs.looks of Safelight.", f"LUT_{dimensions}D_SIZE {size}"]
    return "\n".join([*head, *(" ".join(f"{number:.5f}" for number in row) for row in found)]) + "\n"


def main() -> None:
    """Writes them."""
    for look, dimensions in LOOKS.items():
        path = FOLDER / f"{look.__name__.replace('_', '-')}.cube"
        path.write_text(cube(look, dimensions), encoding="ascii")


if __name__ == "__main__":
    main()
