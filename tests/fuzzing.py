"""Tries mutated files in a process that may die of them: open, look, filter and save, with an eye on what it leaves.

One file again, with all that is said of it: `python -m tests.fuzzing RUN INDEX`.
"""

import faulthandler
import json
import os
import subprocess
import sys
import tempfile
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psutil

from engine.child import environment
from engine.errors import SafelightError
from engine.files.decode import Decoded, decode
from engine.files.encode import FORMATS, encode, losses, refusal
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.name import ESCAPED, show
from engine.files.proxy import proxy
from engine.files.tone import tone_of
from engine.files.write import write_replacing
from engine.image import Image
from engine.library import apply
from engine.stack import Stack
from tests.mutations import Case, case, damaged

T = TypeVar("T")
STACK = Stack.parse(["gaussian-blur:sigma=1"])
LIMITS = Limits(max_pixels=100_000, max_frames=2_000, max_seconds=10)
LONGEST = 400
"""Letters of a sentence."""
HANGS_AFTER = 60.0
"""Seconds after which a file has brought the process to a stop for sure."""
SAMPLES = 40
SIDE = 16


class FaultError(Exception):
    """A promise that was not kept."""


@dataclass
class Report:
    """What became of many files."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    samples: list[dict[str, int]] = field(default_factory=list)
    """What the process held from time to time."""

    def add(self, other: "Report") -> None:
        """Another process's."""
        self.outcomes += other.outcomes
        self.faults += other.faults


def try_in_processes(run: int, count: int, processes: int, folder: Path) -> list[Report]:
    """So many files, shared among processes; each has printed nothing and ended by itself, or that is a fault."""
    share = -(-count // processes)
    started = [_start(run, number * share, share, folder / str(number)) for number in range(processes)]
    return [_ended(process, share, folder / str(number)) for number, process in enumerate(started)]


def _start(run: int, first: int, count: int, folder: Path) -> "subprocess.Popen[bytes]":
    folder.mkdir()
    words = [sys.executable, "-m", "tests.fuzzing", str(run), str(first), str(count), str(folder)]
    with (folder / "said").open("wb") as said:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment())


def _ended(process: "subprocess.Popen[bytes]", count: int, folder: Path) -> Report:
    with process:
        status = process.wait(count * HANGS_AFTER)
    said, kept = (folder / "said").read_bytes(), folder / "report"
    plain = json.loads(kept.read_bytes()) if kept.exists() else {}
    report = Report(Counter(plain.get("outcomes")), plain.get("faults", []), plain.get("samples", []))
    if status or said or not kept.exists():
        now = (folder / "now").read_text() if (folder / "now").exists() else "the beginning"
        report.faults.append(f"{now}: status {status}, printed {said[-3000:].decode(errors='replace')}")
    return report


