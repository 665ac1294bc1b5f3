"""Names to choose from, what is kept of a run, and how it is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.bench.entries import choose, entries, sections, shown
from engine.bench.record import add, begin, keep, mean, skip
from engine.bench.setting import Setting
from engine.bench.sheet import legend, sheets
from engine.errors import SafelightError, SpecError
from engine.filters import catalogue
from engine.stack import Step

RATE = {"rate": 100.0, "least": 90.0, "most": 1234.5, "seconds": 0.24, "megapixels": 24.0, "times": 9}


def row(name: str, times: float | None = None, **changes: Any) -> dict[str, Any]:
    peer = {"peer": "OpenCV", "error": 1.25, "counts": True} | RATE
    return {
        "name": name,
        "listed": True,
        "one": RATE,
        "all": RATE,
        "default": RATE,
        "copies": 2.5,
        "error": 0.5,
        "peers": [] if times is None else [peer],
        "fastest": None if times is None else "OpenCV",
        "times": times,
        "aim": 1.0,
        "least": 20.0,
        "reached": None if times is None else times >= 1.0,
        "notes": [],
    } | changes


def test_everything_has_a_name_of_its_own_in_its_section() -> None:
    names = [(entry.section, entry.name) for entry in entries()]
    assert len(set(names)) == len(names)
    assert sections() == ["filters", "8-bit", "16-bit", "float32", "chains", "photographs", "scaling", "growth"]
    assert [name for section, name in names if section == "filters"] == list(catalogue())


def test_every_filter_is_shown_doing_something() -> None:
    for declared in catalogue().values():
        step = Step.parse(shown(declared))
        assert step.filter == declared.name
        assert not declared.is_neutral(dict(step.values))


def test_sections_and_beginnings_of_names_choose() -> None:
    assert {entry.section for entry in choose(["chains"])} == {"chains"}
    assert [entry.name for entry in choose(["chain of 3"])] == ["chain of 3"]
    assert all(entry.name.startswith("median") for entry in choose(["median"]))
    assert len(choose([])) == len(entries())


def test_a_word_that_finds_nothing_is_one_sentence() -> None:
    with pytest.raises(SpecError, match="'sobell'; the nearest is 'sobel'"):
        choose(["invert", "sobell"])


def test_the_mean_is_geometric_and_over_what_is_listed() -> None:
    rows = [row("a", 2.0), row("b", 8.0), row("c", 100.0, listed=False), row("d"), {"name": "e", "skipped": "why"}]
    assert mean(rows) == (pytest.approx(4.0), 2)
    assert mean([row("d")]) is None


def test_kept_rows_of_other_names_stay(tmp_path: Path) -> None:
    path, order = tmp_path / "kept.json", ["filters", "8-bit"]
    first: dict[str, Any] = {"machine": {}, "copy": {}, "sections": {}}
    add(first, "8-bit", row("a", 1.0))
    add(first, "8-bit", row("b", 1.0))
    add(first, "8-bit", row("a", 2.0))
    keep(first, path, order)
    second: dict[str, Any] = {"machine": {"workers": 4}, "copy": {}, "sections": {}}
    add(second, "8-bit", row("b", 3.0))
    skip(second, "filters", "c", "There is none.")
    keep(second, path, order)
    found = json.loads(path.read_text())
    assert found["machine"] == {"workers": 4}
    assert list(found["sections"]) == order
    assert {each["name"]: each["times"] for each in found["sections"]["8-bit"]} == {"a": 2.0, "b": 3.0}


def test_a_file_that_cannot_be_kept_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(SafelightError, match=r"--keep: .*bad\.json"):
        keep({"sections": {}}, tmp_path / "bad.json", [])


def test_a_sheet_marks_what_is_missed_and_says_what_was_left_out() -> None:
    rows = [row("a", 0.5), row("b", 2.0, notes=["Pillow cannot: why"]), {"name": "c", "skipped": "There is none."}]
    (sheet,) = sheets({"sections": {"8-bit": rows}})
    assert sheet.missed == {0}
    assert sheet.rows[0] == ("a", "100", "100", "90 to 1,234", "100", "0.50 ✗", "OpenCV", "0.5 / 1.2")
    assert sheet.notes[0].startswith("Geometric mean of 2 algorithms, fewer than the 18")
    assert sheet.notes[1:] == ("c was not measured: There is none.", "b: Pillow cannot: why.")
    assert all(len(cells) == len(sheet.head) for cells in sheet.rows)


def test_a_sheet_without_peers_has_other_columns() -> None:
    (sheet,) = sheets({"sections": {"filters": [row("a", least=None), row("b", reached=False)]}})
    assert [cells[-2:] for cells in sheet.rows] == [("2.5", ""), ("2.5", "20 ✗")]


def test_the_machine_is_told_without_its_name(setting: Setting) -> None:
    record = begin(setting)
    record["machine"]["busy"] = 4.0
    first, second = legend(record)
    assert first.startswith("2 workers on ")
    assert f"{record['copy']['gigabytes_per_second']:.1f} GB/s" in first
    assert "--light encoded" in second
    record["machine"]["peers"] = {"OpenCV": "5.0.0"}
    assert legend(record)[2].endswith("Peers: OpenCV 5.0.0.")
    record["machine"]["busy"] = 61.0
    assert legend(record)[2].startswith("Other programs used 61 %")
