"""`safelight serve` as a process of its own, asked as browsers and others ask it; the app behind is the real one."""

import asyncio
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import aiohttp
import psutil
import pytest

from tests.tui.serve.served import served, until_shown


@pytest.fixture
def folder(tmp_path: Path, photographs: Path) -> Path:
    """A folder with a photograph, and one that a link leads out to."""
    (tmp_path / "shown").mkdir()
    for name in ("shown/nuthatch.jpg", "secret.jpg"):
        shutil.copy(photographs / "nuthatch.jpg", tmp_path / name)
    (tmp_path / "shown" / "way-out.jpg").symlink_to(tmp_path / "secret.jpg")
    return tmp_path / "shown"


def listed(folder: Path) -> list[Path]:
    """Everything in it."""
    return sorted(folder.rglob("*"))


async def test_who_does_not_hold_the_link_gets_nothing(folder: Path) -> None:
    async with served(folder) as server:
        for path in ("/", "/?token=guess", "/static/page.mjs", "/terminal?columns=80&rows=24", "/nothing"):
            async with server.client.get(server.address + path) as answer:
                assert answer.status == 403
                assert "Open the link that `safelight serve` has printed" in await answer.text()
                assert "Set-Cookie" not in answer.headers
        async with server.client.head(server.link) as answer:
            assert answer.status != 200
        async with server.client.get(server.link) as answer:
            assert answer.status == 200
            cookie = answer.headers["Set-Cookie"]
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store"
        async with server.client.get(server.address + "/static/page.mjs") as answer:
            assert (answer.status, answer.content_type) == (200, "text/javascript")
        for name in ("..%2fgate.py", "%2e%2e%2fgate.py", "nothing.mjs"):
            async with server.client.get(f"{server.address}/static/{name}") as answer:
                assert answer.status == 404
        async with aiohttp.ClientSession() as stranger, stranger.get(server.link) as answer:
            assert answer.status == 403
        await server.next_link()
        async with aiohttp.ClientSession() as other, other.get(server.link) as answer:
            assert answer.status == 200


async def test_other_names_and_other_pages_are_refused(folder: Path) -> None:
    async with served(folder, "--name", "darkroom.example") as server:
        assert b"http://darkroom.example:" in server.printed
        await server.enter()
        async with server.client.get(server.address, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
            assert "This server is not evil.example: name it with --name" in await answer.text()
        cookies = "; ".join(f"{each.key}={each.value}" for each in server.client.cookie_jar)
        named = {"Host": "darkroom.example", "Cookie": cookies}
        async with aiohttp.ClientSession() as bare, bare.get(server.address, headers=named) as answer:
            assert answer.status == 200
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
                await server.socket(Origin=origin)
            assert raised.value.status == 403
        for query in ("", "columns=0&rows=24", "columns=80&rows=100000", "columns=x&rows=24"):
            with pytest.raises(aiohttp.WSServerHandshakeError) as raised:
                await server.socket(query)
            assert raised.value.status == 403


async def test_a_page_has_an_app_that_ends_with_it_and_stays_in_the_folder(folder: Path) -> None:
    async with served(folder, "--most", "1") as server:
        await server.enter()
        async with server.socket() as socket:
            seen = await until_shown(socket, b"way-out.jpg")
            assert b"nuthatch.jpg" in seen
            (app,) = psutil.Process(server.process.pid).children()
            assert app.environ()["SAFELIGHT_ROOT"] == str(folder)
            # The link that leads out is named, and what it leads to is not opened.
            await socket.send_bytes(b"j")
            await until_shown(socket, b"lies outside")
            async with server.socket() as other:
                refused = await other.receive()
                assert refused.type is aiohttp.WSMsgType.CLOSE
                assert refused.data == aiohttp.WSCloseCode.TRY_AGAIN_LATER
                assert refused.extra == "1 run already, as many as --most allows: close one."
            await socket.send_str(json.dumps({"columns": 90, "rows": 40}))
            await until_shown(socket, b"nuthatch.jpg")
        gone, _ = psutil.wait_procs([app], timeout=10)
        assert gone == [app]
        async with server.socket() as socket:
            await until_shown(socket, b"nuthatch.jpg")
            (app,) = psutil.Process(server.process.pid).children()
            server.process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(server.process.wait(), 10) == 0
        gone, _ = psutil.wait_procs([app], timeout=10)
        assert gone == [app]


async def test_the_app_ends_by_its_key_and_a_page_that_talks_nonsense_is_left(folder: Path) -> None:
    async with served(folder) as server:
        await server.enter()
        async with server.socket() as socket:
            await until_shown(socket, b"idle: no batch")
            await socket.send_bytes(b"q")
            async with asyncio.timeout(30):
                while (message := await socket.receive()).type is aiohttp.WSMsgType.BINARY:
                    for _ in range(message.data.count(b"\x1b[5n")):
                        await socket.send_bytes(b"\x1b[0n")
            assert (message.type, message.extra) == (aiohttp.WSMsgType.CLOSE, "Safelight has ended.")
        for nonsense in ("no JSON", "[]", '{"columns": -1}', "null"):
            async with server.socket() as socket:
                await socket.send_str(nonsense)
                async with asyncio.timeout(30):
                    while (message := await socket.receive()).type is aiohttp.WSMsgType.BINARY:
                        pass
                assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING)
        assert server.process.returncode is None


async def test_read_only_is_refused_by_command(folder: Path) -> None:
    before = listed(folder)
    async with served(folder, "--read-only") as server:
        assert b"(read-only)" in server.printed
        await server.enter()
        async with server.socket("columns=140&rows=40") as socket:
            seen = await until_shown(socket, b"idle: no batch")
            assert b", read-only" in seen
            await socket.send_bytes(b"a")
            await until_shown(socket, b"Apply the stack is not possible. Nothing is written here")
    assert listed(folder) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "--root must be a folder, and nowhere is none"),
        ([".", "--bind", "192.0.2.1"], "192.0.2.1:8323 is not to be had"),
        ([".", "--port", "65536"], "--port"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(folder: Path, words: list[str], said: str) -> None:
    line = [sys.executable, "-m", "tui", "serve", *words]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_its_extra_the_sentence_names_it(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "aiohttp.py").write_text("raise ModuleNotFoundError('gone', name='aiohttp')\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); sys.argv = ['safelight', 'serve']\n"
    line = [sys.executable, "-c", f"{code}from tui.__main__ import main; sys.exit(main())"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "pip install 'safelight[web]'" in done.stderr
