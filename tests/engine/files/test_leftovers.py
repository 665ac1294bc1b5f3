"""Unfinished files: those of the dead are removed, those of the living stay, and nothing else is touched."""

import fcntl
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from engine.files import leftovers
from engine.files.leftovers import sweep
from engine.files.write import begin_new, write_new, write_replacing

NAME = ".safelight-0123456789abcdef"


def test_what_a_killed_process_left_goes_and_what_lives_stays(tmp_path: Path) -> None:
    code = f"""
        import os, sys
        from engine.files.write import begin_new
        begun = begin_new({str(tmp_path / "a.jpg")!r}, b"half a picture")
        print(flush=True)
        sys.stdin.readline()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (name,) = os.listdir(tmp_path)
        assert sweep([str(tmp_path)]) == 0
        assert os.listdir(tmp_path) == [name]
        process.kill()
        process.wait()
        assert sweep([str(tmp_path)]) == 1
    assert os.listdir(tmp_path) == []


def test_a_file_is_locked_until_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, real, removed = begin_new(tmp_path / "a.jpg", b"whole"), os.link, []

    def link(*words: object, **named: object) -> None:
        removed.append(sweep([str(tmp_path)]))
        real(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", link)
    begun.place()
    assert removed == [0]
    assert (tmp_path / "a.jpg").read_bytes() == b"whole"
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_only_what_looks_like_ours_is_removed(tmp_path: Path) -> None:
    for name in (f"{NAME}0", ".safelight-0123456789abcdeX", ".safelight-x", f"x{NAME}", "a.jpg.safelight-original"):
        (tmp_path / name).touch()
    (tmp_path / ".safelight-00000000000000aa").mkdir()
    os.mkfifo(tmp_path / ".safelight-00000000000000ab")
    (tmp_path / ".safelight-00000000000000ac").symlink_to("a.jpg")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / NAME).touch()
    before = sorted(tmp_path.rglob("*"))
    (tmp_path / NAME).touch()
    assert sweep([str(tmp_path), str(tmp_path / "gone"), str(tmp_path / "a.jpg.safelight-original")]) == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_another_user_s_leftovers_stay(tmp_path: Path) -> None:
    (tmp_path / NAME).touch()
    os.chown(tmp_path / NAME, 1234, 1234)
    assert sweep([str(tmp_path)]) == 0
    assert (tmp_path / NAME).exists()


def test_a_disk_without_locks_keeps_its_leftovers_for_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(leftovers.fcntl, "flock", no_locks)
    write_new(tmp_path / "a.jpg", b"whole")
    (tmp_path / NAME).touch()
    assert sweep([str(tmp_path)]) == 0
    os.utime(tmp_path / NAME, (0, time.time() - leftovers.DAY - 60))
    assert sweep([str(tmp_path)]) == 1
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_new_file_that_a_sweep_holds_is_given_up_for_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, taken = os.open, []

    def opened(path: str, flags: int, *words: int, **named: int) -> int:
        file = real(path, flags, *words, **named)
        if flags & os.O_EXCL and not taken:
            taken.append(real(path, os.O_RDONLY, dir_fd=named["dir_fd"]))
            fcntl.flock(taken[0], fcntl.LOCK_EX)
        return file

    monkeypatch.setattr(os, "open", opened)
    begun = begin_new(tmp_path / "a.jpg", b"whole")
    monkeypatch.undo()
    first, second = sorted(os.listdir(tmp_path), key=lambda name: (tmp_path / name).stat().st_size)
    (tmp_path / first).unlink()
    os.close(taken[0])
    begun.place()
    assert second != first
    assert (tmp_path / "a.jpg").read_bytes() == b"whole"
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_writers_and_sweepers_never_meet(tmp_path: Path) -> None:
    over = threading.Event()

    def clean() -> None:
        while not over.is_set():
            sweep([str(tmp_path)])

    sweepers = [threading.Thread(target=clean) for _ in range(2)]
    for thread in sweepers:
        thread.start()
    try:
        for number in range(100):
            write_replacing(tmp_path / "a.jpg", b"%d" % number)
    finally:
        over.set()
        for thread in sweepers:
            thread.join()
    assert (tmp_path / "a.jpg").read_bytes() == b"99"
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_are_those_of_new_files(tmp_path: Path, mask: int, mode: int) -> None:
    tmp_path.chmod(0o2755)
    before = os.umask(mask)
    try:
        write_new(tmp_path / "new.jpg", b"")
        (tmp_path / "old.jpg").touch(0o600)
        write_replacing(tmp_path / "old.jpg", b"")
    finally:
        os.umask(before)
    for name in ("new.jpg", "old.jpg"):
        facts = (tmp_path / name).stat()
        assert facts.st_mode & 0o7777 == mode
        assert facts.st_gid == tmp_path.stat().st_gid
