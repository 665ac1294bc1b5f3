"""Batches that replace their sources: which files they may take, and what becomes of originals left behind."""

import os
import signal
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.folder import batches_folder, create_folder
from engine.batch.in_place import plan_in_place, refuse_busy, settle_told
from engine.batch.journal import Journal
from engine.batch.record import load_record
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.errors import BatchError, ImageError
from engine.files.edition import edition
from engine.files.in_place import backup_of
from engine.job import Finished, Task
from engine.stack import Stack
from tests.engine.batch.conftest import STAND_IN, started, until


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of two, that need not be any."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name in ("a.jpg", "b.png"):
        (folder / name).write_bytes(b"as it was")
    return folder


def test_links_and_second_names_are_refused(pictures: Path) -> None:
    link = pictures / "link.png"
    link.symlink_to("b.png")
    with pytest.raises(ImageError, match=r"link.png is a link, which is not replaced: name .*b.png itself"):
        plan_in_place([str(pictures)])
    link.unlink()
    link.hardlink_to(pictures / "b.png")
    with pytest.raises(BatchError, match=r"b.png and .*link.png are one file: name it once"):
        plan_in_place([str(pictures)])
    link.unlink()
    (pictures.parent / "again").symlink_to(pictures)
    with pytest.raises(BatchError, match="are one file: name it once"):
        plan_in_place([str(pictures), str(pictures.parent / "again")])


def test_two_batches_never_replace_the_same_files(state_folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "held")
    tasks = tuple(Task(str(tmp_path / name), str(tmp_path / name)) for name in ("a.jpg", "b.png"))
    theirs = (Task(str(tmp_path / "held"), tasks[0].output),)
    batch = start(Specification(theirs, Stack(), in_place=True), STAND_IN)
    started(batch, "held")
    with pytest.raises(BatchError, match=f"Batch {batch.id} is still at work on these files"):
        refuse_busy(tasks, [batch])
    refuse_busy(tasks[1:], [batch])
    os.kill(load_record(batch.folder).pid, signal.SIGKILL)  # type: ignore[union-attr]
    until(lambda: batch.state.over)
    refuse_busy(tasks, [batch])


def test_originals_of_what_a_journal_tells_of_go_and_others_stay(state_folder: Path, pictures: Path) -> None:
    path = pictures / "b.png"
    batch = Batch(create_folder(batches_folder()))
    journal = Journal(batch.folder.journal)
    journal.append(Finished(0, str(path), str(path), 1.0, 1.0, written=edition(str(path))))
    journal.append(Finished(1, str(path), str(path), 1.0, 1.0))
    journal.close()
    backup, tasks = Path(backup_of(str(path))), plan_in_place([str(path)])
    backup.write_bytes(b"as it was")
    settle_told(tasks, [batch])
    assert not backup.exists()
    backup.write_bytes(b"as it was")
    os.utime(path)
    settle_told(tasks, [batch])
    assert backup.exists(), "it is of another edition, of which nothing is told"
    path.unlink()
    settle_told(tasks, [batch])
    assert backup.exists()
