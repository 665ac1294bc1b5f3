"""`python -m docs.catalogue`: the small pictures of docs/filters.md, made anew where a filter is new or has changed."""

import hashlib
import inspect
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import apply
from engine.files.decode import decode
from engine.files.encode import encode
from engine.files.limits import Limits
from engine.filter import Filter
from engine.filters import built_in
from engine.image import Image

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures" / "filters"
DIGESTS = FOLDER / "digests.json"
SUFFIX = ".webp"
WIDTH, QUALITY = 240, 62
PHOTOGRAPH = "rowing-boats.jpg"
NOISY = {"noise": "astronaut.png"}
"""Groups whose work would not show: their picture is a part of this one, not reduced, and noise is added to it."""
NOISE = 16
"""Its standard deviation, in levels."""


def photograph(group: str) -> str:
    """The name of the picture before: one of images/."""
    return NOISY.get(group, PHOTOGRAPH)


def before(group: str) -> Path:
    """Where the picture before lies."""
    return FOLDER / f"before-{Path(photograph(group)).stem}{SUFFIX}"


def after(shown: Filter) -> Path:
    """Where the picture after lies."""
    return FOLDER / f"{shown.name}{SUFFIX}"


def digest(shown: Filter) -> str:
    """Of what the picture is made from; pixels differ a little from machine to machine."""
    told = (
        source(shown),
        shown.example,
        photograph(shown.group),
        hashlib.sha256(picture_file(shown.group)).hexdigest(),
    )
    return hashlib.sha256(repr((*told, WIDTH, QUALITY, NOISE)).encode()).hexdigest()[:16]


def source(shown: Filter) -> str:
    """The text of the file that declares it."""
    ours = [module for name, module in sys.modules.items() if name.startswith("engine.filters.")]
    return inspect.getsource(next(module for module in ours if getattr(module, "FILTER", None) is shown))


def picture_file(group: str) -> bytes:
    """The photograph as it lies in images/."""
    return (ROOT / "images" / photograph(group)).read_bytes()


def kept() -> dict[str, str]:
    """The digests of the pictures that are there, by the filters' names."""
    found: dict[str, str] = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
    return {name: made for name, made in found.items() if (FOLDER / f"{name}{SUFFIX}").exists()}


def stale() -> list[Filter]:
    """Filters whose picture is missing, or was made from something else."""
    known = kept()
    return [
        each for each in built_in().values() if known.get(each.name) != digest(each) or not before(each.group).exists()
    ]


def small(group: str) -> NDArray[Any]:
    """The picture before, at its size on the page."""
    pixels = decode(ROOT / "images" / photograph(group), Limits()).image.pixels[..., :3]
    if group not in NOISY:
        return apply(pixels, [f"resize:width={WIDTH},kernel=area"])
    height, width = WIDTH * 2 // 3, WIDTH
    top, left = (pixels.shape[0] - height) // 4, (pixels.shape[1] - width) // 2
    part = pixels[top : top + height, left : left + width]
    noise = np.random.default_rng(1).normal(0, NOISE, part.shape)
    return np.clip(part + noise, 0, 255).astype(np.uint8)


def write(path: Path, pixels: NDArray[Any]) -> None:
    """One picture, no wider than the page shows it."""
    if pixels.shape[1] > WIDTH:
        pixels = apply(pixels, [f"resize:width={WIDTH},kernel=area"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(Image(pixels), "webp", quality=QUALITY))


def main() -> None:
    """Makes those that are stale, says which, and removes those of filters that are no more."""
    known = {name: made for name, made in kept().items() if name in built_in()}
    for shown in stale():
        pixels = small(shown.group)
        write(before(shown.group), pixels)
        write(after(shown), apply(pixels, [shown.example or shown.name]))
        known[shown.name] = digest(shown)
        print(after(shown).relative_to(ROOT))
        DIGESTS.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n", encoding="utf-8")
    wanted = {path for each in built_in().values() for path in (after(each), before(each.group))}
    for path in set(FOLDER.glob(f"*{SUFFIX}")) - wanted:
        path.unlink()


if __name__ == "__main__":
    main()
