"""docs/configuration.md: what it shows as a file is one that nothing is wrong with, and says what the page says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.commands import commands
from tui.commands.binding import TAKEN, bind, default_keys
from tui.commands.keys import shown
from tui.settings import FILE
from tui.settings.chosen import Settings
from tui.settings.reading import read_config


@pytest.fixture
def page(root: Path) -> str:
    """The page."""
    return (root / "docs" / "configuration.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def keys_by_default() -> Iterator[None]:
    """Afterwards all commands have their own keys again."""
    yield
    bind({})


def test_every_file_that_it_shows_has_nothing_wrong(page: str, tmp_path: Path) -> None:
    shown_files = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert len(shown_files) == 2
    for text in shown_files:
        (tmp_path / FILE).write_text(text, encoding="utf-8")
        config = read_config(tmp_path)
        assert (Settings(config, {}).problems(), bind(config.keys)) == ((), ())


def test_the_keys_by_default_are_those_that_are_shown(page: str, tmp_path: Path) -> None:
    block = re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[-1]
    (tmp_path / FILE).write_text(block, encoding="utf-8")
    keys = read_config(tmp_path).keys
    assert set(keys) == set(commands())
    bind(keys)
    assert {each.name: each.keys for each in commands().values()} == {
        each.name: default_keys(each) for each in commands().values()
    }


def test_the_keys_that_terminals_take_are_named(page: str) -> None:
    named = set(re.findall(r"<kbd>(ctrl-\w)</kbd>", page))
    assert named <= {shown(key) for key in TAKEN}
    assert {"ctrl-s", "ctrl-q", "ctrl-b", "ctrl-a", "ctrl-i", "ctrl-h", "ctrl-m", "ctrl-z"} <= named
