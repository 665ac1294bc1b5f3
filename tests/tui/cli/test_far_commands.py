"""Sub-commands on pictures of other machines: names that can be typed again, and not a word of secrets."""

from pathlib import Path

import pytest

from tests.far import Far, bucket, far, server, sftp, store
from tests.tui.cli.conftest import Run

__all__ = ["bucket", "far", "server", "sftp", "store"]


@pytest.fixture
def filled(far: Far, photographs: Path) -> str:
    """One picture in two folders."""
    for name in ("a.jpg", "more/b.jpg"):
        far.put(f"in/{name}", (photographs / "darkest-hour.jpg").read_bytes())
    return f"{far.url}/in"


def test_culled_pictures_are_named_as_they_are_asked_for(filled: str, safelight: Run) -> None:
    told = safelight("cull", filled)
    assert told.returncode == 0
    # The table is as narrow as it has to be, and breaks long names.
    assert told.stdout.decode().count(filled[:20]) == 2


def test_a_prediction_reads_there(filled: str, safelight: Run, tmp_path: Path) -> None:
    told = safelight("apply", filled, "-f", "invert", "-o", str(tmp_path / "out"), "--predict")
    assert (told.returncode, not (tmp_path / "out").exists()) == (0, True)
    assert "2 files" in told.stdout.decode()


@pytest.mark.parametrize(
    "words", [("apply", "{}", "-f", "invert", "-o", "x"), ("cull", "{}"), ("apply", "x", "-f", "invert", "-o", "{}")]
)
def test_a_secret_is_not_repeated(safelight: Run, words: tuple[str, ...]) -> None:
    told = safelight(*(word.format("sftp://me:geheim@host/x") for word in words))
    assert told.returncode == 2
    assert "geheim" not in (told.stdout + told.stderr).decode()
    assert "no password" in told.stderr.decode()
