"""Servers that allow less than OpenSSH does as it comes, and configurations as people have them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.files.remote.fetched import fetch
from tests.far import known
from tests.line import server as servers
from tests.line.server import Server

pytest.importorskip("paramiko")


@pytest.fixture
def narrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The authority of a server that allows two channels in a connection."""
    monkeypatch.setattr(servers, "SETTINGS", f"{servers.SETTINGS}\nMaxSessions 2\n")
    folder = tmp_path / "keys"
    folder.mkdir()
    with Server(folder) as running:
        yield known((running, folder), tmp_path / "home", monkeypatch)


def test_a_server_of_few_channels_serves_many_threads(narrow: str, tmp_path: Path) -> None:
    found = dict[int, bytes]()

    def read(number: int) -> None:
        found[number] = fetch(f"sftp://{narrow}{tmp_path}/{number}.bin", 0, 300_000)

    for number in range(12):
        (tmp_path / f"{number}.bin").write_bytes(bytes([number]) * 300_000)
    threads = [threading.Thread(target=read, args=(number,)) for number in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == {number: bytes([number]) * 300_000 for number in range(12)}
