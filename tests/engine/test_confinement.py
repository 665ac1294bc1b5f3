"""One folder, or only to read: every door of the engine to a file is tried, through links as well."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.confinement import OUTSIDE, READ_ONLY, ROOT, barred, barred_descriptor, confines, root, unwritable
from engine.engine import Engine
from engine.errors import BatchError, ImageError, SafelightError, SpecError
from engine.files.decode import decode
from engine.files.folder import scan, walk
from engine.files.header import read_header
from engine.files.in_place import BACKUP_SUFFIX, put_back
from engine.files.limits import Limits
from engine.files.write import write_new, write_replacing
from engine.job import State, Task, Verb
from engine.presets import save_preset
from engine.presets.preset import Preset
from engine.stack import Stack


@pytest.fixture
def house(tmp_path: Path, photographs: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder `open` with a picture, a folder `shut` with another, and links from one to the other."""
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "picture.jpg").write_bytes((photographs / "nuthatch.jpg").read_bytes())
    (tmp_path / "open" / "link.jpg").symlink_to(tmp_path / "shut" / "picture.jpg")
    (tmp_path / "open" / "folder").symlink_to(tmp_path / "shut")
    (tmp_path / "open" / "own.jpg").symlink_to("picture.jpg")
    (tmp_path / "opener").mkdir()
    monkeypatch.setenv(ROOT, str(tmp_path / "open"))
    return tmp_path


OUT = ("shut/picture.jpg", "open/link.jpg", "open/folder/picture.jpg", "open/../shut/picture.jpg", "opener")
IN = ("open", "open/picture.jpg", "open/own.jpg", "open/new/deep.jpg")


@pytest.mark.parametrize("name", OUT)
def test_what_leads_out_is_barred(house: Path, name: str) -> None:
    assert barred(house / name) == OUTSIDE
    assert unwritable(house / name) == OUTSIDE


@pytest.mark.parametrize("name", IN)
def test_what_lies_within_is_not(house: Path, name: str) -> None:
    assert barred(house / name) == unwritable(house / name) == ""


@pytest.mark.parametrize("name", ["\0", "a" * 5000])
def test_a_name_that_no_file_has_stays_outside_or_is_not_there(house: Path, name: str) -> None:
    assert barred(name) == OUTSIDE


def test_a_root_that_is_gone_bars_all(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT, str(house / "gone"))
    assert barred(house / "open" / "picture.jpg") == OUTSIDE


def test_without_a_root_nothing_is_barred(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ROOT)
    assert root() == barred(house / "shut") == unwritable(house / "shut") == ""
    assert confines("")
    assert confines("/anything")


def test_what_was_opened_counts_by_its_real_place(house: Path) -> None:
    for name, expected in (("shut/picture.jpg", OUTSIDE), ("open/picture.jpg", "")):
        descriptor = os.open(house / name, os.O_RDONLY)
        assert barred_descriptor(descriptor) == expected
        os.close(descriptor)


