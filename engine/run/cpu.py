"""How many workers this process may keep busy."""

import math
import os
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")


def affinity() -> int:
    """Processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def quota(root: Path = CGROUP) -> float | None:
    """Processors' worth of time that the cgroup (version 2, then 1) allows, or None."""
    try:
        allowed, period = (root / "cpu.max").read_text().split()
    except (OSError, ValueError):
        try:
            allowed = (root / "cpu/cpu.cfs_quota_us").read_text().strip()
            period = (root / "cpu/cpu.cfs_period_us").read_text().strip()
        except OSError:
            return None
    if not allowed.isdigit() or not period.isdigit():
        return None
    return int(allowed) / int(period)


def available_workers() -> int:
    """The smaller of affinity and quota, the quota rounded up; Python's own counts know only the first."""
    limit = quota()
    return max(1, min(affinity(), math.ceil(limit) if limit else affinity()))
