"""A person's own keys: they work and are shown everywhere; what cannot be is named and stops nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import OptionList

import tui
from tests.tui.opened import Opened, folder, opened
from tui.commands import command_for, commands
from tui.commands.binding import TAKEN, bind, default_keys, panes
from tui.commands.keys import shown, shown_keys, written
from tui.screens.help import HelpScreen
from tui.screens.palette import Palette
from tui.settings.chosen import Config, Settings

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
ALL = [key for command in commands().values() for key in default_keys(command)]


@pytest.fixture(autouse=True)
def keys_by_default() -> Iterator[None]:
    """Afterwards all commands have their own keys again."""
    yield
    bind({})


def configured(keys: dict[str, Any], **values: str) -> Settings:
    """Settings whose file gives these keys."""
    return Settings(Config(values, keys))


@pytest.mark.parametrize("key", ALL)
def test_every_key_can_be_written_as_it_is_shown_and_by_its_name(key: str) -> None:
    name = key.rpartition(":")[2]
    assert written(shown(name)) == name
    assert written(name) == name


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("?", "question_mark"),
        ("-", "minus"),
        ("ctrl--", "ctrl+minus"),
        ("ctrl-R", "ctrl+r"),
        ("Shift-x", "X"),
        ("shift-ctrl-up", "ctrl+shift+up"),
        ("Page Down", "pagedown"),
        ("return", "enter"),
        (" ", "space"),
        ("é", "é"),
        ("F5", "f5"),
        ("", None),
        ("f99", None),
        ("xx", None),
        ("ctrl-", None),
        ("\n", None),
        ("<any>", None),
    ],
)
def test_keys_as_people_write_them(text: str, key: str | None) -> None:
    assert written(text) == key


@given(st.text(st.characters(max_codepoint=0x30FF)))
def test_any_text_is_a_key_that_can_be_written_as_it_is_shown_or_none(text: str) -> None:
    key = written(text)
    assert key is None or (written(key) == key and written(shown(key)) == key)


async def test_a_key_of_ones_own_works_and_is_shown_everywhere() -> None:
    keys = {"mark_all": ["f5", "images:f9"], "add_filter": "f6", "show_help": "f7"}
    async with opened(size=(140, 100), settings=configured(keys)) as case:
        assert case.app.main.key_bar.notice == ""
        await case.pilot.press("M")
        assert not case.app.main.images.marked
        await case.pilot.press("f5")
        assert len(case.app.main.images.marked) == 12
        await case.pilot.press("U", "f9")
        assert len(case.app.main.images.marked) == 12
        assert "f6 adds one" in case.text()
        assert ("f7", "help") in [(hint.key, hint.label) for hint in case.app.main.key_bar.hints]
        await case.pilot.press("f7")
        await case.until(lambda: isinstance(case.app.screen, HelpScreen))
        assert "f5  f9" in case.text()
        await case.pilot.press("escape", "colon")
        await case.until(lambda: isinstance(case.app.screen, Palette) and case.app.screen.query(OptionList))
        await case.type("mark all")
        await case.until(lambda: "f5  f9" in _prompts(case))


def _prompts(case: Opened) -> str:
    found = case.app.screen.query_one(OptionList)
    return "\n".join(str(found.get_option_at_index(index).prompt) for index in range(found.option_count))


async def test_mistakes_are_named_at_the_start_and_the_rest_works() -> None:
    keys = {"undo": "f", "redo": "f5", "undoo": "q", "mark_all": "f99"}
    async with opened(size=(200, 40), settings=configured(keys, colour="red")) as case:
        told = [each.text for each in case.app.main.notices.all() if each.alarm]
        assert len(told) == 3
        assert "undoo" in told[0]
        assert told[0] in case.lines()[-1]
        assert "2 more: !" in case.lines()[-1]
        await case.develop("exposure")
        await case.pilot.press("f")
        assert case.values == []
        await case.pilot.press("f5")
        assert case.values != []


@pytest.mark.parametrize(
    ("given", "words", "owners"),
    [
        ({"undo": "f"}, ["f to undo, which add_filter has by default"], {"f": "undo"}),
        ({"undo": "f", "redo": "f"}, ["f to undo and to redo: undo has it", "add_filter"], {"f": "undo"}),
        ({"undo": "f", "add_filter": "u"}, [], {"f": "undo", "u": "add_filter"}),
        ({"undo": "images:f"}, ["f in the images to undo, which add_filter has by default"], {"f": "undo"}),
        (
            {"next_image": ["n", "images:down", "images:j"]},
            ["gives ↓ and j in the images to next_image, which row_down has by default"],
            {"j": "next_image"},
        ),
        ({"undo": "ctrl-s"}, ["undo is on ctrl-s, which stops the output"], {"ctrl+s": "undo"}),
        ({"undo": "f99"}, ["'f99', for undo, is no key"], {}),
        ({"undo": 5}, ["undo must be a key or a list of keys"], {"u": "undo"}),
        ({"undo": ["f5", 5]}, ["undo must be a key or a list of keys"], {"u": "undo"}),
        ({"undo": []}, [], {}),
        ({"undoo": "u"}, ["no command 'undoo' to give keys; the nearest is undo"], {"u": "undo"}),
        ({"suspend": "ctrl-z"}, [], {"ctrl+z": "suspend"}),
    ],
)
def test_conflicts_and_mistakes_are_named(given: dict[str, Any], words: list[str], owners: dict[str, str]) -> None:
    told = bind(given)
    assert len(told) == len(words)
    for sentence, part in zip(told, words, strict=True):
        assert part in sentence
        assert sentence.startswith("config.toml")
    for key, owner in owners.items():
        found = command_for("images", key)
        assert found is not None
        assert found.name == owner


def test_a_pane_of_its_own_goes_before_all_panes() -> None:
    (told,) = bind({"mark_range": "images:u"})
    assert "gives u in the images to mark_range, which undo has by default" in told
    assert _owner("images", "u") == "mark_range"
    assert _owner("stack", "u") == "undo"


def _owner(pane: str, key: str) -> str:
    found = command_for(pane, key)
    return found.name if found is not None else ""


@pytest.mark.parametrize("key", TAKEN)
def test_every_key_that_terminals_take_is_named(key: str) -> None:
    told = bind({"mark_all": shown(key)})
    assert any("mark_all is on" in sentence and TAKEN[key] in sentence for sentence in told)


@given(
    st.dictionaries(
        st.sampled_from([*commands(), "no_command"]),
        st.one_of(st.sampled_from(ALL), st.text(max_size=8), st.lists(st.sampled_from(ALL), max_size=4), st.integers()),
        max_size=8,
    )
)
def test_whatever_the_file_says_one_key_of_a_pane_means_one_command(keys: dict[str, Any]) -> None:
    bind(keys)
    for pane in panes():
        for command in commands().values():
            for key in command.keys:
                where, _, name = key.rpartition(":")
                if where in ("", pane):
                    found = command_for(pane, name)
                    assert found is not None
                    assert found is command or f"{pane}:{name}" in found.keys


def test_no_sentence_names_a_key_by_itself() -> None:
    named = re.compile(r"(?:^|[:;,.] )[^\s{}] (?:brings|takes|shows|adds|gives|keeps|empties|has|finds)\b")
    told = [
        (path.name, node.value)
        for path in Path(tui.__file__).parent.rglob("*.py")
        if not {"cli", "serve"} & {*path.parts}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and named.search(node.value)
    ]
    assert told == []


def test_binding_nothing_is_as_by_default() -> None:
    bind({"undo": "f5", "redo": []})
    assert shown_keys(commands()["redo"]) == ""
    assert bind({}) == ()
    assert all(command.keys == default_keys(command) for command in commands().values())


async def test_a_command_without_a_key_is_still_offered() -> None:
    async with opened(settings=configured({"add_filter": [], "open_palette": "f9"})) as case:
        assert "The palette adds one" in case.text()
        await case.pilot.press("f9")
        await case.until(lambda: isinstance(case.app.screen, Palette))
