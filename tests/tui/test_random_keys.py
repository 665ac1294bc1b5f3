"""Random keys never end the app and never lose an edit. More of them are in `tests/long`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.random_keys import press


@pytest.mark.parametrize("seed", range(2))
async def test_random_keys_end_nothing_and_lose_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "pictures").mkdir()
    await press(seed, 120, tmp_path / "pictures")
