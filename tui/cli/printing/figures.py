"""Counts, times and rates as a person reads them."""

from engine.job import Summary


def duration(seconds: float) -> str:
    """Seconds as `4.2 s`, `3 min 20 s` or `2 h 5 min`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def amount(count: int) -> str:
    """Bytes as `812 B`, `14.2 kB`, `3.4 MB` or `1.2 GB`."""
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 999.5 or unit == "GB":
            break
        size /= 1000
    return f"{size:,.0f} {unit}" if unit == "B" or size >= 99.95 else f"{size:.1f} {unit}"


def files(count: int) -> str:
    """`1 file` or `3 files`."""
    return f"{count} file" if count == 1 else f"{count} files"


def outcome(summary: Summary) -> str:
    """The summary in one line."""
    parts = [f"{files(summary.done)} done"]
    parts += [f"{count} {what}" for count, what in ((summary.failed, "failed"), (summary.skipped, "skipped")) if count]
    parts += [f"{summary.left} left undone"] if summary.left else []
    rate = f", {summary.megapixels_per_second:.1f} MP/s" if summary.done else ""
    note = f" {summary.note}" if summary.note else ""
    return f"{', '.join(parts)} in {duration(summary.seconds)}{rate}.{note}"


def lanes(summary: Summary) -> list[str]:
    """One line for each worker thread."""
    return [
        f"{lane.name}: {lane.megapixels:.1f} Mpx, busy {duration(lane.busy_seconds)}, CPU {duration(lane.cpu_seconds)}"
        for lane in summary.workers
    ]
