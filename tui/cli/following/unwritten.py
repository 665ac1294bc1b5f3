"""The last word of a batch whose journal has none, as the disk of the journal was full. It reads no file."""

from engine.job import LaneTotal, Summary
from engine.telemetry import Snapshot

FULL = (
    "Not all of it is in its journal, as the disk that keeps that is full: free some room there; --resume does again "
    "what is not told."
)


def summary_of(snapshot: Snapshot) -> Summary:
    """What the Board of an ended batch says; the CPU time is that of its workers alone."""
    return Summary(
        state=snapshot.state,
        done=snapshot.done,
        failed=snapshot.failed,
        skipped=snapshot.skipped,
        left=snapshot.left,
        seconds=snapshot.seconds,
        megapixels=snapshot.megapixels,
        megapixels_per_second=snapshot.megapixels / snapshot.seconds if snapshot.seconds > 0 else 0.0,
        process_cpu_seconds=sum(lane.cpu_seconds for lane in snapshot.lanes),
        workers=tuple(
            LaneTotal(lane.name, lane.busy_seconds, lane.cpu_seconds, lane.megapixels) for lane in snapshot.lanes
        ),
        note=FULL,
    )
