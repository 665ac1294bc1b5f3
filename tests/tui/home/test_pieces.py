"""Files in pieces, put together again by a parser of the test's own."""

import base64
import os
import re
from pathlib import Path

import pytest

from engine.errors import ImageError
from tui.home.carrier import carrier
from tui.home.pieces import CHUNK, Parcel, pieces

MOST = 3000
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK, 5 * CHUNK + 2)


@pytest.fixture(params=SIZES)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of random bytes with a name that is not UTF-8."""
    path = tmp_path / os.fsdecode(b"na\xffme;x=1:\x1b]0;.jpg")
    path.write_bytes(os.urandom(request.param))
    return path


def fields(text: str) -> dict[str, str]:
    return dict(each.split("=", 1) for each in text.split(";"))


def test_iterm2_puts_together_what_was_sent(file: Path) -> None:
    told = list(pieces(str(file), "iterm2"))
    assert all(len(piece.encode()) <= MOST for piece in told)
    bodies = [re.fullmatch(r"\x1b\]1337;([^\x1b\x07]*)\x07", piece) for piece in told]
    words = [body[1] for body in bodies if body]
    assert len(words) == len(told)
    if len(words) == 1:
        head, _, data = words[0].removeprefix("File=").partition(":")
    else:
        head, data = words[0].removeprefix("MultipartFile="), ""
        assert words[-1] == "FileEnd"
    whole = base64.b64decode(data) + b"".join(base64.b64decode(word.removeprefix("FilePart=")) for word in words[1:-1])
    assert whole == file.read_bytes()
    assert fields(head)["size"] == str(len(whole))
    assert fields(head)["inline"] == "0"
    assert base64.b64decode(fields(head)["name"]).decode() == "na_xffme;x=1:_x1b]0;.jpg"


def test_kitty_puts_together_what_was_sent(file: Path) -> None:
    told = list(pieces(Parcel(str(file), "s1", 7, "~/Downloads/new"), "kitty"))
    assert all(len(piece.encode()) <= MOST for piece in told)
    bodies = [re.fullmatch(r"\x1b\]5113;([^\x1b\x07]*)\x1b\\", piece) for piece in told]
    first, *rest = [fields(body[1]) for body in bodies if body]
    assert len(rest) == len(told) - 1
    assert {each["id"] for each in (first, *rest)} == {"s1"}
    assert {each["fid"] for each in (first, *rest)} == {"7"}
    assert first["ac"] == "file"
    assert base64.b64decode(first["n"]).decode() == "~/Downloads/new/na_xffme;x=1:_x1b]0;.jpg"
    assert first["mod"] == str(file.stat().st_mtime_ns)
    assert [each["ac"] for each in rest] == ["data"] * (len(rest) - 1) + ["end_data"]
    assert b"".join(base64.b64decode(each["d"]) for each in rest[:-1]) == file.read_bytes()


def test_what_is_no_file_or_becomes_shorter_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "missing", "."):
        with pytest.raises(ImageError, match=name.replace(".", r"\.")):
            list(pieces(str(tmp_path / name), "iterm2"))
    shrinking = tmp_path / "shrinking.jpg"
    shrinking.write_bytes(bytes(4 * CHUNK))
    told = pieces(str(shrinking), "iterm2")
    next(told)
    next(told)
    os.truncate(shrinking, CHUNK)
    with pytest.raises(ImageError, match=r"shrinking\.jpg became shorter"):
        list(told)


@pytest.mark.parametrize(
    ("version", "environ", "expected"),
    [
        ("kitty(0.35.2)", {}, "kitty"),
        ("kitty(0.26.5)", {}, None),
        ("iTerm2 3.5.0", {}, "iterm2"),
        ("iTerm2 3.4.23", {}, None),
        ("WezTerm 20240203", {}, None),
        ("kitty(0.35.2)", {"TMUX": "x"}, None),
        ("iTerm2 3.5.0", {"STY": "x"}, None),
        ("", {"TERM": "xterm-kitty"}, None),
        ("kitty(99999999999999)", {}, None),
    ],
)
def test_only_known_terminals_take_files(version: str, environ: dict[str, str], expected: str | None) -> None:
    assert carrier(version, environ) == expected
