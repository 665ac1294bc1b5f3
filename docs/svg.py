"""A terminal's screen as SVG: colours and blocks as shapes, so that no font can shift them, and words as text."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from pyte.screens import Char, Screen

WIDTH, HEIGHT, FONT = 8, 16, 13
"""Of a cell and of its letters, in pixels: a half block is then a square."""
GROUND, TEXT = "0b0b0b", "d6cbc3"
"""Where the screen has the terminal's own colours."""
FAMILY = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
EIGHTHS = " ▁▂▃▄▅▆▇█"
HALVES = {"▀": (0, 8, 0, 8), "▌": (0, 4, 0, 16), "▐": (4, 8, 0, 16)}
"""Left, right, top and bottom."""
BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
LINES = {
    "─": "0 7.5h8v1h-8z",
    "━": "0 7h8v2h-8z",
    "╸": "0 7h4v2h-4z",
    "│": "3.5 0h1v16h-1z",
    "╭": "3.5 16v-4a4.5 4.5 0 0 1 4.5 -4.5v1a3.5 3.5 0 0 0 -3.5 3.5v4z",
    "╮": "4.5 16v-4a4.5 4.5 0 0 0 -4.5 -4.5v1a3.5 3.5 0 0 1 3.5 3.5v4z",
    "╰": "3.5 0v4a4.5 4.5 0 0 0 4.5 4.5v-1a3.5 3.5 0 0 1 -3.5 -3.5v-4z",
    "╯": "4.5 0v4a4.5 4.5 0 0 1 -4.5 4.5v-1a3.5 3.5 0 0 0 3.5 -3.5v-4z",
    "●": "4 4.5a3.5 3.5 0 0 1 0 7a3.5 3.5 0 0 1 0 -7z",
}
"""Outlines within a cell, from its upper left corner."""


def svg(screen: Screen, title: str) -> str:
    """The whole screen; `title` is for those who cannot see it."""
    width, height = screen.columns * WIDTH, screen.lines * HEIGHT
    papers, blocks, lines = Paths(), Paths(), Paths()
    words: list[str] = []
    for y in range(screen.lines):
        row = [screen.buffer[y][x] for x in range(screen.columns)]
        for paper, x, count in backgrounds(row):
            if paper != GROUND:
                papers.add(paper, box(x, y, 0, count * WIDTH, 0, HEIGHT))
        for x, cell in enumerate(row):
            ink = colours(cell)[0]
            for path in boxes(cell.data, x, y):
                blocks.add(ink, path)
            if cell.data in LINES:
                lines.add(ink, f"M{x * WIDTH} {y * HEIGHT}m{LINES[cell.data]}")
        words += row_words(row, y)
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}" font-size="{FONT}" role="img">
<title>{escape(title)}</title>
<rect width="{width}" height="{height}" rx="6" fill="#{GROUND}"/>
<g shape-rendering="crispEdges">{papers}{blocks}</g>
<g>{lines}</g>
<g xml:space="preserve">{"".join(words)}</g>
</svg>
"""


class Paths:
    """Shapes by colour, as elements."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, colour: str, path: str) -> None:
        """One more shape."""
        self._found.setdefault(colour, []).append(path)

    def __str__(self) -> str:
        return "".join(f'<path fill="#{colour}" d="{"".join(paths)}"/>' for colour, paths in self._found.items())


def colours(cell: Char) -> tuple[str, str]:
    """Foreground and background as six hexadecimal digits."""
    ink = TEXT if cell.fg == "default" else cell.fg
    paper = GROUND if cell.bg == "default" else cell.bg
    return (paper, ink) if cell.reverse else (ink, paper)


def backgrounds(row: list[Char]) -> Iterator[tuple[str, int, int]]:
    """Neighbours with one background: its colour, the first column, how many."""
    x = 0
    for paper, cells in groupby(row, lambda cell: colours(cell)[1]):
        count = len(list(cells))
        yield paper, x, count
        x += count


def boxes(char: str, x: int, y: int) -> Iterator[str]:
    """The rectangles that a character is made of; none for letters and lines."""
    if char in HALVES:
        yield box(x, y, *HALVES[char])
    elif char in EIGHTHS[1:]:
        yield box(x, y, 0, WIDTH, HEIGHT - 2 * EIGHTHS.index(char), HEIGHT)
    elif is_braille(char):
        for row, pair in enumerate(DOTS):
            for column, bit in enumerate(pair):
                if (ord(char) - BRAILLE) & bit:
                    yield box(x, y, 1 + 4 * column, 3 + 4 * column, 1 + 4 * row, 3 + 4 * row)


def is_braille(char: str) -> bool:
    """Whether it is one of the characters of eight dots, the empty one among them."""
    return len(char) == 1 and BRAILLE <= ord(char) < BRAILLE + 256


def box(x: int, y: int, left: int, right: int, top: int, bottom: int) -> str:
    """A rectangle within a cell, or from one cell to another."""
    return f"M{x * WIDTH + left} {y * HEIGHT + top}h{right - left}v{bottom - top}h{left - right}z"


def row_words(row: list[Char], y: int) -> Iterator[str]:
    """Letters where they stand, in one element as long as their look does not change."""
    x = 0
    for (ink, bold, letters), cells in groupby(row, look):
        text = [cell.data for cell in cells]
        if letters:
            weight = ' font-weight="bold"' if bold else ""
            place = f'x="{x * WIDTH}" y="{y * HEIGHT + 12}" textLength="{len(text) * WIDTH}"'
            yield f'<text {place} fill="#{ink}"{weight}>{escape("".join(text))}</text>'
        x += len(text)


def look(cell: Char) -> tuple[str, bool, bool]:
    """Colour, weight, and whether the cell is left to the font."""
    char = cell.data
    shape = char in LINES or char in HALVES or char in EIGHTHS or is_braille(char)
    return colours(cell)[0], cell.bold, bool(char) and not shape
