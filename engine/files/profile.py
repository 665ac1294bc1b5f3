"""Colour profiles: what space one is for, and conversion to sRGB by Little CMS."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image as Pillow
    from PIL.ImageCms import ImageCmsTransform

SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK", b"Lab ": "LAB"}
SPACE_AT, SIGNATURE_AT = 16, 36


def colour_space(icc: bytes) -> str:
    """`RGB`, `L`, `CMYK` or `LAB`, as Pillow names them; empty when this is no profile for a picture."""
    if icc[SIGNATURE_AT : SIGNATURE_AT + 4] != b"acsp":
        return ""
    return SPACES.get(icc[SPACE_AT : SPACE_AT + 4], "")


def fits(icc: bytes, channels: int) -> bool:
    """Whether a profile is for pixels with so many channels, alpha counted."""
    return colour_space(icc) == ("L" if channels <= 2 else "RGB")


def to_srgb(picture: Pillow.Image, icc: bytes) -> Pillow.Image:
    """The picture in sRGB, as RGB, or as L and LA if it is grey; itself if the profile is damaged or for another.

    The mode is L, LA, RGB, RGBA, CMYK or LAB; for LAB no profile is needed.
    """
    from PIL import ImageCms

    space = picture.mode.removesuffix("A")
    if picture.mode == "LAB":
        space = "LAB"
    elif colour_space(icc) != space:
        return picture
    transform = srgb_transform(space, icc)
    if transform is None:
        return picture
    try:
        return _transformed(picture, space, transform)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def srgb_transform(space: str, icc: bytes) -> ImageCmsTransform | None:
    """From a profile, or from LAB without one, to sRGB at 8 bits a channel; None when the profile is damaged.

    It keeps the white and, by black point compensation, the black.
    """
    from PIL import ImageCms

    try:
        source = ImageCms.createProfile("LAB") if space == "LAB" else ImageCms.ImageCmsProfile(BytesIO(icc))
        return ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            space,
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _transformed(picture: Pillow.Image, space: str, transform: ImageCmsTransform) -> Pillow.Image:
    alpha = picture.getchannel("A") if picture.mode in ("LA", "RGBA") else None
    colours = picture.convert(space) if alpha else picture
    result = transform.apply(colours)
    if space == "L":
        # Grey stays grey: the three channels of sRGB are equal.
        result = result.getchannel("G")
    if alpha:
        result.putalpha(alpha)
    return result
