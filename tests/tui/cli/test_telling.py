"""The sub-commands that only tell: filters, explain, doctor, as people and programs read them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.filters import catalogue
from tests.tui.cli.conftest import Run


def test_filters_are_one_json_list(safelight: Run) -> None:
    done = safelight("filters", "--json")
    listed = json.loads(done.stdout)
    assert [each["name"] for each in listed] == list(catalogue())
    for each in listed:
        assert each["group"]
        assert each["help"]
        for parameter in each["parameters"]:
            if parameter["kind"] == "choice":
                assert parameter["default"] in parameter["choices"]
            elif parameter["kind"] == "number":
                assert parameter["low"] <= parameter["default"] <= parameter["high"]
            else:
                assert isinstance(parameter["default"], str)
            assert parameter["help"]


def test_one_filter_is_a_list_of_one(safelight: Run) -> None:
    (only,) = json.loads(safelight("filters", "unsharp-mask", "--json").stdout)
    assert [parameter["name"] for parameter in only["parameters"]] == ["radius", "amount", "threshold"]


def test_the_list_of_filters_has_a_line_for_each(safelight: Run) -> None:
    done = safelight("filters")
    text = done.stdout.decode()
    assert "\x1b" not in text
    groups = {each.group for each in catalogue().values()}
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == len(catalogue()) + len(groups)
    assert all(len(line) <= 120 for line in lines)
    assert [line.split()[0] for line in lines if line.split()[0] in catalogue()] == list(catalogue())


@pytest.mark.parametrize("name", ["resize", "unsharp-mask", "greyscale"])
def test_a_filter_for_people_names_ranges_defaults_and_an_example(safelight: Run, name: str) -> None:
    text = safelight("filters", name).stdout.decode()
    each = catalogue()[name]
    for parameter in each.parameters:
        assert f"default {parameter.format(parameter.default)}" in text
        assert parameter.allowed in text
    assert f"safelight apply PATH -f {each.example} -o FOLDER" in text


def test_an_unknown_filter_names_the_nearest(safelight: Run) -> None:
    done = safelight("filters", "gausian-blur")
    assert done.returncode == 2
    assert b"gaussian-blur" in done.stderr


def test_explain_shows_folding_passes_and_halos(safelight: Run) -> None:
    done = safelight("explain", "-f", "exposure:ev=1", "-f", "sepia", "-f", "gaussian-blur:sigma=4", "-f", "gamma")
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "pass 1" in text
    assert "halo" in text
    assert "bands" in text
    assert "gamma: changes nothing" in text


@pytest.mark.parametrize("size", ["0x4", "wide", "3x", "99999999x1"])
def test_explain_refuses_what_is_no_size(safelight: Run, size: str) -> None:
    done = safelight("explain", "-f", "sobel", "--size", size)
    assert done.returncode == 2
    assert b"--size" in done.stderr


def test_doctor_tells_its_sections(safelight: Run) -> None:
    report = json.loads(safelight("doctor", "--json").stdout)
    assert set(report) == {
        *("filters", "folders", "formats", "kernels", "processor", "settings", "terminal", "versions"),
    }
    assert report["processor"]["workers"] >= 1
    assert report["folders"]["state writable"] is True
    assert report["versions"]["python"]


def test_doctor_for_people_says_the_same(safelight: Run) -> None:
    done = safelight("doctor")
    assert done.returncode == 0
    assert b"Processor" in done.stdout
    assert not done.stderr


@pytest.mark.parametrize("reader", ["| true", "> /dev/full", ">&-"])
def test_output_that_nobody_takes_is_no_crash(command: list[str], environment: dict[str, str], reader: str) -> None:
    line = f"{' '.join(command)} filters --json {reader}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, check=False)
    assert done.stderr.decode() in ("", "The output could not be written (No space left on device).\n")
    assert done.returncode in (0, 1)


def test_a_fault_of_our_own_is_one_sentence_and_a_report(tmp_path: Path, environment: dict[str, str]) -> None:
    code = "import tui.cli.filters as f, tui.__main__ as m, sys; f.catalogue = None; sys.exit(m.main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "filters"],
        env=environment | {"XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    (report,) = tmp_path.glob("**/crash-*.txt")
    assert str(report).encode() in done.stderr
    assert "Traceback" in report.read_text()
