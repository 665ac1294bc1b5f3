"""How many workers this process may keep busy."""

import math
import os
from pathlib import Path

from engine.run.cgroup import MEMBERSHIP, ROOT, groups


def affinity() -> int:
    """Processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def quota(root: Path = ROOT, membership: Path = MEMBERSHIP) -> float | None:
    """Processors' worth of time that the control groups (version 2 or 1) around this process allow, or None."""
    limits = (_limit(folder) for folder in groups("cpu", root, membership))
    return min((limit for limit in limits if limit is not None), default=None)


def available_workers() -> int:
    """The smaller of affinity and quota, the quota rounded up; Python's own counts know only the first."""
    limit = quota()
    return max(1, min(affinity(), math.ceil(limit) if limit else affinity()))


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
