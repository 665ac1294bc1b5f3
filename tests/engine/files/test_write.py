"""Files in their place: whole or not at all, whatever happens in between."""

import errno
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import ImageError
from engine.files.write import not_same_file, write_new, write_replacing

BOTH = pytest.mark.parametrize("write", [write_new, write_replacing])
Write = Callable[[str | os.PathLike[str], bytes], None]


@BOTH
def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "a" / "b" / "c.jpg"
    write(path, b"picture")
    assert path.read_bytes() == b"picture"
    assert os.listdir(path.parent) == ["c.jpg"]


def test_a_name_that_is_no_utf8_is_written_as_it_is(tmp_path: Path) -> None:
    write_new(os.path.join(os.fspath(tmp_path), os.fsdecode(b"\xff.jpg")), b"picture")
    assert os.listdir(os.fsencode(tmp_path)) == [b"\xff.jpg"]


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
@BOTH
def test_permissions_follow_the_umask(tmp_path: Path, write: Write, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write(tmp_path / "a.jpg", b"picture")
    finally:
        os.umask(before)
    assert (tmp_path / "a.jpg").stat().st_mode & 0o777 == mode


def test_what_exists_is_not_replaced_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"old")
    with pytest.raises(ImageError, match=r"a\.jpg exists already"):
        write_new(path, b"new")
    assert path.read_bytes() == b"old"
    write_replacing(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize("target", ["source.jpg", "nowhere.jpg"])
def test_a_link_at_the_target_is_never_followed(tmp_path: Path, target: str) -> None:
    (tmp_path / "source.jpg").write_bytes(b"source")
    link = tmp_path / "out.jpg"
    link.symlink_to(tmp_path / target)
    with pytest.raises(ImageError, match="exists already"):
        write_new(link, b"new")
    assert link.is_symlink()
    write_replacing(link, b"new")
    assert not link.is_symlink()
    assert link.read_bytes() == b"new"
    assert (tmp_path / "source.jpg").read_bytes() == b"source"
    assert not (tmp_path / "nowhere.jpg").exists()


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
@BOTH
def test_folders_and_pipes_are_not_replaced(tmp_path: Path, write: Write, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.jpg")
    with pytest.raises(ImageError, match="exists already"):
        write(tmp_path / "a.jpg", b"new")
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize("call", ["write", "fsync", "close"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@BOTH
def test_a_fault_leaves_nothing_new_and_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write, fault: int, call: str
) -> None:
    path = tmp_path / "a.jpg"
    if write is write_replacing:
        path.write_bytes(b"old")
    before = os.listdir(tmp_path)
    real_close = os.close

    def failing(descriptor: int, *_: object) -> int:
        if call == "close":
            real_close(descriptor)
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(os, call, failing)
    said = "no room left" if fault != errno.EIO else r"cannot be written \(Input/output error\)"
    with pytest.raises(ImageError, match=f"{said}.*a.jpg|a.jpg.*{said}") as caught:
        write(path, b"new" * 1000)
    monkeypatch.undo()
    assert str(caught.value).count(".") == 2  # one sentence, and the name's own dot
    assert os.listdir(tmp_path) == before
    assert not before or path.read_bytes() == b"old"


def test_the_system_s_own_limit_on_a_file_is_a_sentence_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"old")
    code = f"""
        import resource
        from engine.errors import ImageError
        from engine.files.write import write_replacing
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            write_replacing({str(path)!r}, bytes(1_000_000))
        except ImageError as error:
            print(error)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert "larger than a file may be there" in done.stdout
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_process_killed_while_replacing_leaves_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    code = f"""
        from engine.files.write import write_replacing
        while True:
            for letter in b"ab":
                write_replacing({str(path)!r}, bytes([letter]) * 1_000_000)
                print(flush=True)
    """
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()
        content = path.read_bytes()
        assert content in (b"a" * 1_000_000, b"b" * 1_000_000)
    leftovers = set(os.listdir(tmp_path)) - {"a.jpg"}
    assert all(name.startswith(".safelight-") for name in leftovers)


def test_of_many_that_write_one_new_file_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    start, refused = threading.Barrier(8), []

    def contend(number: int) -> None:
        start.wait(10)
        try:
            write_new(path, bytes([number]) * 50_000)
        except ImageError as error:
            refused.append(error)

    threads = [threading.Thread(target=contend, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 7
    assert len(set(path.read_bytes())) == 1
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_disk_without_links_is_written_to_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.jpg"
    write_new(path, b"first")
    with pytest.raises(ImageError, match="exists already"):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("file/a.jpg", "is or lies in a file"),
        ("file/sub/a.jpg", "is or lies in a file"),
        ("n" * 300 + ".jpg", "too long"),
        ("a\0b.jpg", "no name that a file can have"),
    ],
)
def test_impossible_places_are_sentences(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImageError, match=said):
        write_new(os.path.join(tmp_path, name), b"new")


@pytest.mark.parametrize("way", ["itself", "link", "hard link"])
def test_an_output_that_is_its_source_is_refused(tmp_path: Path, way: str) -> None:
    source, output = tmp_path / "a.jpg", tmp_path / "b.jpg"
    source.touch()
    if way == "itself":
        output = tmp_path / "." / "a.jpg"
    elif way == "link":
        output.symlink_to(source)
    else:
        output.hardlink_to(source)
    with pytest.raises(ImageError, match="is the source itself"):
        not_same_file(source, output)


def test_other_outputs_are_not_the_source(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).touch()
    not_same_file(tmp_path / "a.jpg", tmp_path / "b.jpg")
    not_same_file(tmp_path / "a.jpg", tmp_path / "missing.jpg")
    not_same_file("a\0", "b\0")
