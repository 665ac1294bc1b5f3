"""Machines of a network on this one: network namespaces with addresses and names of their own, joined by a switch."""

import os
import shutil
import subprocess
from typing import Self

import pytest

SUBNET = "10.213.77"


def possible() -> bool:
    """Whether they can be made here: that takes Linux, `ip`, and to be root."""
    if os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("unshare") is None:
        return False
    name = f"probe-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode == 0
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return made


class Network:
    """While entered, `machine(1)` to `machine(count)` are there; nothing of this one's own network is changed."""

    def __init__(self, count: int) -> None:
        self._names = [f"safelight-{os.getpid()}-{number}" for number in range(count + 1)]

    def __enter__(self) -> Self:
        if not possible():
            pytest.skip("no network namespaces can be made here")
        switch = self._names[0]
        for name in self._names:
            _ip("netns", "add", name)
        _ip("-n", switch, "link", "add", "switch", "type", "bridge")
        _ip("-n", switch, "link", "set", "switch", "up")
        for number, name in enumerate(self._names[1:], 1):
            _ip("-n", switch, "link", "add", f"port{number}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("-n", switch, "link", "set", f"port{number}", "master", "switch", "up")
            _ip("-n", name, "address", "add", f"{self.address(number)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._names:
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)

    def address(self, number: int) -> str:
        """That of a machine."""
        return f"{SUBNET}.{number}"

    def machine(self, number: int) -> tuple[str, ...]:
        """The command that runs another one on a machine, which has a name of its own and no loopback."""
        naming = ("unshare", "--uts", "sh", "-c", f'hostname machine-{number} && exec "$@"', "sh")
        return ("ip", "netns", "exec", self._names[number], *naming)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
