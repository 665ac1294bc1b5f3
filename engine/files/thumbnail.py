"""The small picture that cameras embed in EXIF, used while a better one is on its way. It is never saved."""

import simplejpeg

from engine.files.exif import thumbnail
from engine.files.format import Facts, Raster

SAME_SHAPE = 0.02
"""How far its proportions may differ from the picture's; some cameras pad it with black bars."""


def embedded(facts: Facts, width: int, height: int) -> Raster | None:
    """The thumbnail, stored turned like its picture, if there is one of at least this size and of the same shape."""
    small = thumbnail(facts.exif)
    if not small:
        return None
    try:
        pixels = simplejpeg.decode_jpeg(small, "GRAY" if facts.channels <= 2 else "RGB")
    except ValueError:
        return None
    own_height, own_width = pixels.shape[:2]
    stretched = own_width * facts.height / (own_height * facts.width)
    if own_width < width or own_height < height or abs(stretched - 1) > SAME_SHAPE:
        return None
    return Raster(pixels, facts.icc, coarse=True)
