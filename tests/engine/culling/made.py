"""A folder made of the photographs that come along: scenes, what cameras and programs make of one, and strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageFilter

SIDE = 1600
"""Pixels of the longer side of a scene at most."""
PARTS = 2
"""Each way, of a photograph: its parts are scenes of their own, in its light and colours."""
Variant = Callable[[Image.Image], Image.Image]


def photographs(folder: Path) -> list[Path]:
    """Those of the repository."""
    return [path for path in sorted(folder.iterdir()) if path.suffix in {".jpg", ".png", ".webp"}]


def opened(path: Path, side: int = SIDE) -> Image.Image:
    """In RGB, reduced."""
    with Image.open(path) as picture:
        scene = picture.convert("RGB")
    scene.thumbnail((side, side))
    return scene


def scenes(folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Each photograph, and each of its quarters."""
    for path in photographs(folder):
        whole = opened(path)
        yield path.stem, whole
        width, height = whole.width // PARTS, whole.height // PARTS
        for part in range(PARTS * PARTS):
            left, top = part % PARTS * width, part // PARTS * height
            yield f"{path.stem}-{part}", whole.crop((left, top, left + width, top + height))


def brighter(stops: float) -> Variant:
    """Exposed otherwise: light times 2 ** stops, clipped, as sRGB codes again."""
    codes = np.arange(256) / 255
    light = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4) * 2**stops
    table = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    whole = [round(255 * min(1.0, value)) for value in table]
    return lambda scene: scene.point(whole * len(scene.getbands()))


def blurred(radius: float) -> Variant:
    """A Gaussian's standard deviation in pixels."""
    return lambda scene: scene.filter(ImageFilter.GaussianBlur(radius))


def noisy(deviation: float) -> Variant:
    """Gaussian noise in levels, the same each time."""

    def add(scene: Image.Image) -> Image.Image:
        pixels = np.asarray(scene, np.float32)
        noise = np.random.default_rng(7).normal(0, deviation, pixels.shape)
        return Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))

    return add


def grainy(electrons: float, stops: float, seed: int) -> Variant:
    """As a sensor counts light: Poisson noise, and three electrons of its own; white is so many, before `stops`."""

    def count(scene: Image.Image) -> Image.Image:
        random, codes = np.random.default_rng(seed), np.asarray(scene) / 255
        light = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4) * 2**stops
        counted = random.poisson(light * electrons) + random.normal(0, 3, light.shape)
        light = np.clip(counted / electrons, 0, 1)
        codes = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
        return Image.fromarray(np.rint(codes * 255).astype(np.uint8))

    return count


def moved(right: float, down: float) -> Variant:
    """The frame held a little otherwise: shares of the sides, cut off on one side each."""

    def crop(scene: Image.Image) -> Image.Image:
        x, y = round(abs(right) * scene.width), round(abs(down) * scene.height)
        return scene.crop(
            (x * (right > 0), y * (down > 0), scene.width - x * (right < 0), scene.height - y * (down < 0))
        )

    return crop


def smaller(share: float) -> Variant:
    """Reduced by sides."""
    return lambda scene: scene.resize((max(1, round(scene.width * share)), max(1, round(scene.height * share))))


VARIANTS: dict[str, Variant] = {
    "same": lambda scene: scene,
    "half": smaller(0.5),
    "brighter": brighter(0.5),
    "darker": brighter(-0.5),
    "noisy": noisy(6),
    "blurred": blurred(2),
    "moved": moved(0.02, -0.01),
    "moved-more": moved(-0.04, 0.03),
}


def exif(taken: str = "", fraction: str = "", camera: str = "", orientation: int = 1) -> Image.Exif:
    """What a camera would write: `2026:05:01 10:00:00`, the digits of the second's fraction, model and turn."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    if camera:
        tags[ExifTags.Base.Model] = camera
    if taken:
        inner = tags.get_ifd(ExifTags.IFD.Exif)
        inner[ExifTags.Base.DateTimeOriginal] = taken
        inner[ExifTags.Base.SubsecTimeOriginal] = fraction
    return tags


def make(folder: Path, target: Path, most: int | None = None) -> dict[str, str]:
    """Write every variant of so many scenes, or all: by path, which scene it is of. Formats and turns take turns."""
    of = {}
    for name, scene in islice(scenes(folder), most):
        for number, (word, variant) in enumerate(VARIANTS.items()):
            picture = variant(scene)
            path = target / f"{name}-{word}.jpg"
            if number % 4 == 3:
                # Stored lying on its side, and turned upright by its orientation.
                turned = picture.transpose(Image.Transpose.ROTATE_90)
                turned.save(path, quality=80, exif=exif(orientation=6))
            elif number % 4 == 2:
                path = path.with_suffix(".png")
                picture.save(path)
            else:
                picture.save(path, quality=50 + 5 * number)
            of[str(path)] = name
    return of
