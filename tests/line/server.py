"""An OpenSSH server on loopback with keys of its own. It reads and changes nothing of the system's settings."""

import getpass
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

PATIENCE = 10.0
SETTINGS = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
AcceptEnv *
LogLevel ERROR
Subsystem sftp internal-sftp
"""


class Server:
    """While entered, `line()` logs in through any port that leads to `port`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        """Where it listens."""

    def __enter__(self) -> Self:
        program = shutil.which("sshd") or "/usr/sbin/sshd"
        for name in ("host", "user"):
            key = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self._folder / name)]
            subprocess.run(key, check=True)
        settings = self._folder / "sshd_config"
        settings.write_text(SETTINGS.format(port=self.port, folder=self._folder))
        if getpass.getuser() == "root":
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self._process = subprocess.Popen([program, "-D", "-e", "-f", str(settings)])
        deadline = time.monotonic() + PATIENCE
        while not _listens(self.port):
            assert self._process.poll() is None, "sshd did not start"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def line(self, port: int, *words: str) -> list[str]:
        """The command that runs words there, in a terminal, through that port."""
        options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "SendEnv=COLORTERM"]
        return [
            *("ssh", "-tt", "-p", str(port), "-i", str(self._folder / "user"), "-F", "none"),
            *(word for option in options for word in ("-o", option)),
            *(f"{getpass.getuser()}@127.0.0.1", *words),
        ]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
