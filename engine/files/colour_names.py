"""Colours by the names that X11 and CSS gave them. Pillow has the table."""

from PIL import ImageColor

from engine.errors import SpecError


def hexadecimal(text: str) -> str:
    """`#rrggbb` of a colour such as `PapayaWhip`, `#fed` or `rgb(1,2,3)`; SpecError for one that nobody knows."""
    try:
        red, green, blue = ImageColor.getrgb(text)[:3]
    except ValueError:
        raise SpecError(f"the colour {text} has no name here; write it as #rrggbb.") from None
    return f"#{red:02x}{green:02x}{blue:02x}"
