"""What pictures in half blocks cost, beside Textual's own way to write them, on photographs and parts of them."""

import statistics
from collections.abc import Iterator
from io import StringIO
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.color import Color
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tests.line.figures import Figure
from tests.line.session import ROOT
from tests.tui.graphics.test_drawing import bytes_of, seen
from tui.graphics.canvas import draw
from tui.graphics.palette import colours_seen
from tui.graphics.way import Way

COLUMNS, ROWS, COUNT = 80, 47, 20
THIN = 20_000
Pixels = NDArray[np.uint8]


def photographs() -> Iterator[Pixels]:
    """Every photograph that comes along, and then the middles of them, squeezed to half blocks."""
    files = sorted(path for path in (ROOT / "images").iterdir() if path.suffix in (".jpg", ".png", ".webp"))
    for share in (1.0, 0.4):
        for path in files:
            whole = Image.open(path).convert("RGB")
            across, down = (int(side * (1 - share) / 2) for side in whole.size)
            part = whole.crop((across, down, whole.width - across, whole.height - down))
            yield np.asarray(part.resize((COLUMNS, 2 * ROWS), Image.Resampling.LANCZOS))


def by_textual(pixels: Pixels, system: Literal["truecolor", "256"]) -> int:
    """Bytes that Textual writes for the same picture, one segment a cell."""
    console = Console(file=StringIO(), color_system=system, force_terminal=True, width=COLUMNS)
    total = 0
    for top, bottom in zip(pixels[::2].tolist(), pixels[1::2].tolist(), strict=True):
        cells = [
            Segment("▀", Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower)))
            for upper, lower in zip(top, bottom, strict=True)
        ]
        total += len(Strip(cells).render(console).encode())
    return total


def error(pixels: Pixels, shown: Pixels) -> float:
    """The mean distance of colours in Oklab (Ottosson 2020)."""
    return float(np.sqrt(((colours_seen(pixels) - colours_seen(shown)) ** 2).sum(axis=-1)).mean())


def cells() -> list[Figure]:
    """Medians over twenty, and the worst."""
    pictures = [pixels for _, pixels in zip(range(COUNT), photographs(), strict=False)]
    rows = []
    aims: tuple[tuple[Literal["truecolor", "256"], float, float], ...] = (("truecolor", 0.9, 1.0), ("256", 0.33, 0.65))
    for depth, share, most in aims:
        ours = [bytes_of(draw(pixels, Way(depth=depth), 1 << 30)) for pixels in pictures]
        theirs = [by_textual(pixels, depth) for pixels in pictures]
        median, usual = statistics.median(ours), statistics.median(theirs)
        told = f"{median / 1000:.1f} of {usual / 1000:.1f} kB, worst {max(ours) / 1000:.1f} ({COUNT} pictures)"
        holds = median <= share * usual and max(ours) <= most * usual
        rows.append(Figure("any", f"80 x 47 half blocks, {depth}, median", f"{share} of Textual's", told, holds))
    thin = [draw(pixels, Way(), THIN) for pixels in pictures]
    sizes = [bytes_of(strips) for strips in thin]
    errors = [error(pixels, seen(strips)) for strips, pixels in zip(thin, pictures, strict=True)]
    told = f"worst {max(sizes) / 1000:.1f} kB; error in Oklab {statistics.median(errors):.3f}, worst {max(errors):.3f}"
    return [*rows, Figure("any", "80 x 47 half blocks, thin", "20 kB", told, max(sizes) <= THIN)]
