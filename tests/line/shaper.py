"""A line of known rate and delay, as a proxy for TCP on loopback. It looks into nothing that passes."""

import asyncio
import threading
import time
from collections import deque
from typing import Self

from tests.line.server import free_port

QUEUE = 64_000
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
        self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=PACKET))
        ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_connection("127.0.0.1", self._target, limit=PACKET)
        self._open += [writer, there]
        await asyncio.gather(self._pass(reader, there), self._pass(far, writer), return_exceptions=True)

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        waiting: deque[tuple[float, bytes]] = deque()
        free = 0.0
        deliver = asyncio.create_task(self._deliver(waiting, target))
        while data := await source.read(PACKET):
            free = max(free, time.monotonic()) + len(data) / self._rate
            waiting.append((free + self._delay, data))
            while sum(len(each) for _, each in waiting) > QUEUE:
                await asyncio.sleep(0.002)
        waiting.append((free + self._delay, b""))
        await deliver

    async def _deliver(self, waiting: deque[tuple[float, bytes]], target: asyncio.StreamWriter) -> None:
        while True:
            if not waiting:
                await asyncio.sleep(0.001)
                continue
            due, data = waiting[0]
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            waiting.popleft()
            if not data:
                target.close()
                return
            target.write(data)
