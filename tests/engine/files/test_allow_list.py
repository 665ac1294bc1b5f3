"""Only the formats of the folder are opened, told by content: no other plugin is asked and no program started."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import ImageError
from engine.files.decode import decode
from engine.files.formats import formats
from engine.files.limits import Limits
from engine.files.proxy import proxy
from tests.engine.files.conftest import Maker

OWN = {"AVIF", "BMP", "GIF", "JPEG", "PNG", "TIFF", "WEBP"}
FOREIGN = {
    "page.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n0 0 9 9 rectfill\nshowpage\n",
    "wrapped.eps": b"\xc5\xd0\xd3\xc6\x20\0\0\0\x40\0\0\0" + bytes(20) + b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "page.ps": b"%!PS-Adobe-3.0\nshowpage\n",
    "paper.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "drawing.svg": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "layers.xcf": b"gimp xcf v011\0\0\0\0\x09\0\0\0\x09\0\0\0\0",
    "layers.psd": b"8BPS\0\x01\0\0\0\0\0\0\0\x03\0\0\0\x09\0\0\0\x09\0\x08\0\x03",
    "icon.ico": b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x18\0\x68\x03\0\0\x16\0\0\0",
    "scene.wmf": b"\xd7\xcd\xc6\x9a" + bytes(18),
    "portable.ppm": b"P6 1 1 255\n\0\0\0",
    "wavelets.jp2": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(20),
    "sky.fits": b"SIMPLE  =                    T" + b" " * 50,
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("suffix", ["jpg", "tif", "avif", "gif"])
def test_other_formats_are_refused_whatever_their_name(
    tmp_path: Path, limits: Limits, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    asked = _watched(monkeypatch)
    path = tmp_path / f"{name}.{suffix}"
    path.write_bytes(FOREIGN[name] + bytes(100))
    for way in (decode, lambda path, limits: proxy(path, 9, 9, limits)):
        with pytest.raises(ImageError, match=r"picture: leave it out, or convert it first\."):
            way(path, limits)
    assert asked == []


def test_no_other_plugin_is_asked_for_our_own_formats_either(
    save: Maker, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _watched(monkeypatch)
    for form in formats().values():
        if form.written and form.extra is None:
            path = save(f"a{form.suffixes[0]}")
            decode(path, limits)
            proxy(path, 9, 9, limits)
            path.write_bytes(path.read_bytes()[:60])
            with pytest.raises(ImageError):
                decode(path, limits)
    assert asked == []


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of Pillow's plugins are asked from now on, beside our own."""
    Image.init()
    asked: list[str] = []

    def watch(kind: str) -> None:
        def refuse(*_: object) -> bool:
            asked.append(kind)
            return False

        monkeypatch.setitem(Image.OPEN, kind, (refuse, refuse))

    for kind in set(Image.OPEN) - OWN:
        watch(kind)
    return asked


def test_no_program_is_started_and_no_extra_imported(tmp_path: Path, root: Path) -> None:
    for name, content in FOREIGN.items():
        (tmp_path / f"{name}.jpg").write_bytes(content + bytes(100))
    code = """
        import json, sys
        from pathlib import Path
        started = []
        def note(event, arguments):
            if event in ("subprocess.Popen", "os.posix_spawn", "os.exec", "os.system"):
                started.append(str(arguments[0]))
        sys.addaudithook(note)
        from engine.errors import ImageError
        from engine.files.decode import decode
        from engine.files.formats import formats
        from engine.files.limits import Limits
        refused = 0
        for path in Path(sys.argv[1]).iterdir():
            try:
                decode(path, Limits())
            except ImageError:
                refused += 1
        extras = [each.extra.module for each in formats().values() if each.extra]
        print(json.dumps([refused, [one for one in started if one != sys.executable], extras, list(sys.modules)]))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    refused, started, extras, modules = json.loads(done.stdout)
    assert (refused, started) == (len(FOREIGN), [])
    assert extras
    assert not {*extras, "PIL.EpsImagePlugin"} & set(modules)
