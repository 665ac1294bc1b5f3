"""The processor: how many cores there are, and how many of them Safelight may use."""

import os
import platform

from engine.run.cpu import affinity, available_workers, quota
from tui.cli.examining import Facts


def examine() -> Facts:
    """Cores of the machine, those this process may run on, the quota in cores, and the workers that follow."""
    return {
        "architecture": platform.machine(),
        "cores": os.cpu_count() or 1,
        "affinity": affinity(),
        "quota": quota(),
        "workers": available_workers(),
    }
