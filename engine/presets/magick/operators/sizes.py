"""Size and shape: resizing, turning, cutting, borders."""

from engine.errors import SpecError
from engine.files.colour_names import hexadecimal
from engine.presets.magick.geometry import Geometry, geometry, numbers, plain
from engine.presets.magick.operators.operator import Settings, Turn, operator

KERNELS = {"-scale": "area", "-sample": "bilinear"}
GROUNDS = {"#000000": "black", "#ffffff": "white"}
"""What can be seen beyond a turned picture, besides nothing."""


@operator("resize", "scale", "sample", "thumbnail", "adaptive-resize")
def resize(word: str, argument: str, _settings: Settings) -> Turn:
    """Inside a size unless told otherwise."""
    size = geometry(argument)
    if "^" in size.flags or "@" in size.flags:
        raise SpecError("a size that is filled, or counted in pixels, is not to be had; give width and height.")
    kernel = KERNELS.get(word, "")
    more = f",kernel={kernel}" if kernel else ""
    nearly = "pictures that are already larger are resized here, too." if "<" in size.flags else ""
    nearly = "pixels are mixed here, there they are picked." if word == "-sample" else nearly
    options = ("--metadata", "none") if word == "-thumbnail" else ()
    return Turn((f"resize:{_sides(size)}{more}",), nearly, options)


def _sides(size: Geometry) -> str:
    if size.percent:
        if size.height not in (0, size.width):
            raise SpecError("width and height in different percentages are not to be had; give pixels and `!`.")
        return f"scale={plain(size.width or size.height)}"
    sides = [f"{name}={plain(side)}" for name, side in (("width", size.width), ("height", size.height)) if side]
    return ",".join(
        [*sides, *["fit=stretch"] * (len(sides) == 2 and "!" in size.flags), *["fit=shrink"] * (">" in size.flags)]
    )


@operator("rotate")
def rotate(_word: str, argument: str, settings: Settings) -> Turn:
    """To the right."""
    if set(argument) & {"<", ">"}:
        raise SpecError("turning only wide or only high pictures is not to be had.")
    (angle,) = numbers(argument, most=1)
    if angle % 90 == 0:
        turns = int(angle // 90) % 4
        return Turn((f"rotate-90:turns={turns}",) if turns else ())
    background = settings.colours.get("background", "white").lower()
    ground = "transparent" if background in ("none", "transparent") else GROUNDS.get(hexadecimal(background), "")
    nearly = "pixels between pixels are read more sharply."
    if not ground:
        nearly = f"beyond the picture is white here, as only black, white and nothing are to be had; {nearly}"
    return Turn((f"rotate:angle={plain(angle)},border={ground or 'white'}",), nearly)


@operator("flip", takes=0)
def flip(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Top and bottom exchanged."""
    return Turn(("flip:direction=vertical",))


@operator("flop", takes=0)
def flop(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Left and right exchanged."""
    return Turn(("flip:direction=horizontal",))


@operator("transpose", takes=0)
def transpose(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Mirrored along the line from the upper left."""
    return Turn(("rotate-90:turns=1", "flip:direction=horizontal"))


@operator("transverse", takes=0)
def transverse(_word: str, _argument: str, _settings: Settings) -> Turn:
    """Mirrored along the line from the upper right."""
    return Turn(("rotate-90:turns=1", "flip:direction=vertical"))


@operator("crop")
def crop(_word: str, argument: str, settings: Settings) -> Turn:
    """By percent of the sides here."""
    size = geometry(argument)
    if not size.percent or size.offset not in ("", "+0+0") or size.offset == "" or "!" in size.flags:
        raise SpecError("pictures are cut by percent here, whatever their size: give the part as `60%x80%+0+0`.")
    width, height = 100 - size.width, 100 - (size.height or size.width)
    if not (0 <= width < 100 and 0 <= height < 100):
        raise SpecError(f"{argument} leaves nothing")
    across = {"west": 0.0, "east": 1.0}
    down = {"north": 0.0, "south": 1.0}
    gravity = settings.gravity.lower() or "northwest"
    left = next((part for name, part in across.items() if gravity.endswith(name)), 0.5) * width
    top = next((part for name, part in down.items() if gravity.startswith(name)), 0.5) * height
    cuts = {"left": left, "right": width - left, "top": top, "bottom": height - top}
    return Turn(
        ("crop:" + ",".join(f"{name}={plain(cut)}" for name, cut in cuts.items() if cut),) if any(cuts.values()) else ()
    )


@operator("border")
def border(_word: str, argument: str, settings: Settings) -> Turn:
    """On all sides alike."""
    size = geometry(argument)
    if size.height not in (0, size.width):
        raise SpecError("a border is as wide on every side here; give one number.")
    name = "percent" if size.percent else "size"
    nearly = "percent are of the shorter side here." if size.percent else ""
    colour = hexadecimal(settings.colours.get("bordercolor", "#dfdfdf"))
    return Turn((f"canvas:{name}={plain(size.width)},colour={colour}",), nearly)