def test_a_link_that_changes_between_look_and_opening_is_not_read(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.files.source.barred", lambda path: "")
    with pytest.raises(ImageError, match="lies outside"):
        read_header(house / "open" / "link.jpg", Limits())


READS: dict[str, Callable[[Path], object]] = {
    "decode": lambda path: decode(path, Limits()),
    "header": lambda path: read_header(path, Limits()),
    "scan": lambda path: list(scan(str(path.parent))),
    "walk": lambda path: list(walk([str(path.parent)])),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_no_door_reads_outside(house: Path, read: Callable[[Path], object]) -> None:
    read(house / "open" / "picture.jpg")
    with pytest.raises(ImageError, match="lies outside the only folder that is open here"):
        read(house / "open" / "folder" / "picture.jpg")


def test_links_out_are_listed_and_refused_when_they_are_opened(house: Path) -> None:
    names = [entry.name for entry in scan(str(house / "open"))]
    assert "link.jpg" in names
    with pytest.raises(ImageError, match=r"link\.jpg lies outside"):
        decode(house / "open" / "link.jpg", Limits())


@pytest.mark.parametrize("write", [write_new, write_replacing])
@pytest.mark.parametrize("name", ["shut/new.jpg", "open/folder/new.jpg", "open/folder/deep/new.jpg"])
def test_nothing_is_written_outside(house: Path, write: Callable[[Path, bytes], None], name: str) -> None:
    before = sorted(house.rglob("*"))
    with pytest.raises(ImageError, match="lies outside"):
        write(house / name, b"picture")
    assert sorted(house.rglob("*")) == before
    write(house / "open" / "results" / "new.jpg", b"picture")


def test_no_original_is_put_back_outside(house: Path) -> None:
    backup = house / "shut" / f"picture.jpg{BACKUP_SUFFIX}"
    backup.write_bytes(b"before")
    with pytest.raises(ImageError, match="lies outside"):
        put_back(str(house / "shut" / "picture.jpg"))
    assert backup.exists()


def test_no_results_are_planned_outside(house: Path) -> None:
    with pytest.raises(BatchError, match="lies outside"):
        plan_outputs([str(house / "open" / "picture.jpg")], str(house / "shut"))


@pytest.mark.parametrize(
    "step", ["watermark-image:file={}", "exposure:ev=1,mask=picture {}", "colour-lookup:file={}", "watermark:font={}"]
)
def test_a_step_names_no_file_outside_and_tells_not_whether_it_is_there(house: Path, step: str) -> None:
    for name in ("picture.jpg", "nothing.jpg"):
        with pytest.raises(SpecError, match="lies outside"):
            Stack.parse([step.format(house / "shut" / name)])


def test_a_table_that_comes_along_is_no_file_outside(house: Path) -> None:
    Stack.parse(["colour-lookup"]).read_files()


def batch(house: Path) -> Specification:
    """One picture, to a folder within."""
    task = Task(str(house / "open" / "picture.jpg"), str(house / "open" / "results" / "picture.jpg"))
    return Specification((task,), Stack.parse(["invert"]))


def test_a_batch_inherits_the_folder(house: Path) -> None:
    inside = Task(str(house / "open" / "picture.jpg"), str(house / "open" / "results" / "picture.jpg"))
    escapes = (
        Task(str(house / "open" / "link.jpg"), str(house / "open" / "results" / "link.jpg")),
        Task(str(house / "open" / "picture.jpg"), str(house / "open" / "folder" / "escaped.jpg")),
    )
    begun = start(Specification((inside, *escapes), Stack.parse(["invert"])))
    process = begun._process
    assert process is not None
    process.wait(60)
    assert begun.counts() == (1, 2, 0)
    assert (house / "open" / "results" / "picture.jpg").exists()
    assert not (house / "shut" / "escaped.jpg").exists()


def test_batches_of_elsewhere_are_not_seen(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine()
    name = engine.submit(batch(house))
    assert [each.id for each in engine.batches()] == [name]
    monkeypatch.setenv(ROOT, str(house / "opener"))
    stranger = Engine()
    assert stranger.batches() == ()
    for look in (stranger.info, lambda each: stranger.events(each, 0), stranger.snapshot):
        with pytest.raises(BatchError, match="There is no batch"):
            look(name)
    with pytest.raises(BatchError, match="There is no batch"):
        stranger.ask(name, Verb.CANCEL)
    monkeypatch.setenv(ROOT, str(house))
    assert name in {each.id for each in Engine().batches()}
    monkeypatch.delenv(ROOT)
    assert name in {each.id for each in Engine().batches()}


def test_read_only_writes_nothing(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine()
    name = engine.submit(batch(house))
    monkeypatch.setenv(READ_ONLY, "1")
    with pytest.raises(ImageError, match="read-only"):
        write_new(house / "open" / "new.jpg", b"picture")
    with pytest.raises(BatchError, match="read-only"):
        engine.submit(batch(house))
    with pytest.raises(BatchError, match="read-only"):
        plan_outputs([str(house / "open" / "picture.jpg")], str(house / "open" / "more"))
    with pytest.raises(BatchError, match="read-only"):
        engine.ask(name, Verb.CANCEL)
    with pytest.raises(SpecError, match="read-only"):
        save_preset(Preset("mine", "A.", Stack.parse(["invert"])), replace=True)
    assert engine.info(name).state is not State.CANCELLED
    decode(house / "open" / "picture.jpg", Limits())


@pytest.mark.parametrize("value", ["", "0"])
def test_read_only_is_off_by_nothing_and_0(house: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv(READ_ONLY, value)
    write_new(house / "open" / "new.jpg", b"picture")


def test_the_command_line_is_confined_as_well(house: Path) -> None:
    line = [sys.executable, "-m", "tui", "apply", str(house / "open"), "-o", str(house / "shut" / "x"), "-f", "invert"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "lies outside" in done.stderr


def test_errors_are_one_sentence(house: Path) -> None:
    with pytest.raises(SafelightError) as raised:
        decode(house / "shut" / "picture.jpg", Limits())
    assert str(raised.value).count("\n") == 0
    assert str(raised.value).endswith(".")
