"""A process behind a worker's thread, started afresh: a Python of its own, with a GIL of its own."""

from __future__ import annotations

import subprocess
from typing import IO, Any, cast

from engine.child import environment, python_command
from engine.lab.teams.correspondence import Correspondence
from engine.lab.teams.station import process_lane


class Behind:
    """The process and what goes to it and from it."""

    def __init__(self, name: str, attendant: str) -> None:
        """`attendant` is `module:name` of what does its work."""
        self._process = subprocess.Popen(
            [*python_command("engine.lab.teams.attendant"), attendant],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            bufsize=1 << 16,
        )
        files = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        self.correspondence = Correspondence(*cast("Any", files))
        self.lane = process_lane(name, self._process.pid)

    def close(self) -> None:
        """Let it end, and wait for that."""
        self.correspondence.close()
        self._process.wait()
