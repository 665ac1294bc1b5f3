"""Mutated files of every format, briefly: a result or a sentence, nothing printed. `tests/long` tries thousands."""

from pathlib import Path

import pytest

from engine.errors import ImageError
from engine.files.decode import decode_bytes
from engine.files.formats import formats
from engine.files.limits import Limits
from tests.corpus import corpus
from tests.fuzzing import try_in_processes
from tests.mutations import CHANGES, case

RUN, FILES = 20261123, 120


def test_fuzzing_begins_with_sound_files_of_every_format() -> None:
    installed = {name for name, each in formats().items() if each.extra is None or each.extra.installed}
    assert corpus().keys() >= installed
    for name in installed - {"raw"}:
        files = corpus()[name]
        assert sum(_sound(name, data) for data in files) >= len(files) - 1 > 4


def _sound(name: str, data: bytes) -> bool:
    try:
        return decode_bytes("a", data, Limits()).header.format == name
    except ImageError:
        return False


def test_a_number_is_always_the_same_file() -> None:
    assert [case(1, index) for index in range(100)] == [case(1, index) for index in range(100)]
    assert len({case(1, index).data for index in range(500)}) > 450
    done = {word for index in range(500) for word in case(1, index).origin.partition(": ")[2].split(", ")}
    assert done == {change.__name__.strip("_") for change in CHANGES}


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts descriptors")
def test_mutated_files_are_results_or_sentences(tmp_path: Path) -> None:
    (report,) = try_in_processes(RUN, FILES, 1, tmp_path)
    assert not report.faults, "\n".join(report.faults)
    assert sum(report.outcomes.values()) == FILES
    assert any(outcome.endswith("saved") for outcome in report.outcomes)
    first, last = report.samples[len(report.samples) // 2], report.samples[-1]
    assert last["descriptors"] <= first["descriptors"] + 2
    assert last["children"] <= 1
    assert not last["zombies"]
