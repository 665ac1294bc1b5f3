"""The line of the measurements is as fast and as far as it says; what must hold on any line holds on a quick one."""

import socket
import threading
import time
from pathlib import Path

import pytest

from tests.line import figures
from tests.line.server import free_port
from tests.line.session import Line
from tests.line.shaper import Shaper


@pytest.mark.parametrize(("rate", "round_trip"), [(200_000, 0.05), (1_000_000, 0.2)])
def test_the_line_has_its_rate_and_its_delay(rate: float, round_trip: float) -> None:
    port = free_port()
    listener = socket.create_server(("127.0.0.1", port))
    size = int(rate * 0.5)

    def answer() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(peer.recv(1))
            peer.recv(1)
            peer.sendall(bytes(size))

    thread = threading.Thread(target=answer)
    thread.start()
    with Shaper(port, rate, round_trip) as shaper, socket.create_connection(("127.0.0.1", shaper.port)) as client:
        start = time.monotonic()
        client.sendall(b"a")
        client.recv(1)
        assert round_trip <= time.monotonic() - start <= 1.1 * round_trip + 0.02
        start = time.monotonic()
        client.sendall(b"b")
        left = size
        while left:
            left -= len(client.recv(1 << 16))
        ideal = round_trip + size / rate
        assert 0.9 * ideal <= time.monotonic() - start <= 1.1 * ideal
    thread.join()
    listener.close()


def test_over_ssh_nothing_is_sent_while_nothing_happens_and_little_for_a_move(tmp_path: Path) -> None:
    with figures.opened(Line("quick", 1e8, 0.001), broken=True, count=5) as client:
        figures.usable(client)
        client.rest(1.5)
        client.bytes = 0
        client.watch(1.0)
        assert client.bytes == 0
        figures.list_move(client)
        client.rest(0.5)
        assert 0 < client.bytes <= 500
