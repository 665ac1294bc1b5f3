"""Blurs, sharpening and noise. ImageMagick's `radius` is a limit of its kernel, its `sigma` what counts."""

from engine.errors import SpecError
from engine.presets.magick.geometry import numbers, plain
from engine.presets.magick.operators.operator import Settings, Turn, operator

EDGES = "near the picture's edges it may differ."


def _sigma(argument: str) -> float:
    """The sigma of `RADIUSxSIGMA`, 1 where it is left out (MagickCore, ParseGeometry's defaults)."""
    found = numbers(argument, most=3)
    return found[1] if len(found) > 1 else 1.0


@operator("blur", "gaussian-blur")
def blur(_word: str, argument: str, _settings: Settings) -> Turn:
    """A Gaussian."""
    return Turn((f"gaussian-blur:sigma={plain(_sigma(argument))}",))


@operator("unsharp")
def unsharp(_word: str, argument: str, _settings: Settings) -> Turn:
    """Radius, sigma, gain 1 and threshold 0.05 unless given."""
    given = numbers(argument, most=4)
    sigma, gain, threshold = [*given, *(0.0, 1.0, 1.0, 0.05)[len(given) :]][1:]
    nearly = "small differences fade out here, there they are cut off." if threshold else ""
    specification = f"unsharp-mask:radius={plain(sigma)},amount={plain(gain)},threshold={plain(threshold / 2)}"
    return Turn((specification,), nearly)


@operator("sharpen", "adaptive-sharpen")
def sharpen(_word: str, argument: str, _settings: Settings) -> Turn:
    """Their kernel is one minus a Gaussian of the same sigma, scaled."""
    return Turn((f"unsharp-mask:radius={plain(_sigma(argument))},amount=1",), "how strong it is differs a little.")


@operator("adaptive-blur", "selective-blur")
def selective(_word: str, argument: str, _settings: Settings) -> Turn:
    """Edges stay."""
    return Turn((f"bilateral:sigma-space={plain(_sigma(argument))}",), "bilateral keeps edges in another way.")


@operator("motion-blur")
def motion(_word: str, argument: str, _settings: Settings) -> Turn:
    """Half a Gaussian along a line there, an even line here."""
    found = numbers(argument, most=3)
    angle = found[2] if len(found) > 2 else 0.0
    length = 3 * (found[1] if len(found) > 1 else 1.0)
    return Turn((f"motion-blur:length={plain(length)},angle={plain(-angle)}",), "a line here fades out there.")


@operator("radial-blur", "rotational-blur")
def spin(_word: str, argument: str, _settings: Settings) -> Turn:
    """Around the middle."""
    (angle,) = numbers(argument, most=1)
    return Turn((f"spin-blur:angle={plain(abs(angle))}",), EDGES)


@operator("statistic", takes=2)
def statistic(_word: str, argument: str, _settings: Settings) -> Turn:
    """The middle of a square, or its darkest or lightest."""
    names = {"median": "median", "minimum": "erode", "maximum": "dilate"}
    how, _, size = argument.lower().partition(" ")
    if how not in names:
        raise SpecError("only its median, minimum and maximum are to be had")
    sides = numbers(size, most=2)
    if len(set(sides)) > 1 or sides[0] % 2 != 1:
        raise SpecError("a window is a square here, an odd number of pixels wide")
    return Turn((f"{names[how]}:radius={plain((sides[0] - 1) / 2)}",))


@operator("morphology", takes=2)
def morphology(_word: str, argument: str, _settings: Settings) -> Turn:
    """With a square."""
    how, _, kernel = argument.lower().partition(" ")
    shape, _, size = kernel.partition(":")
    if how not in ("dilate", "erode", "open", "close") or shape != "square":
        raise SpecError("only Dilate, Erode, Open and Close with a Square are to be had")
    return Turn((f"{how}:radius={plain(numbers(size, most=1)[0] if size else 1)}",))


@operator("median")
def median(_word: str, argument: str, _settings: Settings) -> Turn:
    """Of a square that many pixels to each side."""
    return Turn((f"median:radius={plain(numbers(argument, most=2)[0])}",), EDGES)


@operator("despeckle", takes=0)
def despeckle(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Single pixels that stand out."""
    return Turn(("despeckle",), "what counts as a speck differs.")


@operator("wavelet-denoise")
def denoise(_word: str, argument: str, _settings: Settings) -> Turn:
    """Their threshold is in percent, or of 65535."""
    value = numbers(argument, most=2)[0] / (100 if "%" in argument else 65535)
    return Turn((f"wavelet-denoise:sigma={plain(value)}",), "how strong it is differs.")


@operator("emboss")
def emboss(_word: str, _argument: str, _settings: Settings) -> Turn:
    """A relief."""
    return Turn(("emboss",), "the relief is of another depth.")


@operator("edge")
def edge(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Differences from the neighbours."""
    return Turn(("laplacian:diagonals=1",), "lines are as wide as one pixel here.")


@operator("charcoal", "sketch")
def charcoal(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Grey lines on white."""
    return Turn(("pencil",), "lines are drawn in another way.")


@operator("vignette")
def vignette(_word: str, _argument: str, _settings: Settings) -> Turn:
    """An ellipse on a ground there."""
    return Turn(("vignette",), "it takes light from the corners here, there it lays an ellipse on a colour.")
