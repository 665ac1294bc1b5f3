"""ImageMagick's own results against ours, for the lines that are said to be the same."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.presets.magick import from_magick

SAME = (
    *("-blur 0x2.5", "-unsharp 0x1+2+0", "-resize 50%", "-resize 300x200!", "-scale 50%", "-rotate 90", "-flip"),
    *("-flop", "-transpose", "-transverse", "-negate", "-gamma 1.4", "-level 10%,90%,1.2", "-level 20%"),
    *("-brightness-contrast 20", "-brightness-contrast 10x30", "-brightness-contrast -15x-20", "-auto-level"),
    *("-evaluate multiply 1.5", "-evaluate add 10%", "-sigmoidal-contrast 4x50%", "-sigmoidal-contrast 6x30%"),
    *("-solarize 40%", "-posterize 4", "-bordercolor #204060 -border 12", "-morphology Dilate Square:2"),
    *("-gravity center -crop 50%x80%+0+0 +repage", "-statistic Median 3x3"),
)
MOST, WORST = 1.2, 6.0
"""Of 255, in the mean and for all but one pixel in a hundred."""
pytestmark = pytest.mark.skipif(not shutil.which("convert"), reason="takes ImageMagick")


@pytest.mark.parametrize("operators", SAME)
def test_what_is_said_to_be_the_same_is(operators: str, tmp_path: Path, root: Path) -> None:
    source, theirs, ours = tmp_path / "in.png", tmp_path / "theirs.png", tmp_path / "ours"
    with Image.open(root / "images" / "nuthatch.jpg") as photograph:
        photograph.convert("RGB").resize((480, 320)).save(source)
    words = shlex.split(operators, comments=False)
    subprocess.run(["convert", str(source), *words, f"PNG24:{theirs}"], check=True, timeout=60)
    turned = from_magick(["convert", "in.png", *words, "out.png"])
    assert not turned.nearly
    filters = [word for each in turned.specifications for word in ("-f", each)]
    line = [sys.executable, "-m", "tui", "apply", str(source), *filters, "--light", "encoded", "-o", str(ours)]
    subprocess.run(line, check=True, timeout=120, cwd=root, capture_output=True)
    with Image.open(theirs) as one, Image.open(ours / "in.png") as other:
        assert one.size == other.size
        off = np.abs(np.asarray(one.convert("RGB")).astype(int) - np.asarray(other.convert("RGB")))
    assert off.mean() < MOST
    assert np.percentile(off, 99) <= WORST
