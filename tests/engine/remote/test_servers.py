"""Servers that allow less than OpenSSH does as it comes, and configurations as people have them."""

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.files.remote.fetched import fetch
from engine.files.remote.ssh import options
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


CONFIG = """
Include {folder}/more/*.conf {folder}/none
Port 7
Host inner
  Include {folder}/within
  User ann
Host *
  User zed
"""


def test_a_configuration_includes_others_as_ssh_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".ssh"
    (folder / "more").mkdir(parents=True)
    (folder / "config").write_text(CONFIG.format(folder=folder))
    (folder / "more/a.conf").write_text("Host nas\n  HostName 10.0.0.7\n")
    (folder / "more/b.conf").write_text("Host far\n  HostName 10.0.0.8\n  Port 9\n")
    (folder / "within").write_text("HostName 10.0.0.9\n")
    for host in ("nas", "far", "inner", "other"):
        said = subprocess.run(["ssh", "-G", "-F", folder / "config", host], capture_output=True, text=True, check=True)
        real = dict(line.split(" ", 1) for line in said.stdout.splitlines() if " " in line)
        found = options(host)
        told = found["host"], str(found["port"]), found["username"]
        assert told == (real["hostname"], real["port"], real["user"])


def test_a_configuration_that_includes_itself_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "config").write_text("Include config\nInclude ~/.ssh/none 'x\nHost nas\n  Port 9\n")
    assert options("nas")["port"] == 9
