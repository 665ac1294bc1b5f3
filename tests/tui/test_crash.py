"""A mistake in the app gives the terminal back and leaves one sentence and a report."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

CRASH = """
import sys
from tui.cli.opening.running import run_app
from tui.widgets.title_bar import TitleBar

def render_line(self, y):
    raise RuntimeError("a mistake")

TitleBar.render_line = render_line
sys.exit(run_app([sys.argv[1]]))
"""


def test_a_crash_is_one_sentence(photographs: Path, root: Path, tmp_path: Path) -> None:
    parent, child = pty.openpty()
    environ = os.environ | {"TERM": "xterm-256color", "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", CRASH, str(photographs)]
    with subprocess.Popen(command, cwd=root, env=environ, stdin=child, stdout=child, stderr=child) as process:
        os.close(child)
        told = b""
        try:
            while chunk := os.read(parent, 65536):
                told += chunk
        except OSError:
            pass
        assert process.wait(30) == 1
    os.close(parent)
    assert b"\x1b[?1049l" in told
    last = told.decode().rstrip().rpartition("\x1b[?25h")[2].strip()
    assert last.startswith("Safelight ")
    assert "RuntimeError: a mistake" in last
    assert "\n" not in last
    assert b"Traceback" not in told
    (report,) = (tmp_path / "safelight" / "reports").iterdir()
    assert str(report) in last
    assert "Traceback" in report.read_text()
