"""A result in the place of its source: at every step there is a whole original, and what was half done is undone."""

import errno
import os
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import ImageError
from engine.files.edition import edition
from engine.files.in_place import backup_of, begin_in_place, other_names, put_back, settle
from engine.files.leftovers import sweep

CALLS = ("open", "write", "fsync", "link", "rename", "unlink")


@pytest.fixture
def source(save: Callable[..., Path]) -> Path:
    return save("a.png")


@pytest.fixture
def result(save: Callable[..., Path]) -> bytes:
    path = save("result.png", Image.new("RGB", (20, 10), "teal"))
    data = path.read_bytes()
    path.unlink()
    return data


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def place(path: Path, data: bytes) -> None:
    begin_in_place(str(path), data, edition(str(path))).place()


@pytest.mark.parametrize("linkless", [False, True])
def test_the_original_stays_until_it_is_settled(
    source: Path, result: bytes, monkeypatch: pytest.MonkeyPatch, linkless: bool
) -> None:
    before, then = source.read_bytes(), edition(str(source))
    if linkless:
        monkeypatch.setattr(os, "link", no_links)
    place(source, result)
    assert source.read_bytes() == result
    assert Path(backup_of(str(source))).read_bytes() == before
    assert edition(backup_of(str(source))) == then
    settle(str(source))
    assert os.listdir(source.parent) == ["a.png"]
    settle(str(source))
    assert source.read_bytes() == result


