"""Folders on other machines for tests: of an OpenSSH server and of a store of objects, both real, and seen from both
sides.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.line.server import Server
from tests.store import Store

__all__ = ["Far", "bucket", "far", "server", "sftp", "store"]
CONFIG = """
Host *
  IdentityFile {folder}/user
  IdentitiesOnly yes
  UserKnownHostsFile {home}/.ssh/known_hosts
"""


@dataclass(frozen=True, slots=True)
class Far:
    """A folder that Safelight reaches by its URL alone."""

    url: str
    put: Callable[[str, bytes], object]
    """A file by its name in it, by other means than Safelight's."""
    names: Callable[[], set[str]]
    """All files in it and below, whatever they are called."""
    get: Callable[[str], bytes]


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """The store, for all tests of a process."""
    pytest.importorskip("moto")
    pytest.importorskip("s3fs")
    store = Store()
    yield store
    store.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The server, and the folder that holds its keys."""
    pytest.importorskip("paramiko")
    if not (os.path.exists("/usr/sbin/sshd")):
        pytest.skip("no OpenSSH server is installed")
    folder = tmp_path_factory.mktemp("sshd")
    with Server(folder) as running:
        yield running, folder


def known(server: tuple[Server, Path], home: Path, monkeypatch: pytest.MonkeyPatch, port: int = 0) -> str:
    """A home folder in which the server is known and one's key lies; the server's authority."""
    running, folder = server
    port = port or running.port
    # Kernels are not compiled again because of another home.
    monkeypatch.setenv("XDG_CACHE_HOME", os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"))
    monkeypatch.setenv("HOME", str(home))
    ssh = home / ".ssh"
    ssh.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = " ".join((folder / "host.pub").read_text().split()[:2])
    with open(ssh / "known_hosts", "a", encoding="ascii") as file:
        file.write(f"[127.0.0.1]:{port} {key}\n")
    (ssh / "config").write_text(CONFIG.format(folder=folder, home=home))
    return f"127.0.0.1:{port}"


@pytest.fixture
def sftp(server: tuple[Server, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Far:
    """A folder of the server."""
    authority, folder = known(server, tmp_path / "home", monkeypatch), tmp_path / "there"
    folder.mkdir()

    def put(name: str, data: bytes) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return Far(
        f"sftp://{authority}{folder}",
        put,
        lambda: {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()},
        lambda name: (folder / name).read_bytes(),
    )


@pytest.fixture
def bucket(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Far:
    """A folder of a bucket of its own."""
    for name, value in store.environment().items():
        monkeypatch.setenv(name, value)
    name = f"b{abs(hash(tmp_path)):x}"
    store.ask("create_bucket", Bucket=name)

    def names() -> set[str]:
        found = store.ask("list_objects_v2", Bucket=name).get("Contents", ())
        return {each["Key"].removeprefix("photos/") for each in found}

    return Far(
        f"s3://{name}/photos",
        lambda key, data: store.ask("put_object", Bucket=name, Key=f"photos/{key}", Body=data),
        names,
        lambda key: store.ask("get_object", Bucket=name, Key=f"photos/{key}")["Body"].read(),
    )


@pytest.fixture(params=["sftp", "bucket"])
def far(request: pytest.FixtureRequest) -> Far:
    """Each kind in turn."""
    return partial(request.getfixturevalue, request.param)()
