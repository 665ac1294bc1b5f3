"""How a cell is drawn: a Pen, made from a Rich style in the colours that the terminal has, and back. Writes nothing."""

from typing import TypeAlias

from rich.color import Color, ColorType
from rich.style import Style

from tui.output.colours import Depth
from tui.output.xterm import nearest

Pen: TypeAlias = tuple[str, str, int, str]
"""Foreground and background as parameters of SGR, attributes as the bits of a Rich style, and a hyperlink.

An empty colour and the attributes `UNSEEN` mean: leave what is set, nobody can see it."""

BOLD, DIM, ITALIC, UNDERLINE, BLINK, BLINK2, REVERSE, CONCEAL, STRIKE, UNDERLINE2, FRAME, ENCIRCLE, OVERLINE = (
    1 << bit for bit in range(13)
)
SEEN_ON_BLANKS = UNDERLINE | REVERSE | STRIKE | UNDERLINE2 | FRAME | ENCIRCLE | OVERLINE
UNSEEN = -1
PLAIN: Pen = ("39", "49", 0, "")
"""What a terminal draws with after SGR 0."""
KEPT = 8192
"""Styles remembered before all are forgotten: a screen has hundreds."""
MID_GREY = range(51, 205)
"""Brightness of a background that stands out from both a dark and a light screen."""


class Pens:
    """Turns Rich styles into pens of one colour depth, and remembers them."""

    def __init__(self, depth: Depth) -> None:
        self.depth = depth
        """The colours that there are."""
        self._known: dict[object, Pen] = {}

    def of(self, style: Style | None) -> Pen:
        """The pen for text in that style."""
        if style is None:
            return PLAIN
        attributes = style._attributes & style._set_attributes  # noqa: SLF001 - thirteen properties would be the public way
        key = (style.color, style.bgcolor, attributes, style.link)
        pen = self._known.get(key)
        if pen is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            pen = self._known[key] = self._make(*key)
        return pen

    def blank(self, style: Style | None) -> Pen:
        """The pen for spaces in that style: what cannot be seen on a space is left out."""
        foreground, background, attributes, link = self.of(style)
        if attributes & SEEN_ON_BLANKS or link:
            return foreground, background, attributes, link
        return "", background, UNSEEN, ""

    def _make(self, colour: Color | None, background: Color | None, attributes: int, link: str | None) -> Pen:
        link = "".join(character for character in link or "" if "!" <= character <= "~")
        if self.depth == "none":
            return "39", "49", attributes | (REVERSE if _stands_out(background) else 0), link
        return self._parameters(colour, 30), self._parameters(background, 40), attributes, link

    def _parameters(self, colour: Color | None, first: int) -> str:
        """SGR parameters of a colour; first is 30 for the foreground, 40 for the background."""
        if colour is None or colour.type is ColorType.DEFAULT:
            return f"{first + 9}"
        if colour.number is not None:
            if colour.number < 8:
                return f"{first + colour.number}"
            return f"{first + 52 + colour.number}" if colour.number < 16 else f"{first + 8};5;{colour.number}"
        red, green, blue = colour.get_truecolor()
        if self.depth == "256":
            return f"{first + 8};5;{nearest(red, green, blue)}"
        return f"{first + 8};2;{red};{green};{blue}"


def style_of(pen: Pen) -> Style:
    """A Rich style that looks like the pen."""
    foreground, background, attributes, link = pen
    style = Style.from_color(_colour(foreground, 30), _colour(background, 40))
    if attributes > 0 or link:
        names = (name for bit, name in enumerate(_ATTRIBUTES) if attributes > 0 and attributes >> bit & 1)
        style += Style(**dict.fromkeys(names, True), link=link or None)  # type: ignore[arg-type]
    return style


_ATTRIBUTES = (
    *("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal", "strike", "underline2"),
    *("frame", "encircle", "overline"),
)


def _colour(parameters: str, first: int) -> Color | None:
    numbers = [int(number) for number in parameters.split(";") if number]
    if not numbers or numbers[0] == first + 9:
        return None
    if len(numbers) == 1:
        return Color.from_ansi(numbers[0] - first if numbers[0] < 90 else numbers[0] - first - 52)
    return Color.from_ansi(numbers[2]) if numbers[1] == 5 else Color.from_rgb(*numbers[2:])


def _stands_out(background: Color | None) -> bool:
    if background is None or background.type is ColorType.DEFAULT:
        return False
    red, green, blue = background.get_truecolor(foreground=False)
    return (299 * red + 587 * green + 114 * blue) // 1000 in MID_GREY
