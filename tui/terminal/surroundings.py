"""What stands between app and terminal, and where that is: asked of tmux, which takes time. Not for the event loop."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

REMOTE = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "SAFELIGHT_SERVED")
"""Of the environment; the last says that the terminal is in a browser."""
PATIENCE = 2.0
"""Seconds for tmux to answer."""
FORMAT = "#{client_termtype}\t#{client_termname}\t#{allow-passthrough}\t#{session_last_attached}"
PASSES = ("on", "all")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Facts about the way to the terminal."""

    multiplexer: str = ""
    """`tmux`, `screen` or `mosh`, which answer in the terminal's place; empty where nothing stands between."""
    remote: bool = False
    """Whether the terminal is on another machine."""
    behind: str = ""
    """Name and version of the terminal behind a tmux that lets sequences pass to it."""
    attached: str = ""
    """When somebody came to the session of tmux last, in its own words: after that another terminal may be there."""


def told(environ: Mapping[str, str]) -> Surroundings:
    """What the environment alone tells: of a tmux that was started elsewhere it may be out of date."""
    multiplexer = "tmux" if environ.get("TMUX") else "screen" if environ.get("STY") else ""
    return Surroundings(multiplexer, any(environ.get(name) for name in REMOTE))


def look_around(environ: Mapping[str, str]) -> Surroundings:
    """What tmux and the processes above this one tell as well."""
    found = told(environ)
    if found.multiplexer == "tmux":
        return _by_tmux(found)
    if not found.multiplexer and found.remote and _under_mosh():
        return Surroundings("mosh", True)
    return found


def _by_tmux(found: Surroundings) -> Surroundings:
    """The session's environment is renewed whenever somebody attaches; the pane's is as old as the pane."""
    shown = _ask_tmux("show-environment", REMOTE[0])
    remote = found.remote if shown is None else shown.startswith(REMOTE[0] + "=")
    told = ((_ask_tmux("display-message", "-p", FORMAT) or "") + "\t\t\t").split("\t")
    kind, name, passes, attached = map(str.strip, told[:4])
    return Surroundings("tmux", remote, (kind or name) if passes in PASSES else "", attached)


def _ask_tmux(*words: str) -> str | None:
    """What tmux prints; empty when it refuses, as for a variable it does not have; None when it cannot be asked."""
    try:
        done = subprocess.run(["tmux", *words], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else ""


def _under_mosh() -> bool:
    import psutil

    try:
        return any(process.name() == "mosh-server" for process in psutil.Process().parents())
    except psutil.Error:
        return False
