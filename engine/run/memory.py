"""How much memory a batch may take: what the machine has, what its groups allow, and what a person writes of it."""

import os
import re
from pathlib import Path

from engine.errors import SpecError
from engine.run.cgroup import MEMBERSHIP, ROOT, groups

SHARE = 4
"""A batch takes one part in so many, unless it is told otherwise."""
UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
SIZE = re.compile(r"(\d+(?:\.\d+)?) ?(?:([KMGT])(?:i?B)?|(%))", re.IGNORECASE)
LIMITS = ("memory.max", "memory.limit_in_bytes")
"""What version 2 and version 1 call the file; version 1 writes a huge number where there is no limit."""


def installed() -> int:
    """Bytes of memory that the machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def group_limit(root: Path = ROOT, membership: Path = MEMBERSHIP) -> int | None:
    """Bytes that the control groups around this process allow it and the others in them, or None."""
    limits = (_limit(folder) for folder in groups("memory", root, membership))
    return min((limit for limit in limits if limit is not None), default=None)


def available_memory() -> int:
    """The smaller of what the machine has and what this process's groups allow."""
    limit = group_limit()
    return installed() if limit is None else min(installed(), limit)


def resident() -> int:
    """Bytes of memory that this process takes; 0 where the system has no such file."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def default_memory() -> int:
    """Bytes that a batch may take when nobody says how many."""
    return available_memory() // SHARE


def parse_memory(text: str, flag: str = "--memory") -> int:
    """Bytes, from `4G`, `512M` (powers of 1024) or `25%` of what is available; SpecError for anything else."""
    found = SIZE.fullmatch(text.strip())
    if found is None:
        raise SpecError(f"{flag} must be a size such as 4G or 512M, or a share such as 25%, not {text or 'nothing'}.")
    number, unit, share = float(found[1]), found[2], found[3]
    if share and not 0.0 < number <= 100.0:
        raise SpecError(f"{flag} must be more than 0% and at most 100%, not {text}.")
    size = available_memory() * number / 100.0 if share else number * UNITS[unit.upper()]
    if size < 1:
        raise SpecError(f"{flag} must be more than nothing, not {text}.")
    return int(size)


def _limit(folder: Path) -> int | None:
    """What one group allows."""
    for name in LIMITS:
        try:
            text = (folder / name).read_text().strip()
        except (OSError, ValueError):
            continue
        if text.isdecimal():
            return int(text)
    return None