def test_a_copy_is_called_so_once_it_is_whole(source: Path, result: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    real = shutil.copyfileobj

    def copy(*words: object) -> None:
        seen.append(os.listdir(source.parent))
        real(*words)  # type: ignore[arg-type]
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(shutil, "copyfileobj", copy)
    with pytest.raises(ImageError, match="no room left"):
        place(source, result)
    assert seen
    assert not any(name.endswith("-original") for name in seen[0])
    assert os.listdir(source.parent) == ["a.png"]


@pytest.mark.parametrize("linkless", [False, True])
def test_what_nobody_told_of_is_undone(
    source: Path, result: bytes, monkeypatch: pytest.MonkeyPatch, linkless: bool
) -> None:
    before = source.read_bytes()
    if linkless:
        monkeypatch.setattr(os, "link", no_links)
    place(source, result)
    put_back(str(source))
    assert source.read_bytes() == before
    assert os.listdir(source.parent) == ["a.png"]
    put_back(str(source))
    assert source.read_bytes() == before


def test_a_missing_file_is_put_back(source: Path, result: bytes) -> None:
    before = source.read_bytes()
    place(source, result)
    source.unlink()
    put_back(str(source))
    assert source.read_bytes() == before


def test_what_a_person_made_of_the_result_is_not_lost(source: Path, result: bytes) -> None:
    before = source.read_bytes()
    place(source, result)
    source.write_bytes(b"retouched")
    os.utime(source)
    with pytest.raises(ImageError, match=r"was changed after a batch was interrupted, and .*a.png.safelight-original"):
        put_back(str(source))
    assert source.read_bytes() == b"retouched"
    assert Path(backup_of(str(source))).read_bytes() == before


@pytest.mark.parametrize("how", ["written", "replaced", "gone", "link"])
def test_a_source_that_changed_meanwhile_is_not_replaced(source: Path, result: bytes, how: str) -> None:
    begun = begin_in_place(str(source), result, edition(str(source)))
    if how != "written":
        source.rename(source.with_name("b.png"))
    if how == "link":
        source.symlink_to("b.png")
    elif how != "gone":
        source.write_bytes(b"another")
    names = sorted(os.listdir(source.parent))
    with pytest.raises(ImageError, match=r"a.png .*: "):
        begun.place()
    assert sorted(name for name in names if not name.startswith(".")) == sorted(os.listdir(source.parent))
    assert how == "gone" or source.read_bytes() != result


@pytest.mark.parametrize("linkless", [False, True])
@pytest.mark.parametrize(("call", "number"), [("fsync", 1), ("fsync", 2), ("fsync", 3), ("rename", 1)])
def test_a_fault_leaves_the_original_and_nothing_else(
    source: Path, result: bytes, monkeypatch: pytest.MonkeyPatch, call: str, number: int, linkless: bool
) -> None:
    before, left, real = source.read_bytes(), [number], getattr(os, call)

    def failing(*words: object, **named: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*words, **named)

    if linkless:
        monkeypatch.setattr(os, "link", no_links)
    begun = begin_in_place(str(source), result, edition(str(source)))
    monkeypatch.setattr(os, call, failing)
    with pytest.raises(ImageError, match="Input/output error"):
        begun.place()
    monkeypatch.undo()
    assert source.read_bytes() == before
    assert os.listdir(source.parent) == ["a.png"]


def test_an_original_that_cannot_be_removed_stays(source: Path, result: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    place(source, result)
    monkeypatch.setattr(os, "unlink", no_links)
    settle(str(source))
    assert sorted(os.listdir(source.parent)) == ["a.png", "a.png.safelight-original"]


def test_a_result_that_cannot_be_read_gives_way_to_its_original(source: Path) -> None:
    before = source.read_bytes()
    with pytest.raises(ImageError, match=r"a\.png"):
        place(source, before[:20])
    assert source.read_bytes() == before
    assert os.listdir(source.parent) == ["a.png"]


def test_permissions_and_attributes_go_with_the_name(source: Path, result: bytes) -> None:
    source.chmod(0o640)
    try:
        os.setxattr(source, "user.rating", b"5")
    except OSError:
        pytest.skip("this disk has no attributes")
    source.chmod(0o440)
    begun = begin_in_place(str(source), result, edition(str(source)))
    (unfinished,) = source.parent.glob(".safelight-*")
    assert stat.S_IMODE(unfinished.stat().st_mode) == 0o440
    begun.place()
    assert stat.S_IMODE(source.stat().st_mode) == 0o440
    assert os.getxattr(source, "user.rating") == b"5"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_goes_with_the_name(source: Path, result: bytes) -> None:
    os.chown(source, 1234, 2345)
    place(source, result)
    assert (source.stat().st_uid, source.stat().st_gid) == (1234, 2345)


def test_a_link_is_refused_by_both_names(source: Path, result: bytes) -> None:
    link = source.with_name("link.png")
    link.symlink_to(source)
    with pytest.raises(ImageError, match=r"link.png is a link, which is not replaced: name .*a.png itself"):
        place(link, result)
    assert link.is_symlink()


def test_other_names_keep_the_picture_and_are_told(source: Path, result: bytes) -> None:
    assert other_names(str(source)) == ()
    other, before = source.with_name("other.png"), source.read_bytes()
    other.hardlink_to(source)
    assert other_names(str(source)) == ("The file had another name, which keeps the picture as it was.",)
    place(source, result)
    settle(str(source))
    assert (source.read_bytes(), other.read_bytes()) == (result, before)
    assert other_names(str(source.with_name("gone"))) == ()


KILLED = """
    import os, signal, sys
    from engine.files.edition import edition
    from engine.files.in_place import begin_in_place, settle
    path, data, step, linkless = sys.argv[1], open(sys.argv[2], "rb").read(), int(sys.argv[3]), sys.argv[4] == "True"
    if linkless:
        def refused(*_, **__):
            raise PermissionError(1, "no links")
        os.link = refused
    left = [step]
    def counted(real):
        def call(*words, **named):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return real(*words, **named)
        return call
    for name in {calls!r}:
        setattr(os, name, counted(getattr(os, name)))
    for _ in range(int(sys.argv[5])):
        pid = os.fork()
        if pid == 0:
            begin_in_place(path, data, edition(path)).place()
            settle(path)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), *sorted(os.listdir(os.path.dirname(path))), sep="|")
        sys.stdout.flush()
        sys.stdin.readline()
        left[0] = left[0] + 1
"""


@pytest.mark.parametrize("linkless", [False, True])
def test_whoever_is_killed_at_any_step_leaves_a_whole_original(
    source: Path, result: bytes, tmp_path: Path, linkless: bool
) -> None:
    before, other = source.read_bytes(), tmp_path / "elsewhere"
    other.mkdir()
    source = source.rename(other / "a.png")
    (tmp_path / "new").write_bytes(result)
    words = [str(source), str(tmp_path / "new"), "0", str(linkless), "40"]
    code = textwrap.dedent(KILLED).replace("{calls!r}", repr(CALLS))
    statuses = []
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in process.stdout:
            statuses.append(int(line.split("|")[0]))
            if statuses[-1] == 0:
                assert os.listdir(other) == ["a.png"]
                assert source.read_bytes() == result
                process.kill()
                break
            assert before in [path.read_bytes() for path in other.iterdir()]
            assert source.read_bytes() in (before, result)
            sweep([str(other)])
            put_back(str(source))
            assert os.listdir(other) == ["a.png"]
            assert source.read_bytes() == before
            process.stdin.write("\n")
            process.stdin.flush()
    assert statuses[-1] == 0
    assert len(statuses) > (10 if linkless else 7)
