"""The folder of object code: what is read is what was written, for this name and this processor, or nothing."""

import threading
from pathlib import Path

import pytest

from engine.kernels.objects import SUFFIX, ObjectFolder

SOURCES = "a digest of sources"
CODE = bytes(range(256)) * 20


@pytest.fixture
def objects(tmp_path: Path) -> ObjectFolder:
    return ObjectFolder(tmp_path, "this processor")


def test_what_was_written_is_read(objects: ObjectFolder, tmp_path: Path) -> None:
    assert objects.read("one", SOURCES) is None
    assert objects.write("one", SOURCES, CODE)
    assert objects.write("two", SOURCES, b"")
    assert objects.read("one", SOURCES) == CODE
    assert objects.read("two", SOURCES) == b""
    assert objects.count() == 2
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("kept", [0, 1, 20, 100, 1000, -1])
def test_a_file_cut_short_is_not_read(kept: int, objects: ObjectFolder, tmp_path: Path) -> None:
    objects.write("one", SOURCES, CODE)
    path = tmp_path / f"one{SUFFIX}"
    path.write_bytes(path.read_bytes()[:kept])
    assert objects.read("one", SOURCES) is None
    assert objects.write("one", SOURCES, CODE)
    assert objects.read("one", SOURCES) == CODE


@pytest.mark.parametrize("place", [0, 20, 100, 150, 2000, -1])
def test_a_file_with_one_wrong_bit_is_not_read(place: int, objects: ObjectFolder, tmp_path: Path) -> None:
    objects.write("one", SOURCES, CODE)
    path = tmp_path / f"one{SUFFIX}"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert objects.read("one", SOURCES) is None


def test_code_for_another_processor_or_another_stage_is_not_read(objects: ObjectFolder, tmp_path: Path) -> None:
    ObjectFolder(tmp_path, "another processor").write("one", SOURCES, CODE)
    assert objects.read("one", SOURCES) is None
    objects.write("two", SOURCES, CODE)
    (tmp_path / f"two{SUFFIX}").rename(tmp_path / f"one{SUFFIX}")
    assert objects.read("one", SOURCES) is None


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    objects = ObjectFolder(tmp_path / "file", "this processor")
    assert not objects.write("one", SOURCES, CODE)
    assert objects.read("one", SOURCES) is None
    assert objects.count() == 0


def test_a_folder_that_was_removed_is_made_again(tmp_path: Path) -> None:
    objects = ObjectFolder(tmp_path / "old version" / "this processor", "this processor")
    assert objects.read("one", SOURCES) is None
    assert objects.count() == 0
    assert objects.write("one", SOURCES, CODE)
    assert objects.read("one", SOURCES) == CODE


def test_a_reader_never_sees_half_a_file(objects: ObjectFolder) -> None:
    codes = [bytes([each]) * 200_000 for each in range(4)]
    objects.write("one", SOURCES, codes[0])

    def write(code: bytes) -> None:
        for _ in range(20):
            objects.write("one", SOURCES, code)

    writers = [threading.Thread(target=write, args=(code,)) for code in codes]
    for writer in writers:
        writer.start()
    seen = [objects.read("one", SOURCES) for _ in range(100)]
    for writer in writers:
        writer.join()
    assert set(seen) <= {*codes}
