"""Folders of pictures to measure with. They are made for the occasion and go away."""

import os
import random
import shutil
from itertools import cycle, islice
from pathlib import Path

from PIL import Image

from engine.files.folder import scan
from tests.long.figures.terminal import ROOT

IMAGES = ROOT / "images"


def copies(folder: Path, count: int) -> Path:
    """The photographs of the repository in turn, each under a name of its own, until there are so many."""
    folder.mkdir()
    for number, entry in enumerate(islice(cycle(scan(str(IMAGES))), count)):
        shutil.copyfile(entry.path, folder / f"{number:03} {entry.name}")
    return folder


def specks(folder: Path, count: int) -> Path:
    """So many pictures of a single pixel: on the screen a picture is then one cell, and all else is as ever.

    What follows a PNG's end is not read, so that the files can be as large as photographs, and no two alike.
    """
    folder.mkdir()
    chance = random.Random(1)
    for number in range(count):
        path = folder / f"DSC_{4180 + number}.png"
        Image.new("RGB", (1, 1), (90, 60, 30)).save(path)
        os.truncate(path, chance.randrange(2_000_000, 9_900_000))
    return folder
