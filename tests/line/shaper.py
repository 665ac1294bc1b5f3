"""A line of known rate and delay, as a proxy for TCP on loopback. It looks into nothing that passes."""

import asyncio
import threading
import time
from typing import Self

from tests.line.server import free_port

QUEUE = 512_000
"""Bytes that a router keeps for a line that is busy."""
PACKET = 1460


class Shaper:
    """While entered, what goes to `port` comes out at the target: so many bytes a second, half the delay each way."""

    def __init__(self, target: int, rate: float, round_trip: float) -> None:
        self._target, self._rate, self._delay = target, rate, round_trip / 2
        self.port = free_port()
        """Where it listens."""
        self._loop = asyncio.new_event_loop()
        self._open: list[asyncio.StreamWriter] = []

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def cut(self) -> None:
        """Cut the line: both ends see it break."""
        self._loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in self._open])

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        serving = asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=PACKET)
        server = self._loop.run_until_complete(serving)
        ready.set()
        self._loop.run_forever()
        server.close()
        passing = asyncio.all_tasks(self._loop)
        for task in passing:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*passing, return_exceptions=True))
        for writer in self._open:
            writer.transport.abort()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_connection("127.0.0.1", self._target, limit=PACKET)
        self._open += [writer, there]
        await asyncio.gather(self._pass(reader, there), self._pass(far, writer), return_exceptions=True)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(QUEUE // PACKET)
        free = 0.0
        deliver = asyncio.create_task(_deliver(waiting, target))
        while data := await source.read(PACKET):
            free = max(free, time.monotonic()) + len(data) / self._rate
            await waiting.put((free + self._delay, data))
        await waiting.put((free + self._delay, b""))
        await deliver


async def _deliver(waiting: asyncio.Queue[tuple[float, bytes]], target: asyncio.StreamWriter) -> None:
    while True:
        due, data = await waiting.get()
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if not data:
            target.close()
            return
        target.write(data)
