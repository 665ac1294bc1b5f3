"""Shapes and words collected into one SVG picture."""

from __future__ import annotations

from html import escape

from engine.lab.drawing.colours import FAINT, FAMILY, GROUND, TEXT


class Canvas:
    """A picture of so many pixels on the darkroom's ground."""

    def __init__(self, width: int, title: str) -> None:
        self._width, self._title = width, title
        self._parts: list[str] = []
        self.bottom = 0.0
        """Where the lowest thing ends."""

    def box(self, left: float, top: float, width: float, height: float, colour: str, said: str = "") -> None:
        """A rectangle; what is said appears where a pointer rests on it."""
        shape = f'x="{left:.5g}" y="{top:.4g}" width="{max(width, 0.3):.4g}" height="{height:.4g}" fill="{colour}"'
        self._parts.append(f"<rect {shape}><title>{escape(said)}</title></rect>" if said else f"<rect {shape}/>")
        self.bottom = max(self.bottom, top + height)

    def boxes(self, places: list[tuple[float, float]], top: float, height: float, colour: str) -> None:
        """Rectangles on one line, each from a left to a right, in one element."""
        shapes = "".join(f"M{a:.5g} {top:.4g}h{max(b - a, 0.3):.4g}v{height:.4g}H{a:.5g}z" for a, b in places)
        self._parts.append(f'<path d="{shapes}" fill="{colour}"/>')
        self.bottom = max(self.bottom, top + height)

    def words(self, left: float, top: float, text: str, *, size: int = 13, faint: bool = False, to: str = "") -> None:
        """Text from a place, or `to` be in the middle of it or end there, on a line whose top is given."""
        colour, anchor = FAINT if faint else TEXT, f' text-anchor="{to}"' if to else ""
        place = f'x="{left:.1f}" y="{top + 0.8 * size:.1f}" font-size="{size}" fill="{colour}"{anchor}'
        self._parts.append(f"<text {place}>{escape(text)}</text>")
        self.bottom = max(self.bottom, top + size)

    def line(self, points: list[tuple[float, float]], colour: str, *, dashed: bool = False) -> None:
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dash = ' stroke-dasharray="5 4"' if dashed else ""
        self._parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"{dash}/>')
        self.bottom = max([self.bottom, *(y for _, y in points)])

    def dot(self, x: float, y: float, colour: str, said: str = "") -> None:
        """A point of a measurement."""
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"><title>{escape(said)}</title></circle>'
        )

    def text(self) -> str:
        """The picture."""
        height = round(self.bottom + 14)
        size = f'viewBox="0 0 {self._width} {height}" width="{self._width}" height="{height}"'
        body = "\n".join(self._parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}" role="img">\n'
            f"<title>{escape(self._title)}</title>\n"
            f'<rect width="{self._width}" height="{height}" rx="6" fill="{GROUND}"/>\n{body}\n</svg>\n'
        )
