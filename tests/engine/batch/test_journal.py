"""The journal: torn, full, long, and read while it is written."""

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.journal import CHUNK, Journal, Reader, last_event, parse_line
from engine.job import Event, Failed, Finished, Started, State, Summary
from tests.conftest import ROOT
from tests.engine.test_job import events


def numbered(count: int) -> list[Event]:
    return [Started(index, f"{index}.jpg") for index in range(count)]


def written(path: Path, told: list[Event]) -> None:
    journal = Journal(path)
    for event in told:
        journal.append(event)
    journal.close()


def read(path: Path, start: int = 0) -> list[Event | None]:
    reader, found = Reader(path), []
    while not reader.seek(start):
        pass
    while lines := reader.lines():
        found += [parse_line(line) for line in lines]
    return found


@given(told=st.lists(events, max_size=8))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, told: list[Event]) -> None:
    path = tmp_path_factory.mktemp("journal") / "j"
    written(path, told)
    assert read(path) == told
    assert last_event(path) == (told[-1] if told else None)


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_torn_last_line_is_not_read_and_cut_off_by_the_next_writer(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "j"
    written(path, numbered(3))
    os.truncate(path, path.stat().st_size - cut)
    assert read(path) == numbered(2)
    assert last_event(path) == numbered(2)[1]
    written(path, [Failed(7, "a", "b")])
    assert read(path) == [*numbered(2), Failed(7, "a", "b")]
    assert path.read_bytes().splitlines()[2].startswith(b'{"number": 2,')


def test_a_damaged_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "j"
    written(path, numbered(1))
    with open(path, "ab") as file:
        file.write(b"\0\0\r\0\n" + b"[" * 5000 + b"\n" + b'{"event": "thought"}\n')
    written(path, [Failed(4, "a", "b")])
    assert read(path) == [*numbered(1), None, None, None, Failed(4, "a", "b")]


def test_a_reader_follows_a_writer_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "j"
    reader = Reader(path)
    assert reader.lines() == []
    journal = Journal(path)
    for index, event in enumerate(numbered(5)):
        assert reader.lines() == []
        assert reader.number == index
        journal.append(event)
        assert [parse_line(line) for line in reader.lines()] == [event]
    with open(path, "ab") as file:
        file.write(b'{"event": "fai')
        file.flush()
        assert reader.lines() == []
        file.write(b'led", "index": 1, "path": "a", "error": "b"}\n')
    assert [parse_line(line) for line in reader.lines()] == [Failed(1, "a", "b")]
    journal.close()


def test_long_journals_are_read_in_parts_from_anywhere(tmp_path: Path) -> None:
    path, told = tmp_path / "j", numbered(5000)
    written(path, told)
    reader = Reader(path)
    assert 0 < sum(map(len, reader.lines())) <= CHUNK
    for start in (0, 1, 4999, 2500, 5000):
        assert read(path, start) == told[start:]
    assert not reader.seek(9999)


def test_a_line_longer_than_a_chunk_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "j"
    told: list[Event] = [Started(0, "a"), Failed(1, "a", "x" * 3 * CHUNK), Started(2, "b")]
    written(path, told)
    assert read(path) == told


def test_many_threads_write_whole_lines_with_numbers_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    threads = [threading.Thread(target=lambda: [journal.append(e) for e in numbered(200)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    journal.close()
    assert len(read(tmp_path / "j")) == 800
    assert None not in read(tmp_path / "j")


def test_only_what_matters_asks_for_the_disk_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j")
    summary = Summary(State.DONE, 1, 0, 0, 0, 1.0, 1.0, 1.0, 1.0, ())
    for event, matters in ((Started(0, "a"), False), (Finished(0, "a", "b", 1.0, 1.0), True), (summary, True)):
        journal.append(event)
        assert journal.unsynced is matters
        journal.sync()
        assert not journal.unsynced
    journal.close()
    journal.append(summary)
    assert len(read(tmp_path / "j")) == 3


def test_a_full_disk_loses_nothing_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "j"
    script = """
        import pathlib, resource, sys
        from engine.batch.journal import Journal
        from engine.job import Started
        path = pathlib.Path(sys.argv[1])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        journal = Journal(path)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, hard))
        for index in range(20):
            journal.append(Started(index, f"{index}.jpg"))
        assert path.stat().st_size == 300
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        journal.append(Started(20, "20.jpg"))
        journal.close()
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(path)], check=True, cwd=ROOT)
    assert read(path) == numbered(21)
