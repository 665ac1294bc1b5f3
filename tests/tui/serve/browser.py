"""Chromium without a screen, driven over its own protocol (Chrome DevTools Protocol). It knows nothing of Safelight."""

from __future__ import annotations

import asyncio
import json
import shutil
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
from PIL import Image

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30.0


def program() -> str | None:
    """Chromium, where it is installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self._session: str | None = None
        self.failures: list[str] = []
        """What the page complained of in its console."""

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """One call and its answer."""
        self._number += 1
        number = self._number
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        await self._socket.send_json(message)
        while True:
            answer = await self._socket.receive_json(timeout=PATIENCE)
            if answer.get("id") == number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result
            self._hear(answer)

    def _hear(self, event: dict[str, Any]) -> None:
        if event.get("method") == "Runtime.exceptionThrown":
            self.failures.append(json.dumps(event["params"]["exceptionDetails"])[:500])
        if event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error":
            self.failures.append(event["params"]["entry"]["text"])

    async def begin(self) -> None:
        """Attach to a new tab."""
        target = await self.call("Target.createTarget", url="about:blank")
        attached = await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            await self.call(f"{domain}.enable")

    async def go(self, address: str) -> None:
        """Open an address."""
        await self.call("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """What an expression of JavaScript gives."""
        answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression is true."""
        async with asyncio.timeout(PATIENCE):
            while not await self.value(f"!!({expression})"):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)

    async def text(self) -> str:
        """What the terminal shows."""
        rows = "[...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent).join('\\n')"
        return str(await self.value(rows))

    async def shows(self, text: str) -> None:
        """Wait until the terminal shows it."""
        async with asyncio.timeout(PATIENCE):
            while text not in await self.text():  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.05)

    async def press(self, key: str, code: int = 0) -> None:
        """A key: a letter, or a name with its code."""
        text = key if len(key) == 1 else "\r" if key == "Enter" else ""
        plain = {"key": key, "windowsVirtualKeyCode": code or ord(key.upper()[0])}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **plain)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **plain)

    async def screenshot(self) -> np.ndarray[Any, np.dtype[np.uint8]]:
        """The tab as pixels, H x W x 3."""
        data = b64decode((await self.call("Page.captureScreenshot", format="png"))["data"])
        return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Page]:
    """One tab of a Chromium with a profile of its own, which keeps what it downloads in `folder`."""
    found = program()
    assert found is not None
    flags = (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--window-size=1280,800",
    )
    process = await asyncio.create_subprocess_exec(
        found,
        *flags,
        f"--user-data-dir={folder / 'profile'}",
        "--remote-debugging-port=0",
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while b"ws://" not in (line := await process.stderr.readline()):
                assert line, "Chromium ended"
        address = line[line.index(b"ws://") :].decode().strip()
        async with aiohttp.ClientSession() as client, client.ws_connect(address, max_msg_size=0) as socket:
            page = Page(socket)
            await page.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
            await page.begin()
            yield page
    finally:
        process.kill()
        await process.wait()
        # What is left in the pipe is nobody's.
        process._transport.close()  # type: ignore[attr-defined]
