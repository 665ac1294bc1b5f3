"""The page in a real browser: the app is shown, its picture is sharp, keys reach it, files come home."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.tui.serve.browser import chromium, program
from tests.tui.serve.served import served

pytestmark = pytest.mark.skipif(program() is None, reason="Chromium is not installed")
STRIPES = 8
"""Pixels of the source's stripes: on the page they are two or three, far finer than cells."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One picture: red on the left, upright black and white stripes on the right."""
    pixels = np.zeros((1600, 2400, 3), np.uint8)
    pixels[:, :1200] = (220, 30, 20)
    pixels[:, 1200:] = np.where(np.arange(1200) // STRIPES % 2, 255, 0)[None, :, None]
    (tmp_path / "shown").mkdir()
    Image.fromarray(pixels).save(tmp_path / "shown" / "card.png")
    return tmp_path / "shown"


async def test_the_app_in_a_browser(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "browser").mkdir()
    async with served(folder) as server, chromium(tmp_path / "browser") as page:
        await page.go(server.link)
        await page.shows("card.png")
        assert await page.value("location.href") == server.address + "/"
        await page.until("document.querySelector('.xterm-image-layer')")
        # Stripes of two pixels: half blocks, of which one is eight pixels wide, could not show them.
        await page.until(FINE)
        shot = await page.screenshot()
        red = np.abs(shot.astype(int) - (220, 30, 20)).max(axis=2) < 24
        assert red.mean() > 0.05
        await page.press("d")
        await page.shows("card.png sent")
        await page.press("?")
        await page.shows("Bring to your own machine")
        await page.until(f"!{FINE}")
        assert page.failures == []
        # What was written over it is drawn over when it is gone.
        await page.press("Escape", 27)
        await page.until(FINE)
        await page.press("q")
        await page.until("!document.getElementById('said').hidden")
        assert await page.value("document.getElementById('said').textContent") == (
            "Safelight has ended. Press Enter to begin again."
        )
        await page.press("Enter", 13)
        await page.shows("card.png")
        server.process.terminate()
        await page.until("!document.getElementById('said').hidden")
    assert (tmp_path / "browser" / "card.png").read_bytes() == (folder / "card.png").read_bytes()


FINE = """(() => {
  const layer = document.querySelector('.xterm-image-layer');
  const pixels = layer.getContext('2d').getImageData(0, 0, layer.width, layer.height).data;
  const row = 4 * layer.width * Math.floor(layer.height / 2);
  let changes = 0;
  for (let x = 4; x < 4 * layer.width; x += 4)
    if (pixels[row + x + 3] && (pixels[row + x] > 128) !== (pixels[row + x - 4] > 128)) changes++;
  return changes > 100;
})()"""
"""Whether the middle row of the page's pictures goes from dark to light and back as often as only pixels can."""


async def test_sequences_cut_anywhere_are_put_together(folder: Path, tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent / "files_case.mjs", tmp_path)
    async with served(folder) as server, chromium(tmp_path) as page:
        await page.go(server.link)
        await page.shows("card.png")
        case = (tmp_path / "files_case.mjs").read_text()
        assert await page.value(f"import('/static/files.mjs').then(({{ Files }}) => {{ {case} }})") == "whole"
