"""A batch whose journal finds no room, told to its end and afterwards."""

import os
from pathlib import Path

import pytest

from tests.crashes import make_pictures, small_disk
from tests.tui.cli.conftest import Run


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")
def test_a_batch_whose_journal_finds_no_room_is_told_to_its_end(safelight: Run, tmp_path: Path) -> None:
    make_pictures(tmp_path / "in", [f"{number}.jpg" for number in range(60)])
    state = tmp_path / "state"
    with small_disk(state, "size=28k"):
        ended = safelight("apply", "in", "-o", "out", "-f", "invert", XDG_STATE_HOME=str(state))
        assert ended.returncode == 0, ended.stderr
        last = ended.stdout.decode().splitlines()[-1]
        assert last.startswith("60 files done in ")
        assert "Not all of it is in its journal" in last
        (batch,) = os.listdir(state / "safelight/batches")
        told = safelight("history", batch, XDG_STATE_HOME=str(state)).stdout.decode().splitlines()
        assert told[-1].startswith("It is done: 60 of 60 files done. Not all of it is in its journal")
        assert "60 of 60 files done" in safelight("history", XDG_STATE_HOME=str(state)).stdout.decode()
