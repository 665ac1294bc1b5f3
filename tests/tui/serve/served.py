"""`safelight serve` as people start it: a process, its link, and what a browser would ask of it."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

LINK = re.compile(rb"http://(\S+?):(\d+)/\?token=(\S+)\n")
PATIENCE = 30.0


@dataclass
class Served:
    """A server under test."""

    process: asyncio.subprocess.Process
    client: aiohttp.ClientSession
    port: int
    token: str
    printed: bytes

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def link(self) -> str:
        """The link that is good now, as far as was read."""
        return f"{self.address}/?token={self.token}"

    async def next_link(self) -> None:
        """Read the link for another browser."""
        self.token = (await _read_link(self.process))[1][3].decode()

    async def enter(self) -> None:
        """Come in by the link; the client keeps the cookie."""
        async with self.client.get(self.link) as answer:
            assert answer.status == 200, await answer.text()

    def socket(
        self, query: str = "columns=100&rows=30", **headers: str
    ) -> aiohttp.client._BaseRequestContextManager[aiohttp.ClientWebSocketResponse]:
        """The socket of a page."""
        return self.client.ws_connect(
            f"{self.address}/terminal?{query}", headers={"Origin": self.address, **headers}, max_msg_size=0
        )


async def until_shown(socket: aiohttp.ClientWebSocketResponse, text: bytes) -> bytes:
    """What the app writes up to a text; AssertionError when the socket is closed before."""
    seen = b""
    async with asyncio.timeout(PATIENCE):
        while text not in seen:
            message = await socket.receive()
            assert message.type is aiohttp.WSMsgType.BINARY, (message, seen[-300:])
            seen += message.data
            # What a terminal would answer: it has read as far.
            for _ in range(message.data.count(b"\x1b[5n")):
                await socket.send_bytes(b"\x1b[0n")
    return seen


@asynccontextmanager
async def served(folder: Path, *words: str) -> AsyncIterator[Served]:
    """The server on a folder, any free port."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui", "serve", str(folder), "--port", "0", *words), stdout=asyncio.subprocess.PIPE
    )
    try:
        printed, found = await _read_link(process)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as client:
            yield Served(process, client, int(found[2]), found[3].decode(), printed)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _read_link(process: asyncio.subprocess.Process) -> tuple[bytes, re.Match[bytes]]:
    assert process.stdout is not None
    printed = b""
    async with asyncio.timeout(PATIENCE):
        while not (found := LINK.search(printed)):
            line = await process.stdout.readline()
            assert line, printed
            printed += line
    return printed, found