def try_many(run: int, first: int, count: int, folder: Path) -> Report:
    """One after another in this process."""
    report = Report()
    for number in range(count):
        made = case(run, first + number)
        (folder / "now").write_text(f"python -m tests.fuzzing {run} {made.index}  ({made.origin})")
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
        try:
            outcome = attempt(made, folder)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told of with the way to see it again
            outcome = "fault"
            told = str(error) if isinstance(error, FaultError) else traceback.format_exc()
            report.faults.append(f"python -m tests.fuzzing {run} {made.index}  ({made.origin}): {told}")
        report.outcomes[f"{made.origin.partition(':')[0]} {outcome}"] += 1
        if number % max(1, count // SAMPLES) == 0:
            report.samples.append(held())
    faulthandler.cancel_dump_traceback_later()
    report.samples.append(held())
    return report


def held() -> dict[str, int]:
    """Descriptors, threads, children and bytes of memory of this process, and those of its children."""
    own = psutil.Process()
    below = own.children(recursive=True)
    alive = [each for each in below if each.status() != psutil.STATUS_ZOMBIE]
    return {
        "descriptors": own.num_fds(),
        "threads": own.num_threads(),
        "children": len(below),
        "zombies": len(below) - len(alive),
        "memory": own.memory_info().rss,
        "below": sum(each.memory_info().rss for each in alive),
    }


def attempt(made: Case, folder: Path) -> str:
    """Open, look, filter and save one file; how far it came. FaultError for what is neither a result nor a sentence."""
    path = folder / made.name
    path.write_bytes(made.data)
    # Long ago, so that nobody waits for it to be settled.
    os.utime(path, (1e9, 1e9))
    try:
        return _attempted(made, path, folder)
    finally:
        path.unlink()


def _attempted(made: Case, path: Path, folder: Path) -> str:
    header = _sentence_or(path, lambda: read_header(path, LIMITS))
    for coarse in (False, True):
        small = _sentence_or(path, lambda coarse=coarse: proxy(path, SIDE, SIDE, LIMITS, coarse=coarse))  # type: ignore[misc]
        if isinstance(small, str):
            continue
        demand(not isinstance(header, str), "a proxy of what has no header")
        demand(small.pixels.dtype == "u1" and 1 <= small.pixels.shape[2] <= 4, f"a proxy of {small.pixels.dtype}")
        demand(max(small.pixels.shape[:2]) <= SIDE, f"a proxy of {small.pixels.shape}")
        demand((small.source_width, small.source_height) == (header.width, header.height), "a proxy of another size")
        check_sentences(*small.notes)
    decoded = _sentence_or(path, lambda: decode(path, LIMITS))
    if isinstance(decoded, str):
        return _kind(decoded)
    demand(decoded.header == header, f"{decoded.header} is not {header}")
    pixels = decoded.image.pixels
    demand(pixels.shape == (header.height, header.width, header.channels), f"{pixels.shape} is not {header}")
    demand(pixels.itemsize * 8 == header.depth, f"{pixels.dtype} is not {header}")
    check_sentences(*decoded.notes)
    return _save(made, decoded, folder)


def _save(made: Case, decoded: Decoded, folder: Path) -> str:
    """Filtered and written in one of the formats, all options in turn, every other one with metadata damaged once more.

    What was written is read again.
    """
    forms = [name for name in FORMATS if not refusal(name)]
    turn = made.index // 7
    form = forms[turn % len(forms)]
    asked: dict[str, Any] = {"metadata": ("safe", "all", "none")[turn % 3], "profile": ("keep", "srgb")[turn // 3 % 2]}
    said = decoded.image.metadata
    if made.index % 2:
        said = damaged(made, said)
    pixels = apply(decoded.image.pixels, STACK, workers=1, tone=tone_of(said.icc))
    demand(pixels.shape == decoded.image.pixels.shape, f"filtered to {pixels.shape}")
    result = Image(pixels, said)
    check_sentences(*losses(result, form, **asked))
    path = folder / f"result{FORMATS[form]}"
    write_replacing(path, encode(result, form, 90, **asked))
    os.utime(path, (1e9, 1e9))
    again = decode(path, Limits())
    demand(again.header.format == form, f"saved as {form}, read as {again.header.format}")
    demand(again.image.pixels.shape[:2] == pixels.shape[:2], f"{again.image.pixels.shape} saved of {pixels.shape}")
    return "saved"


def _sentence_or(path: Path, work: Callable[[], T]) -> T | str:
    try:
        return work()
    except SafelightError as error:
        demand(str(error).startswith(show(path)), f"names no file: {error}")
        check_sentences(str(error))
        return str(error).removeprefix(show(path))


def check_sentences(*sentences: str) -> None:
    """Each is one line that is harmless on a terminal and tells nothing of the machine."""
    for each in sentences:
        demand(each.endswith("."), f"no sentence: {each!r}")
        demand(len(each) <= LONGEST, f"{len(each)} letters: {each[:LONGEST]!r}")
        demand(not any(unicodedata.category(letter) in ESCAPED for letter in each), f"obeyed by terminals: {each!r}")
        demand(" object at 0x" not in each and "(b'" not in each, f"for programmers: {each!r}")


def demand(kept: bool, told: str) -> None:
    """FaultError unless the promise was kept."""
    if not kept:
        raise FaultError(told)


def _kind(sentence: str) -> str:
    """Why a file was refused, in two words or three."""
    for words in ("ended the process", "took more than", "is damaged or cut short", "more memory", "--max-", "is no "):
        if words in sentence:
            return words
    return "refused"


def main() -> None:
    """Some files with a report in a folder, or one with a traceback."""
    run, first, *rest = sys.argv[1:]
    if rest:
        folder = Path(rest[1])
        (folder / "report").write_text(json.dumps(vars(try_many(int(run), int(first), int(rest[0]), folder))))
        return
    made = case(int(run), int(first))
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as kept:
        (Path(kept) / "now").touch()
        print(f"{made.name!r}, {len(made.data)} bytes, {made.origin}: {attempt(made, Path(kept))}")


if __name__ == "__main__":
    main()
