"""Pictures put on other machines: whole or not at all, and never over one that is to stay."""

import pytest

from engine.errors import ImageError
from engine.files.write import begin_new, not_same_file, write_new, write_replacing
from tests.far import Far

LARGE = bytes(range(256)) * 80_000
"""More than a part of an upload."""


def test_a_file_appears_when_it_is_whole(far: Far) -> None:
    url = f"{far.url}/new/folder/a.bin"
    begun = begin_new(url, LARGE)
    assert "new/folder/a.bin" not in far.names()
    begun.place()
    assert far.get("new/folder/a.bin") == LARGE
    assert far.names() == {"new/folder/a.bin"}


def test_one_that_is_given_up_leaves_nothing(far: Far) -> None:
    begin_new(f"{far.url}/a.bin", LARGE).close()
    assert not far.names()


def test_one_that_is_there_stays(far: Far) -> None:
    far.put("a.bin", b"old")
    with pytest.raises(ImageError, match="exists already"):
        write_new(f"{far.url}/a.bin", b"new")
    assert far.get("a.bin") == b"old"
    assert far.names() == {"a.bin"}


def test_one_that_comes_meanwhile_stays(far: Far) -> None:
    begun = begin_new(f"{far.url}/a.bin", b"new")
    far.put("a.bin", b"old")
    with pytest.raises(ImageError, match="exists already"):
        begun.place()
    assert far.get("a.bin") == b"old"
    assert far.names() == {"a.bin"}


def test_one_is_replaced_when_asked(far: Far) -> None:
    far.put("a.bin", b"old")
    write_replacing(f"{far.url}/a.bin", LARGE)
    assert far.get("a.bin") == LARGE
    assert far.names() == {"a.bin"}


def test_a_source_is_no_output(far: Far) -> None:
    with pytest.raises(ImageError, match="is the source itself"):
        not_same_file(f"{far.url}/a.jpg", f"{far.url}/./a.jpg")
    not_same_file(f"{far.url}/a.jpg", "/tmp/a.jpg")


def test_a_folder_that_cannot_be_made_is_a_sentence(sftp: Far) -> None:
    sftp.put("file", b"x")
    with pytest.raises(ImageError, match=r"file/a\.bin"):
        write_new(f"{sftp.url}/file/a.bin", b"x")
    assert sftp.names() == {"file"}
