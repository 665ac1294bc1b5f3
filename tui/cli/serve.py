"""`safelight serve`: the app in a browser, on one folder."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.confinement import read_only as is_read_only
from engine.errors import SafelightError
from engine.files.name import show

if TYPE_CHECKING:
    from tui.serve.gate import Gate

UNSEALED = "Anybody on the way can read along: let a web server with TLS stand before it, or come by `ssh -L`.\n"


def serve(
    folder: Annotated[str, Parameter(help="Nothing outside it is opened, and no link that leads out.")] = ".",
    *,
    bind: Annotated[str, Parameter(help="Address to listen at, by number.")] = "127.0.0.1",
    port: Annotated[int, Parameter(validator=Number(gte=0, lt=1 << 16), help="0 takes any that is free.")] = 8323,
    name: Annotated[tuple[str, ...], Parameter(help="A name that browsers reach it by, besides that address.")] = (),
    most: Annotated[int, Parameter(validator=Number(gte=1), help="Apps that may run at once.")] = 4,
    read_only: Annotated[bool, Parameter(help="Write no file, and ask nothing of batches.")] = False,
) -> int:
    """Show the app in a browser, for those who hold the link that is printed."""
    try:
        import tui.serve.server  # noqa: F401 - whether it can be
    except ModuleNotFoundError as error:
        if error.name != "aiohttp":
            raise
        raise SafelightError("`safelight serve` needs aiohttp: pip install 'safelight[web]' brings it.") from None
    from tui.cli.opening.confining import confine

    confine(folder, read_only=read_only or is_read_only())
    return asyncio.run(_serve(os.path.realpath(folder), bind, port, name, most))


async def _serve(root: str, bind: str, port: int, names: tuple[str, ...], most: int) -> int:
    from tui.serve.gate import LOOPBACK, Gate
    from tui.serve.server import Doors, Server
    from tui.serve.session import Session, Size
    from tui.serve.surroundings import command, surroundings

    gate, over, heard = Gate(bind, names), asyncio.Event(), [port]
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, over.set)

    async def start(size: Size) -> Session:
        return await Session.start(command(root, read_only=is_read_only()), surroundings(), root, size)

    def ready(number: int) -> None:
        heard[0] = number
        _say(f"Safelight shows {show(root)}{' (read-only)' if is_read_only() else ''} at\n")
        _say(_link(gate, bind, names, number))
        _say(("" if bind in LOOPBACK else UNSEALED) + "Ctrl-C ends it; batches go on.\n")

    def entered() -> None:
        _say(f"A browser has come in. For another:\n{_link(gate, bind, names, heard[0])}")

    try:
        await Server(gate, Doors(bind, port, most), start, entered).serve(ready, over)
    except OSError as error:
        raise SafelightError(
            f"{show(bind)}:{port} is not to be had ({error.strerror}): choose another --port."
        ) from None
    return 0


def _link(gate: Gate, bind: str, names: tuple[str, ...], port: int) -> str:
    host = names[0] if names else f"[{bind}]" if ":" in bind else bind
    return f"  http://{host}:{port}/?token={gate.token}\n"


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
