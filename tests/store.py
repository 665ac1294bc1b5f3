"""A store of objects as S3 has them, as a process of its own, and the environment in which programs find it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from tests.line.server import free_port

PATIENCE = 60.0


class Store:
    """Made by moto, without anything kept on a disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the store
        words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, self._said()
            assert time.monotonic() < deadline, self._said()
            time.sleep(0.05)

    def environment(self, port: int = 0) -> Mapping[str, str]:
        """For programs that are to find it, perhaps by another port that leads to it."""
        return {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port or self.port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing-secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def ask(self, call: str, **words: Any) -> Any:
        """One call of its own interface, by the library that everybody uses."""
        from botocore.session import Session

        given = self.environment()
        client = Session().create_client(
            "s3",
            region_name=given["AWS_DEFAULT_REGION"],
            endpoint_url=given["AWS_ENDPOINT_URL"],
            aws_access_key_id=given["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=given["AWS_SECRET_ACCESS_KEY"],
        )
        try:
            return getattr(client, call)(**words)
        finally:
            client.close()

    def close(self) -> None:
        """Nothing is left."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._log.close()

    def _answers(self) -> bool:
        import socket

        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _said(self) -> str:
        return os.pread(self._log.fileno(), 1 << 16, 0).decode(errors="replace")
