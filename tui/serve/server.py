"""The web server: checks who asks, gives the page, and joins each page's socket to an app. Decides no right itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import WSCloseCode, WSMsgType, web

from tui.serve.gate import Gate
from tui.serve.session import Session, Size

STATIC = Path(__file__).parent / "static"
TYPES = {".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".txt": "text/plain"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""xterm.js makes style sheets as it goes, and its pictures are decoded by WebAssembly."""
MOST_TYPED = 1 << 20
"""Bytes of one message from a page."""
BEAT = 20.0
"""Seconds between two looks whether a silent page is still there."""
ENDING = 6.0
"""Seconds that a page waits for an app that is about to end, as when a page is loaded anew."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Start = Callable[[Size], Awaitable[Session]]


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the server listens, and how many apps may run at once."""

    address: str
    port: int
    most: int


class Server:
    """One gate, and the apps that run behind it."""

    def __init__(self, gate: Gate, doors: Doors, start: Start, entered: Callable[[], object]) -> None:
        """`start` starts an app of a size; `entered` is called when a browser has come in and its link is spent."""
        self._gate, self._doors, self._start, self._entered = gate, doors, start, entered
        self._cookie = f"safelight-{doors.port}"
        self._free = asyncio.Semaphore(doors.most)

    async def serve(self, ready: Callable[[int], object], over: asyncio.Event) -> None:
        """Until `over` is set; `ready` is told the port. OSError where the address is not to be had."""
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/", self._page, allow_head=False)
        app.router.add_get("/static/{name}", self._static)
        app.router.add_get("/terminal", self._terminal, allow_head=False)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._doors.address, self._doors.port)
            await site.start()
            ready(runner.addresses[0][1])
            await over.wait()
        finally:
            await runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._gate.takes_host(request.host):
            return _refused(f"This server is not {request.host[:80]}: name it with --name when it is started.")
        if request.path != "/" and not self._knows(request):
            return _refused("Open the link that `safelight serve` has printed.")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    def _knows(self, request: web.Request) -> bool:
        return self._gate.knows(request.cookies.get(self._cookie, ""))

    async def _page(self, request: web.Request) -> web.StreamResponse:
        cookie = None if self._knows(request) else self._gate.enter(request.query.get("token", ""))
        if cookie is None and not self._knows(request):
            return _refused("Open the link that `safelight serve` has printed; each is good for one browser.")
        response = _file("index.html")
        if cookie is not None:
            response.set_cookie(self._cookie, cookie, httponly=True, samesite="Strict", secure=request.secure)
            self._entered()
        return response

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in {path.name for path in STATIC.iterdir()}:
            raise web.HTTPNotFound
        return _file(name)

    async def _terminal(self, request: web.Request) -> web.StreamResponse:
        if not self._gate.takes_origin(request.headers.get("Origin", ""), request.host):
            return _refused("This page is not one of ours.")
        try:
            size = Size.of(request.query)
        except ValueError as error:
            return _refused(f"The page asks for {error}.")
        socket = web.WebSocketResponse(heartbeat=BEAT, max_msg_size=MOST_TYPED, compress=False)
        await socket.prepare(request)
        try:
            await asyncio.wait_for(self._free.acquire(), ENDING)
        except TimeoutError:
            sentence = f"{self._doors.most} run already, as many as --most allows: close one."
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=sentence.encode())
            return socket
        try:
            await self._join(socket, size)
        finally:
            self._free.release()
        return socket

    async def _join(self, socket: web.WebSocketResponse, size: Size) -> None:
        """Until the app or the page has ended, and then both have."""
        session = await self._start(size)
        try:
            showing = asyncio.create_task(_show(session, socket))
            await _hear(session, socket)
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        finally:
            await session.close()


async def _show(session: Session, socket: web.WebSocketResponse) -> None:
    """What the app writes, as fast as the page takes it."""
    while data := await session.output():
        await socket.send_bytes(data)
    await socket.close(message=b"Safelight has ended.")


async def _hear(session: Session, socket: web.WebSocketResponse) -> None:
    """What the page says: bytes are keys, text is its size. Whoever says anything else is not listened to."""
    async for message in socket:
        if message.type is WSMsgType.BINARY:
            session.type(message.data)
        elif message.type is WSMsgType.TEXT:
            try:
                session.resize(Size.of(json.loads(message.data)))
            except (ValueError, AttributeError):
                return


def _file(name: str) -> web.Response:
    kind = TYPES.get(Path(name).suffix, "application/octet-stream")
    return web.Response(body=(STATIC / name).read_bytes(), content_type=kind, charset="utf-8")


def _refused(sentence: str) -> web.Response:
    return web.Response(status=403, text=sentence + "\n", headers=HEADERS)
