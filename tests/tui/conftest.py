"""What every test of the app stands on: no stack under development is left by another test."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def no_edits_of_last_time() -> None:
    """The app would offer them."""
    shutil.rmtree(Path(os.environ["XDG_STATE_HOME"], "safelight", "unfinished"), ignore_errors=True)


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """An app keeps what it has loaded for good; here others follow it."""
    yield
    gc.unfreeze()
