"""What a crew has done: files counted on its Board as they end, and its last word, a Summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.job import Event, Failed, Finished, LaneTotal, Skipped, State, Summary
from engine.telemetry import Board, Header, Row

if TYPE_CHECKING:
    from engine.run.worker import Worker


COUNTERS = {Finished: Header.DONE, Failed: Header.FAILED, Skipped: Header.SKIPPED}


def count(board: Board, workers: Sequence[Worker], outcome: Event, shares: Mapping[int, int]) -> None:
    """Count a file that is over; one that was done gives the worker of each slot its share of the pixels."""
    board.words[COUNTERS[type(outcome)]] += 1
    if isinstance(outcome, Finished):
        board.words[Header.CREDITED_PIXELS] += sum(shares.values())
        board.words[Header.FILES_NS] += int(outcome.seconds * 1e9)
        board.words[Header.READ_BYTES] += outcome.read.size if outcome.read else 0
        board.words[Header.WRITTEN_BYTES] += outcome.written.size if outcome.written else 0
        for slot, pixels in shares.items():
            workers[slot].row[Row.CREDITED_PIXELS] += pixels


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
