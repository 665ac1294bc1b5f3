"""A person's own configuration of `ssh`, with the files that it includes, which paramiko passes over."""

from __future__ import annotations

import os
import shlex
from glob import glob
from pathlib import Path

DEEPEST = 16
"""Files within files, as `ssh` has it."""
EVERYWHERE = "Host *"


def configuration(path: Path, depth: int = 0) -> str:
    """All of it as one text; what cannot be read is left out."""
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    lines, scope = list[str](), EVERYWHERE
    for line in text.splitlines():
        word, _, rest = line.strip().replace("=", " ", 1).partition(" ")
        if word.lower() in ("host", "match"):
            scope = line
        if word.lower() != "include":
            lines.append(line)
        elif depth < DEEPEST:
            # What follows counts where it did before, not for the last host that was included.
            lines += [*(configuration(each, depth + 1) for each in _named(rest)), scope]
    return "\n".join(lines)


def _named(patterns: str) -> list[Path]:
    """Files, in the order in which `ssh` reads them."""
    try:
        words = shlex.split(patterns, comments=True)
    except ValueError:
        return []
    home = Path.home() / ".ssh"
    return [Path(each) for word in words for each in sorted(glob(os.path.join(home, os.path.expanduser(word))))]
