"""How a server is reached over SSH, as `ssh` itself would: its configuration, keys, agent and known hosts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import paramiko

from engine.files.remote.configured import configuration
from engine.files.remote.faults import UnknownHostError

PORT = 22
CONNECTS_WITHIN = 15.0
KEY_TYPES = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
)


def options(authority: str) -> dict[str, Any]:
    """What `fsspec`'s SFTPFileSystem takes for `person@host:port`."""
    person, _, place = authority.rpartition("@")
    host, port = _host_and_port(place)
    told = _configured(host)
    name, number = told.get("hostname", host), port or int(told.get("port", PORT))
    checked = told.get("hostkeyalias", name)
    known = _Known(checked if number == PORT else f"[{checked}]:{number}", told)
    found: dict[str, Any] = {
        "host": name,
        "port": number,
        "timeout": CONNECTS_WITHIN,
        "banner_timeout": CONNECTS_WITHIN,
        "auth_timeout": CONNECTS_WITHIN,
        "host_key_policy": known,
        "disabled_algorithms": known.unknown_types(),
    }
    if user := person or told.get("user", ""):
        found["username"] = user
    if files := [os.path.expanduser(each) for each in told.get("identityfile", ())]:
        found["key_filename"] = [each for each in files if os.path.exists(each)]
    if told.get("identitiesonly") == "yes":
        found |= {"allow_agent": False, "look_for_keys": False}
    command = told.get("proxycommand", "")
    if not command and (jump := told.get("proxyjump", "none")) != "none":
        command = f"ssh -W {name}:{number} {jump}"
    if command and command != "none":
        found["sock"] = paramiko.ProxyCommand(command)
    return found


def _host_and_port(place: str) -> tuple[str, int]:
    host, colon, port = place.rpartition(":")
    if colon and port.isdecimal() and not host.endswith(":"):
        return host.strip("[]"), int(port)
    return place.strip("[]"), 0


def _configured(host: str) -> dict[str, Any]:
    """What the person's own file says of it."""
    path = Path.home() / ".ssh" / "config"
    if not path.is_file():
        return {}
    return dict(paramiko.SSHConfig.from_text(configuration(path)).lookup(host))


class _Known(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    """The servers that this person, or this machine, knows: others are not talked to."""

    def __init__(self, name: str, told: dict[str, Any]) -> None:
        self._name, self._keys = name, paramiko.HostKeys()
        usual = "~/.ssh/known_hosts /etc/ssh/ssh_known_hosts"
        for path in str(told.get("userknownhostsfile", usual)).split():
            if os.path.isfile(whole := os.path.expanduser(path)):
                self._keys.load(whole)

    def unknown_types(self) -> dict[str, list[str]]:
        """Kinds of keys that nothing is known of: a server has several, and shows the one that is asked for."""
        known = self._keys.lookup(self._name)
        if not known:
            return {}
        types = {each.replace("ssh-rsa", "rsa") for each in known}
        return {"keys": [each for each in KEY_TYPES if each not in types and each.partition("-")[0] not in types]}

    def missing_host_key(self, client: Any, name: str, key: Any) -> None:  # noqa: ARG002 - as paramiko calls it
        """Called for every server, as paramiko is given no keys of its own to compare."""
        if self._keys.check(self._name, key):
            return
        if self._keys.lookup(self._name):
            raise UnknownHostError(
                f"the server at {self._name} shows another key than the one that is known: somebody may stand "
                "between you; ask who runs it."
            )
        raise UnknownHostError(f"the server at {self._name} is not known here: connect once with `ssh`, and check it.")
