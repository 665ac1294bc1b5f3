"""ImageMagick's arguments taken apart: numbers between `x`, `+`, `-`, `,` and `%`. It knows no operator."""

import re
from dataclasses import dataclass

from engine.errors import SpecError

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
GEOMETRY = re.compile(
    r"(?P<width>\d*\.?\d*%?)(?:[xX](?P<height>\d*\.?\d*%?))?(?P<offset>[-+]\d+[-+]\d+)?(?P<flags>[!<>^@#%]*)"
)


@dataclass(frozen=True, slots=True)
class Geometry:
    """`WIDTHxHEIGHT+X+Y` with its flags; 0 for a side that is left out."""

    width: float
    height: float
    flags: str
    percent: bool
    offset: str = ""


def geometry(text: str) -> Geometry:
    """A size as ImageMagick writes it; SpecError where it is none."""
    found = GEOMETRY.fullmatch(text.replace(" ", ""))
    if found is None or not (found["width"] or found["height"]):
        raise SpecError(f"{text} is no size")
    sides = [found["width"] or "", found["height"] or ""]
    percent = "%" in "".join(sides) + found["flags"]
    width, height = (float(side.strip("%") or 0) for side in sides)
    return Geometry(width, height, found["flags"].replace("%", ""), percent, found["offset"] or "")


def numbers(text: str, *, most: int) -> list[float]:
    """The numbers of an argument such as `0x2+1.5+0.02` or `10%,90%,1.2`, signs of `%` left out; SpecError if odd."""
    rest = re.sub(r"(?<=[\d.])\s*[xX,]\s*", " ", text.replace("%", "").strip())
    rest = re.sub(r"(?<=[\d.])([-+])", r" \1", rest)
    parts = rest.split()
    if not 1 <= len(parts) <= most or not all(re.fullmatch(NUMBER, part) for part in parts):
        raise SpecError(f"{text} is not what it takes")
    return [float(part) for part in parts]


def share(text: str) -> float:
    """One value as a part of full scale: in percent, or of ImageMagick's 65535."""
    (value,) = numbers(text, most=1)
    return value / (100 if "%" in text else 65535)


def plain(number: float) -> str:
    """A number as a filter takes it, in at most five digits."""
    return f"{number:.5g}" if abs(number) < 1e5 and (abs(number) >= 1e-4 or not number) else f"{number:.5f}".rstrip("0")
