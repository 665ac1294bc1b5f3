"""Thousands of random keys: the same as in the quick tests, for longer and otherwise at each run."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.tui.random_keys import press


@pytest.mark.parametrize("run", range(6))
async def test_thousands_of_random_keys(run: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "pictures").mkdir()
    await press(secrets.randbelow(1 << 30) + run, 1500, tmp_path / "pictures")
