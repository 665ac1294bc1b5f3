"""Why a damaged file is refused, in words that are meant for people, and nothing printed beside them."""

import re
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.child import environment
from engine.errors import ImageError
from engine.files.decode import decode
from engine.files.header import read_header
from engine.files.limits import Limits
from tests.engine.files.camera_raws import dng
from tests.engine.files.conftest import Maker

READ = "import sys; from engine.files.limits import Limits; from engine.files.header import read_header; "


@pytest.mark.parametrize("name", ["a.png", "a.avif", "a.dng"])
def test_a_reason_is_no_object_in_memory_nor_bytes_as_python_writes_them(
    tmp_path: Path, save: Maker, name: str
) -> None:
    contents = {
        "a.png": b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IEND" + bytes(4),
        "a.avif": save("b.avif").read_bytes().replace(b"meta", b"atem"),
        "a.dng": dng(np.ones((8, 8), np.uint16)).replace(b"Camera maker", bytes(12)),
    }
    path = tmp_path / name
    path.write_bytes(contents[name])
    for way in (read_header, decode):
        with pytest.raises(ImageError) as refused:
            way(path, Limits())
        assert re.search(r"is damaged or cut short \([^<>()']+\): copy it", str(refused.value))


@pytest.mark.parametrize("kind", [2, 7])
def test_a_tag_that_reaches_beyond_the_end_prints_nothing(tmp_path: Path, save: Maker, kind: int) -> None:
    path = save("a.tif", tiffinfo={305: "a programme's name"})
    content = path.read_bytes()
    at = content.index(struct.pack("<HH", 305, 2))
    path.write_bytes(content[:at] + struct.pack("<HHII", 305, kind, 9_999_999, 200) + content[at + 12 :])
    code = f"{READ} read_header(sys.argv[1], Limits())"
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code, path], capture_output=True, env=environment(), check=False
    )
    assert (done.stdout, done.stderr) == (b"", b"")
