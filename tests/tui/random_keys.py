"""Random keys in the app on real files, and what must hold whatever they were."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

import send2trash
from PIL import Image
from textual.events import Resize
from textual.geometry import Size

from engine.sidecars.edits import read_edits
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened
from tui.app import Safelight
from tui.commands import commands

APART = {"quit", "suspend", "open_viewer"}
"""Commands that end the app, or begin other programs."""
IN_DIALOGS = ["enter", "escape", "escape", "tab", "down", "up", "right", "backspace", *"abcdefgnrsxy0159./~"]
SIZES = [(80, 24), (120, 40), (40, 12), (300, 90)]


def keys() -> list[str]:
    """Every key of every command but those apart, and what dialogs understand."""
    found = {key.rpartition(":")[2] for each in commands().values() if each.name not in APART for key in each.keys}
    taken = {key.rpartition(":")[2] for each in commands().values() if each.name in APART for key in each.keys}
    return sorted(found - taken) + IN_DIALOGS


def pictures_in(folder: Path) -> list[str]:
    """Those that are still there."""
    return sorted(str(path) for path in folder.glob("*.png"))


async def press(seed: int, steps: int, folder: Path) -> None:
    """Press so many random keys; AssertionError where the app ends, or an edit is not as the app shows it."""
    chance, known, first = random.Random(seed), keys(), os.getcwd()
    for number in range(6):
        Image.new("RGB", (60, 40), (40 * number, 80, 70)).save(folder / f"{number}.png")
    app = Safelight([str(folder)], make_engine=FakeEngine)
    binned = send2trash.send2trash
    send2trash.send2trash = os.unlink  # type: ignore[assignment]
    try:
        os.chdir(folder)
        async with app.run_test(size=(120, 40)) as pilot:
            case = Opened(app, pilot, FakeEngine())
            await case.until(lambda: app.has_started and app.main.images.complete)
            await case.until(lambda: app.bridge.stack is not None)
            for step in range(steps):
                key = chance.choice(known)
                await pilot.press(key)
                assert not app._exit, f"seed {seed}: {key} in step {step} has ended the app"
                if chance.random() < 0.01:
                    size = Size(*chance.choice(SIZES))
                    app.post_message(Resize(size, size))
                if chance.random() < 0.05:
                    await asyncio.sleep(0.01)
            while app.screen is not app.main:
                app.pop_screen()
                await pilot.pause()
            shown = {path: app.bridge.own.edits_of(path) for path in pictures_in(folder)}
            app.bridge.own.now()
            kept = {path: read_edits(path).stack for path in shown}
            assert kept == shown, f"seed {seed}"
            app.bridge.keeping.forget()
    finally:
        os.chdir(first)
        send2trash.send2trash = binned
