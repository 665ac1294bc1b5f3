"""Lists of paths: lines, NUL bytes, names that are no text, standard input."""

import io
import os
from pathlib import Path

import pytest

from engine.errors import SafelightError
from tui.cli.parsing.sources import all_paths, read_list


@pytest.mark.parametrize(
    ("data", "paths"),
    [
        (b"a.jpg\nb c.jpg\n", [b"a.jpg", b"b c.jpg"]),
        (b"a.jpg\n\nb.jpg", [b"a.jpg", b"b.jpg"]),
        (b"a\nb.jpg\0c.jpg\0", [b"a\nb.jpg", b"c.jpg"]),
        (b"\xff\xfe.jpg\n", [b"\xff\xfe.jpg"]),
    ],
)
def test_a_list_is_bytes_between_ends(tmp_path: Path, data: bytes, paths: list[bytes]) -> None:
    (tmp_path / "list").write_bytes(data)
    assert [os.fsencode(path) for path in read_list(str(tmp_path / "list"))] == paths


def test_words_come_before_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"b\n")))
    assert all_paths(("a",), "-") == ["a", "b"]


def test_no_path_at_all_is_refused() -> None:
    with pytest.raises(SafelightError, match="--files-from"):
        all_paths((), None)


def test_a_list_that_cannot_be_read_is_named() -> None:
    with pytest.raises(SafelightError, match=r"--files-from: nowhere.*No such file"):
        all_paths((), "nowhere")
