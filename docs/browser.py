"""`python -m docs.browser`: takes the picture of `safelight serve` anew, of the real app in Chromium."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from PIL import Image

from tests.tui.serve.browser import chromium
from tests.tui.serve.served import served

ROOT = Path(__file__).parents[1]
SHARP = 4.0
"""Seconds until the picture is surely sharp."""


async def main() -> None:
    """Goes to a photograph, puts two filters on it, and keeps the page."""
    with tempfile.TemporaryDirectory(prefix="safelight-browser-") as scratch:
        os.environ |= {"HOME": scratch, "SAFELIGHT_RESTORE": "off", "SAFELIGHT_EDITS": "off"}
        photographs = Path(scratch, "photographs")
        shutil.copytree(ROOT / "images", photographs)
        async with served(photographs) as server, chromium(Path(scratch, "browser")) as page:
            await page.go(server.link)
            await page.shows("two-dogs.jpg")
            for _ in range(9):
                await page.press("j")
            for name in ("vignette", "exposure"):
                await page.press("f")
                await page.shows("type a few letters")
                for letter in name:
                    await page.press(letter)
                await page.press("Enter", 13)
                await page.shows(f"● {name}")
            await asyncio.sleep(SHARP)
            Image.fromarray(await page.screenshot()).save(ROOT / "docs" / "pictures" / "browser.webp", quality=88)


if __name__ == "__main__":
    asyncio.run(main())
