"""Where the limits of the control groups (version 2 or 1) around this process are written. It reads none of them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")


def groups(controller: str, root: Path = ROOT, membership: Path = MEMBERSHIP) -> Iterator[Path]:
    """Folders of this process's groups, and of those that hold them; in a container only the top one may be there."""
    try:
        lines = membership.read_text().splitlines()
    except OSError:
        lines = []
    for line in ("0::/", f"1:{controller}:/", *lines):
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers and controller not in controllers.split(","):
            continue
        parts = [part for part in path.split("/") if part]
        for length in range(len(parts) + 1):
            yield (root / controller if controllers else root).joinpath(*parts[:length])
