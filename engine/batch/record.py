"""Which process runs a batch, told so that a living batch, a dead one and one of another machine can be told apart."""

from __future__ import annotations

import functools
import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path

from engine.batch.folder import Folder
from engine.confinement import root
from engine.job import path_from_dict, path_to_dict

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Linux has it; elsewhere psutil tells."""


class Life(Enum):
    """What is known of the process of a batch."""

    ALIVE = "alive"
    DEAD = "dead"
    ELSEWHERE = "elsewhere"
    """It is, or was, a process of another machine: nothing is known."""


@dataclass(frozen=True, slots=True)
class Record:
    """The process of a batch, written once by that process."""

    host: str
    boot: str
    pid: int
    begun: str
    """When the process started, as its machine tells it: with `pid` and `boot` no other process is taken for it."""
    created: float
    """Unix time."""
    total: int
    output: str
    socket: str
    root: str = ""
    """The folder that it was confined to."""
    cluster: str = ""
    """The cluster that does it, if any."""

    @classmethod
    def of_this_process(cls, *, total: int, output: str, socket_path: Path, cluster: str = "") -> Record:
        """The record of the calling process."""
        pid = os.getpid()
        return cls(_host(), _boot(), pid, _begun(pid), time.time(), total, output, str(socket_path), root(), cluster)

    @property
    def elsewhere(self) -> bool:
        """Whether it is a process of another machine."""
        return self.host != _host()

    def life(self) -> Life:
        """Whether that process lives. Reads memory of the kernel, never a disk."""
        if self.elsewhere:
            return Life.ELSEWHERE
        alive = self.boot == _boot() and self.begun != "" and self.begun == _begun(self.pid)
        return Life.ALIVE if alive else Life.DEAD


def save_record(record: Record, folder: Folder) -> None:
    """Writes the record, whole or not at all."""
    paths = path_to_dict("output", record.output) | path_to_dict("socket", record.socket)
    paths |= path_to_dict("root", record.root)
    folder.write_new(folder.record, json.dumps(asdict(record) | paths).encode())


def load_record(folder: Folder) -> Record | None:
    """The record, or None while there is none that can be read."""
    try:
        values = json.loads(folder.record.read_bytes())
        return Record(
            host=str(values["host"]),
            boot=str(values["boot"]),
            pid=int(values["pid"]),
            begun=str(values["begun"]),
            created=float(values["created"]),
            total=int(values["total"]),
            output=path_from_dict("output", values),
            socket=path_from_dict("socket", values),
            root=path_from_dict("root", {"root": ""} | values),
            cluster=str(values.get("cluster", "")),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


@functools.cache
def _host() -> str:
    return socket.gethostname()


@functools.cache
def _boot() -> str:
    """What changes with every start of the machine."""
    if BOOT.exists():
        return BOOT.read_text("ascii").strip()
    import psutil

    return str(int(psutil.boot_time()))


def _begun(pid: int) -> str:
    """When the process with that number started; empty when there is none, or only its remains."""
    if BOOT.exists():
        try:
            fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            return ""
        return "" if fields[0] in (b"Z", b"X") else fields[19].decode("ascii")
    import psutil

    try:
        process = psutil.Process(pid)
        return "" if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
    except psutil.Error:
        return ""
