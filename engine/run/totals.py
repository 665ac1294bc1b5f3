"""The last word of a crew: its Board's numbers and its workers' as a Summary. It counts nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.job import LaneTotal, State, Summary
from engine.telemetry import Board, Header, Row

if TYPE_CHECKING:
    from engine.run.worker import Worker


def summarised(board: Board, workers: Sequence[Worker], state: State, began: int) -> Summary:
    """What was done since `began` (CLOCK_MONOTONIC nanoseconds, 0 for never), by a Board that was just published to."""
    words = board.words
    done, failed, skipped = words[Header.DONE], words[Header.FAILED], words[Header.SKIPPED]
    seconds = (words[Header.NOW_NS] - began) / 1e9 if began else 0.0
    megapixels = words[Header.CREDITED_PIXELS] / 1e6
    return Summary(
        state=state,
        done=done,
        failed=failed,
        skipped=skipped,
        left=words[Header.TOTAL] - done - failed - skipped,
        seconds=seconds,
        megapixels=megapixels,
        megapixels_per_second=megapixels / seconds if seconds > 0 else 0.0,
        process_cpu_seconds=words[Header.PROCESS_CPU_NS] / 1e9,
        workers=tuple(
            LaneTotal(
                worker.name,
                worker.row[Row.BUSY_NS] / 1e9,
                worker.row[Row.CPU_NS] / 1e9,
                worker.row[Row.CREDITED_PIXELS] / 1e6,
            )
            for worker in workers
        ),
    )
