"""Colour: saturation, hue, grey, tones."""

import math

from engine.errors import SpecError
from engine.presets.magick.geometry import numbers, plain
from engine.presets.magick.operators.operator import Settings, Turn, operator

GREY = ("gray", "grey", "lineargray", "rec709luma", "rec601luma", "rec709luminance", "average", "brightness")


@operator("modulate")
def modulate(_word: str, argument: str, _settings: Settings) -> Turn:
    """Brightness, saturation and hue in percent, 100 being as they are; of HSL there."""
    found = [*numbers(argument, most=3), 100.0, 100.0]
    brightness, saturation, hue = found[:3]
    made = []
    if brightness != 100:
        made.append(f"exposure:ev={plain(math.log2(max(brightness, 0.1) / 100))}")
    if saturation != 100:
        made.append(f"saturation:amount={plain(saturation / 100 - 1)}")
    if hue != 100:
        made.append(f"hue:angle={plain((hue - 100) * 1.8)}")
    return Turn(tuple(made), "colours keep their luminance here, there their HSL lightness." if made else "")


@operator("colorspace", plus=1)
def colorspace(_word: str, argument: str, _settings: Settings) -> Turn:
    """Grey; others are a matter of the file."""
    if argument.lower() in GREY:
        return Turn(("greyscale",), "grey is the luminance here, there it is that of the values in the file.")
    if argument.lower() == "srgb":
        return Turn()
    raise SpecError(
        "filters work in linear light or on encoded values, as each is best; `--light encoded` sets the latter."
    )


@operator("grayscale", plus=1)
def grayscale(_word: str, _argument: str, _settings: Settings) -> Turn:
    """By luminance."""
    return Turn(("greyscale",), "grey is the luminance here.")


@operator("sepia-tone")
def sepia(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Brown instead of grey."""
    return Turn(("sepia",), "the brown is another one, whatever the percentage.")


@operator("auto-gamma", "enhance", "contrast", "white-balance", takes=0)
def automatic(word: str, _argument: str, _settings: Settings) -> Turn:
    """By guess."""
    if word == "-white-balance":
        return Turn(("grey-world",), "white is found in another way.")
    raise SpecError(
        "what it does is a guess of that program; choose `gamma`, `contrast` or a denoising filter by hand."
    )


@operator("background", "bordercolor", "fill", "mattecolor", "stroke", "undercolor")
def colour(word: str, argument: str, settings: Settings) -> Turn:
    """For what follows; with `+` as if it had never been set."""
    if word.startswith("+"):
        settings.colours.pop(word[1:], None)
    else:
        settings.colours[word[1:]] = argument
    return Turn()


@operator("gravity")
def gravity(_word: str, argument: str, settings: Settings) -> Turn:
    """For what follows."""
    settings.gravity = argument
    return Turn()
