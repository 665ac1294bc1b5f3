"""Other machines behind a line that is slow, or cut: what is asked is asked once more, and a name is given or not."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ImageError
from engine.files.edition import edition
from engine.files.leftovers import sweep
from engine.files.limits import Limits
from engine.files.remote.listing import listed
from engine.files.source import read
from engine.files.write import write_new
from tests.far import Far, known
from tests.line.server import Server
from tests.line.shaper import Shaper
from tests.store import Store

FAST = 1e9
DAY = 24 * 3600


@pytest.fixture
def cable(server: tuple[Server, Path]) -> Iterator[Shaper]:
    """A line to the server."""
    with Shaper(server[0].port, FAST, 0.0) as shaper:
        yield shaper


@pytest.fixture
def over(cable: Shaper, server: tuple[Server, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder of the server, by that line."""
    (tmp_path / "there").mkdir()
    return f"sftp://{known(server, tmp_path / 'home', monkeypatch, cable.port)}{tmp_path / 'there'}"


def test_a_line_that_was_cut_is_taken_up_again(over: str, cable: Shaper, tmp_path: Path) -> None:
    (tmp_path / "there" / "a.jpg").write_bytes(b"12345")
    for _ in range(3):
        assert [item.name for item in listed(over)] == ["a.jpg"]
        cable.cut()
        assert read(f"{over}/a.jpg", Limits()) == b"12345"
        cable.cut()


def test_a_line_cut_while_a_file_is_sent(over: str, cable: Shaper, tmp_path: Path) -> None:
    assert listed(over) == []
    cable.cut()
    with pytest.raises(ImageError, match="is not reached"):
        write_new(f"{over}/a.jpg", b"12345")
    assert edition(f"{over}/a.jpg") is None
    write_new(f"{over}/a.jpg", b"12345")
    assert (tmp_path / "there" / "a.jpg").read_bytes() == b"12345"


def test_what_nobody_finished_is_swept_after_a_day(sftp: Far, tmp_path: Path) -> None:
    for name, age in ((".safelight-0123456789abcdef", 2 * DAY), (".safelight-fedcba9876543210", 0), ("a.jpg", 2 * DAY)):
        sftp.put(name, b"x")
        path = tmp_path / "there" / name
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    assert sweep([sftp.url]) == 1
    assert sftp.names() == {".safelight-fedcba9876543210", "a.jpg"}


def test_a_store_behind_a_cut_line(bucket: Far, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bucket.put("a.jpg", b"12345")
    with Shaper(store.port, FAST, 0.0) as cable:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{cable.port}")
        for _ in range(3):
            assert read(f"{bucket.url}/a.jpg", Limits()) == b"12345"
            cable.cut()
