"""The line that a person types on their own machine to fetch files from this one. It asks nobody over the network."""

import ipaddress
import os
import pwd
import shutil
from collections.abc import Mapping, Sequence

from tui.home.quoting import WILD, for_rsync, for_sftp, quoted

SSH_PORT = 22


def line(paths: Sequence[str], environ: Mapping[str, str]) -> str:
    """One line for a shell that brings these files and folders, by absolute paths, into the folder one is in.

    Printable UTF-8 without a line break, whatever the names hold.
    """
    return " && ".join(" ".join(map(quoted, words)) for words in commands(paths, environ))


def commands(paths: Sequence[str], environ: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The same as words: one call of rsync for all, or one of sftp for each where rsync is not installed here."""
    host, port = address(environ)
    there = f"{user(environ)}{host}"
    at = [] if port == SSH_PORT else [str(port)]
    if shutil.which("rsync", path=environ.get("PATH")) and all(map(_suits_rsync, paths)):
        remote = ["-e", f"ssh -p {port}"] if at else []
        first, *others = (for_rsync(path) for path in paths)
        sources = (f"{there}:{first}", *(f":{path}" for path in others))
        return (("rsync", "-avP", "--protect-args", *remote, *sources, "."),)
    door = ["-P", *at] if at else []
    return tuple(
        ("sftp", *door, *(["-r"] if os.path.isdir(path) else []), f"{there}:{for_sftp(path)}", ".") for path in paths
    )


def address(environ: Mapping[str, str]) -> tuple[str, int]:
    """How this machine was reached, by what SSH says: address, IPv6 in brackets, and port; else its name and 22."""
    _, _, host, port = (environ.get("SSH_CONNECTION", "").split() + [""] * 4)[:4]
    try:
        known = ipaddress.ip_address(host)
        number = int(port)
    except ValueError:
        return os.uname().nodename, SSH_PORT
    return f"[{known}]" if known.version == 6 else str(known), number if 0 < number < 1 << 16 else SSH_PORT


def user(environ: Mapping[str, str]) -> str:
    """Who one is here, with an @ behind; nothing where nobody knows."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = environ.get("LOGNAME", "")
    return f"{name}@" if name else ""


def _suits_rsync(path: str) -> bool:
    """Whether rsync can be told the name: one with both a backslash and a wildcard in it, its near side refuses."""
    return not ("\\" in path and WILD.search(path))
