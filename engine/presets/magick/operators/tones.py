"""Tones: levels, gamma, contrast. ImageMagick computes on the values of the file."""

import math

from engine.errors import SpecError
from engine.presets.magick.geometry import numbers, plain, share
from engine.presets.magick.operators.operator import Settings, Turn, operator

TINY = 1e-6
POINTS = 9
"""Of a curve that stands for a formula."""


@operator("negate", takes=0)
def negate(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Light and dark exchanged."""
    return Turn(("invert",))


@operator("gamma")
def gamma(_word: str, argument: str, _settings: Settings) -> Turn:
    """One for all channels."""
    found = numbers(argument, most=3)
    if len(set(found)) > 1:
        raise SpecError("each channel has a gamma of its own; `channel-curves` does that by hand.")
    return Turn((f"gamma:gamma={plain(found[0])}",))


@operator("level", plus=1)
def level(word: str, argument: str, _settings: Settings) -> Turn:
    """Black point, white point and gamma, in percent or of 65535."""
    if word.startswith("+"):
        raise SpecError("levels the other way round are not to be had.")
    found = numbers(argument, most=3)
    scale = 100 if "%" in argument else 65535
    black = found[0] / scale
    white = found[1] / scale if len(found) > 1 else 1 - black
    mid = f",mid={plain(found[2])}" if len(found) > 2 else ""
    if not 0 <= black < white <= 1:
        raise SpecError(f"{argument} is no range of tones")
    return Turn((f"levels:black={plain(black)},white={plain(white)}{mid}",))


@operator("brightness-contrast")
def brightness_contrast(_word: str, argument: str, _settings: Settings) -> Turn:
    """A straight line: slope by the contrast, height by the brightness (MagickCore, BrightnessContrastImage)."""
    found = numbers(argument, most=2)
    brightness, contrast = found[0] / 100, (found[1] if len(found) > 1 else 0.0) / 100
    slope = max(0.0, math.tan(math.pi * (contrast + 1) / 4))
    lift = brightness * (1 + slope) / 2
    made = [f"contrast:amount={plain(slope - 1)}"] * (abs(slope - 1) > TINY) + [f"brightness:amount={plain(lift)}"] * (
        abs(lift) > TINY
    )
    return Turn(tuple(made))


@operator("sigmoidal-contrast", plus=1)
def sigmoidal(word: str, argument: str, _settings: Settings) -> Turn:
    """Their formula, as a curve through points of it (MagickCore, ScaledSigmoidal)."""
    if word.startswith("+"):
        raise SpecError("the curve the other way round is not to be had.")
    found = numbers(argument, most=2)
    strength = found[0]
    middle = found[1] / (100 if "%" in argument else 65535) if len(found) > 1 else 0.5
    if strength <= 0:
        return Turn()

    def sigmoid(x: float) -> float:
        return math.tanh(0.5 * strength * (x - middle))

    low, high = sigmoid(0.0), sigmoid(1.0)
    places = [step / (POINTS - 1) for step in range(POINTS)]
    points = "; ".join(f"{plain(x)} {plain((sigmoid(x) - low) / (high - low))}" for x in places)
    return Turn((f"curves:points=[{points}]",))


@operator("normalize", "auto-level", takes=0)
def normalize(word: str, _argument: str, _settings: Settings) -> Turn:
    """Black and white as far apart as they go; `-normalize` loses 2 and 1 % of the pixels on the way."""
    if word == "-auto-level":
        return Turn(("auto-contrast:clip=0",))
    return Turn(("auto-contrast:clip=1.5",), "black and white lose as many pixels each here.")


@operator("contrast-stretch", "linear-stretch")
def stretch(_word: str, argument: str, _settings: Settings) -> Turn:
    """So many pixels in percent become black, so many white."""
    found = numbers(argument, most=2)
    if "%" not in argument:
        raise SpecError("pixels are counted in percent here: write it with %")
    nearly = "where the tones are cut may differ by one of 256, and black and white lose as many pixels each here."
    return Turn((f"auto-contrast:clip={plain(sum(found) / len(found))}",), nearly)


@operator("equalize", takes=0)
def equalize(_word: str, _argument: str, _settings: Settings) -> Turn:
    """All tones as often."""
    return Turn(("equalise",), "tones are counted by luminance here.")


@operator("clahe")
def clahe(_word: str, argument: str, _settings: Settings) -> Turn:
    """Tiles in percent of the sides, bins, limit."""
    found = numbers(argument.replace("!", ""), most=4)
    tiles = round(100 / found[0]) if "%" in argument and found[0] else 8
    limit = found[-1] if len(found) == 4 else 2.0
    return Turn((f"clahe:tiles={min(max(tiles, 1), 16)},clip={plain(max(limit, 1.0))}",), "tiles may differ in size.")


@operator("solarize")
def solarize(_word: str, argument: str, _settings: Settings) -> Turn:
    """Tones above are turned round."""
    return Turn((f"solarise:threshold={plain(share(argument))}",))


@operator("posterize")
def posterize(_word: str, argument: str, _settings: Settings) -> Turn:
    """So many tones of each channel."""
    return Turn((f"posterise:levels={plain(numbers(argument, most=1)[0])}",))


@operator("threshold")
def threshold(_word: str, argument: str, _settings: Settings) -> Turn:
    """White above, black below."""
    return Turn((f"threshold:value={plain(share(argument))}",), "what is exactly at the threshold may differ.")


@operator("monochrome", takes=0)
def monochrome(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Black and white dots."""
    return Turn(("greyscale", "floyd-steinberg:levels=2"), "dots lie elsewhere.")


@operator("evaluate", takes=2)
def evaluate(_word: str, argument: str, _settings: Settings) -> Turn:
    """Arithmetic on values, of which light is most of what people want."""
    how, _, value = argument.lower().partition(" ")
    if how in ("multiply", "divide"):
        (factor,) = numbers(value, most=1)
        factor = factor / 100 if "%" in value else factor
        if factor > 0:
            return Turn((f"exposure:ev={plain(math.log2(factor) * (1 if how == 'multiply' else -1))}",))
    if how in ("add", "subtract"):
        return Turn((f"brightness:amount={plain(share(value) * (1 if how == 'add' else -1))}",))
    raise SpecError("of arithmetic only multiply, divide, add and subtract are to be had")
