"""What stands between: by the environment, and by a real tmux with somebody attached or nobody."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.terminal.surroundings import Surroundings, look_around, told

ROOT = Path(__file__).parents[3]
CODE = "import os; from tui.terminal.surroundings import look_around; print('FOUND', look_around(os.environ))"


def test_the_environment_tells() -> None:
    assert told({}) == Surroundings()
    assert told({"SSH_TTY": "/dev/pts/1"}) == Surroundings(remote=True)
    assert told({"TMUX": "a,1,0"}) == Surroundings("tmux")
    assert told({"STY": "1.pts", "SSH_CONNECTION": "a b c d"}) == Surroundings("screen", remote=True)


def test_no_tmux_at_hand_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert look_around({"TMUX": "a,1,0", "SSH_TTY": "/dev/pts/1"}) == Surroundings("tmux", remote=True)


@pytest.mark.parametrize(("passthrough", "connection"), [("on", "10.0.0.1 5 10.0.0.2 22"), ("off", "")])
def test_tmux_tells_where_who_is_attached_comes_from(tmp_path: Path, passthrough: str, connection: str) -> None:
    assert shutil.which("tmux"), "This test needs tmux: apt install tmux."
    out = tmp_path / "out"
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("TMUX", "SSH_"))}
    server = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    # The pane's own environment says the contrary: it is as old as the pane.
    own = environ | ({} if connection else {"SSH_CONNECTION": "left over"})
    subprocess.run([*server, "new-session", "-d", "sh"], check=True, env=own)
    try:
        subprocess.run([*server, "set-option", "-g", "allow-passthrough", passthrough], check=True)
        change = (
            ["set-environment", "SSH_CONNECTION", connection]
            if connection
            else ["set-environment", "-r", "SSH_CONNECTION"]
        )
        subprocess.run([*server, *change], check=True)
        line = f'cd {ROOT} && {sys.executable} -c "{CODE}" > {out} 2>&1'
        subprocess.run([*server, "send-keys", line, "Enter"], check=True)
        deadline = time.monotonic() + 20
        while "FOUND" not in (out.read_text() if out.exists() else "") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert f"multiplexer='tmux', remote={bool(connection)}" in out.read_text()
    finally:
        subprocess.run([*server, "kill-server"], check=False)
