"""The control socket: what clients may send, what they get, and that none of them harms the batch or the others."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.address import short
from engine.batch.client import Batch
from engine.batch.protocol import LONGEST, Command, Lines, parse_request
from engine.batch.record import load_record
from engine.batch.server import MOST_CLIENTS, Server
from engine.batch.wire import Wire
from engine.errors import BatchError
from engine.job import Finished, State, Verb, event_from_dict
from tests.engine.batch.conftest import DEADLINE, Begin, started, state_of, story, summary, until

LetGo = Callable[[str], None]


def socket_of(batch: Batch) -> str:
    record = load_record(batch.folder)
    assert record is not None
    return record.socket


@contextmanager
def plug(path: str) -> Iterator[socket.socket]:
    """A bare connection, for what a client of ours would not send."""
    with socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(DEADLINE)
        with short(path) as address:
            peer.connect(address)
        yield peer


def reply(peer: socket.socket, sent: bytes) -> Any:
    peer.sendall(sent)
    return json.loads(peer.makefile("rb").readline())


def rest_of(wire: Wire) -> list[dict[str, Any]]:
    """Every line until the batch closes the connection."""
    lines: list[dict[str, Any]] = []
    try:
        while True:
            lines.append(wire.receive())
    except BatchError:
        return lines


def stuff(peer: socket.socket) -> None:
    """Asks without reading an answer, until the batch takes nothing any more."""
    peer.setblocking(False)
    try:
        while True:
            peer.send(b'{"protocol": 1, "command": "hello"}\n')
    except BlockingIOError:
        return


def test_hello_status_and_what_is_refused(begin: Begin, let_go: LetGo) -> None:
    batch = begin("a", "held-b")
    started(batch, "held-b")
    with Wire(socket_of(batch), DEADLINE) as wire:
        wire.send({"command": "hello"})
        hello = wire.receive()
        assert (hello["protocol"], hello["batch"], hello["state"], hello["events"]) == (1, batch.id, "running", 3)
        until(lambda: json.loads(json.dumps(status(wire)))["done"] == 1)
        assert status(wire)["total"] == 2
    refusals = {
        b"\n": "not a JSON line",
        b"\xff\xfe\n": "not a JSON line",
        b"[" * 60_000 + b"\n": "not a JSON line",
        b"[]\n": "not a JSON object",
        b'{"command": "hello"}\n': "speaks protocol 1",
        b'{"protocol": 2, "command": "hello"}\n': "speaks protocol 1",
        b'{"protocol": 1, "command": "halt"}\n': "The commands are hello, status, follow, ask",
        b'{"protocol": 1, "command": ["hello"]}\n': "The commands are",
        b'{"protocol": 1, "command": "follow", "from": -1}\n': "number of an event",
        b'{"protocol": 1, "command": "follow", "from": true}\n': "number of an event",
        b'{"protocol": 1, "command": "ask", "verb": "end"}\n': "can be asked to pause, resume, drain, cancel",
        b'{"protocol": 1, "command": "ask", "verb": {}}\n': "can be asked to",
        b'{"protocol": 1, "command": "ask", "verb": "resume"}\n': "The batch is running: it cannot resume",
    }
    with plug(socket_of(batch)) as peer:
        for sent, sentence in refusals.items():
            assert sentence in reply(peer, sent)["error"]
    let_go("held-b")
    assert summary(batch).done == 2


def status(wire: Wire) -> dict[str, Any]:
    wire.send({"command": "status"})
    return wire.receive()


def test_a_line_without_end_is_answered_and_cut_off(begin: Begin, let_go: LetGo) -> None:
    batch = begin("held-a")
    started(batch, "held-a")
    with plug(socket_of(batch)) as peer:
        assert str(LONGEST) in reply(peer, b"x" * LONGEST)["error"]
        assert peer.recv(1) == b""
    let_go("held-a")
    assert summary(batch).done == 1


@pytest.mark.parametrize("first", [0, 3, 100])
def test_follow_replays_and_then_streams(begin: Begin, let_go: LetGo, first: int) -> None:
    batch = begin("a", "bad", "held-c", "d")
    started(batch, "held-c")
    with Wire(socket_of(batch), DEADLINE) as wire:
        wire.send({"command": "follow", "from": first})
        assert wire.receive()["from"] == first
        let_go("held-c")
        told = rest_of(wire)
    whole = story(batch)
    assert [event_from_dict(line) for line in told] == whole[first:]
    assert [line["number"] for line in told] == list(range(len(whole)))[first:]


def test_clients_that_do_not_listen_or_vanish_delay_nobody(begin: Begin, let_go: LetGo) -> None:
    names = [f"{number:04}-{'long' * 30}" for number in range(600)]
    batch = begin("held-first", *names)
    started(batch, "held-first")
    with plug(socket_of(batch)) as mute, plug(socket_of(batch)) as other:
        for peer in (mute, other):
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            peer.sendall(b'{"protocol": 1, "command": "follow"}\n' * 3)
        with plug(socket_of(batch)) as vanished:
            vanished.sendall(b'{"protocol": 1, "command": "follow"}\n{"protocol"')
        stuff(mute)
        let_go("held-first")
        assert summary(batch).done == 601
    assert sum(isinstance(event, Finished) for event in story(batch)) == 601


def test_an_asker_may_leave_before_the_answer(begin: Begin) -> None:
    batch = begin("held-a", "b")
    started(batch, "held-a")
    with plug(socket_of(batch)) as peer:
        peer.sendall(b'{"protocol": 1, "command": "ask", "verb": "pause"}\n')
    state_of(batch, State.PAUSED)
    batch.post(Verb.CANCEL)
    assert summary(batch).state is State.CANCELLED


def test_there_are_not_more_clients_than_can_be_served(tmp_path: Path) -> None:
    server = Server(tmp_path / "s", tmp_path / "journal", lambda request: {"ok": True})
    wires = []
    for _ in range(MOST_CLIENTS):
        wires.append(Wire(str(tmp_path / "s"), DEADLINE))
        server.turn(DEADLINE)
    with Wire(str(tmp_path / "s"), DEADLINE) as late:
        server.turn(DEADLINE)
        with pytest.raises(BatchError, match="64 clients already"):
            late.receive()
    wires[0].send({"command": "hello"})
    server.turn(DEADLINE)
    assert wires[0].receive()["ok"] is True
    server.finish(DEADLINE)
    for wire in wires:
        with wire, pytest.raises(BatchError, match="is gone"):
            wire.receive()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_another_user_is_refused(tmp_path: Path) -> None:
    server = Server(tmp_path / "s", tmp_path / "journal", lambda request: {"ok": True})
    tmp_path.chmod(0o755)
    (tmp_path / "s").chmod(0o666)
    visit = "import os, socket; os.setuid(65534); s = socket.socket(socket.AF_UNIX); s.connect('s'); print(s.recv(999))"
    with subprocess.Popen([sys.executable, "-c", visit], stdout=subprocess.PIPE, cwd=tmp_path) as visitor:
        server.turn(DEADLINE)
        said, _ = visitor.communicate(timeout=DEADLINE)
    assert b"This batch belongs to another user." in said
    server.finish(DEADLINE)


@settings(max_examples=200)
@given(st.lists(st.binary(max_size=50), max_size=10))
def test_lines_do_not_depend_on_how_they_arrive(parts: list[bytes]) -> None:
    lines = Lines()
    assert [line for part in parts for line in lines.feed(part)] == b"".join(parts).split(b"\n")[:-1]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([*Command, *Verb]),
        lambda part: st.lists(part) | st.dictionaries(st.sampled_from(["command", "from", "verb"]), part),
    )
)
def test_whatever_is_asked_is_understood_or_refused_with_a_sentence(values: Any) -> None:
    if isinstance(values, dict):
        values["protocol"] = 1
    refusal = "."
    try:
        parse_request(json.dumps(values).encode())
    except BatchError as error:
        refusal = str(error)
    assert refusal.endswith(".")
