"""How many workers this process may keep busy."""

import math
import os
from collections.abc import Iterator
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def affinity() -> int:
    """Processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def quota(root: Path = CGROUP, membership: Path = MEMBERSHIP) -> float | None:
    """Processors' worth of time that the control groups (version 2 or 1) around this process allow, or None."""
    limits = (_limit(folder) for folder in _groups(root, membership))
    return min((limit for limit in limits if limit is not None), default=None)


def available_workers() -> int:
    """The smaller of affinity and quota, the quota rounded up; Python's own counts know only the first."""
    limit = quota()
    return max(1, min(affinity(), math.ceil(limit) if limit else affinity()))


def _groups(root: Path, membership: Path) -> Iterator[Path]:
    """Folders of this process's groups, and of those that hold them; in a container only the top one may be there."""
    try:
        lines = membership.read_text().splitlines()
    except OSError:
        lines = []
    for line in ("0::/", "1:cpu:/", *lines):
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers and "cpu" not in controllers.split(","):
            continue
        parts = [part for part in path.split("/") if part]
        for length in range(len(parts) + 1):
            yield (root / "cpu" if controllers else root).joinpath(*parts[:length])


def _limit(folder: Path) -> float | None:
    """What one group allows."""
    try:
        allowed, period = (folder / "cpu.max").read_text().split()
    except (OSError, ValueError):
        try:
            allowed = (folder / "cpu.cfs_quota_us").read_text().strip()
            period = (folder / "cpu.cfs_period_us").read_text().strip()
        except (OSError, ValueError):
            return None
    if not allowed.isdecimal() or not period.isdecimal() or not int(period):
        return None
    return int(allowed) / int(period)
