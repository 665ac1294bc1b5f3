"""Presets in the app: put on the stack by a few letters, kept under a typed name, and said why not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import SpecError
from engine.filters import find
from engine.presets import entries, find_preset, save_preset
from engine.presets.keeping import bin_preset, rename_preset
from engine.presets.preset import Preset
from engine.stack import Stack
from tests.tui.opened import Opened, folder, opened
from tui.screens.choose_preset import ChoosePresetScreen
from tui.screens.question import QuestionScreen
from tui.screens.save_preset import SavePresetScreen

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own presets, not made yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "safelight" / "presets"


def made_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A preset of a version of exposure that has been followed by another."""
    newer = replace(find("exposure"), version=2)
    monkeypatch.setattr("engine.stack.find", lambda name: newer if name == newer.name else find(name))
    folder.mkdir(parents=True)
    path = folder / "old.toml"
    path.write_text(
        'name = "old"\ndescription = "A."\n[[steps]]\nfilter = "exposure"\nvalues = { ev = 1 }\nversion = 1\n'
    )
    return path


def broken(own: Path) -> None:
    """One of a person's own that is none."""
    own.mkdir(parents=True)
    (own / "aaa.toml").write_text("name = 3")


async def test_one_is_found_by_a_few_letters_and_put_behind_what_is_there() -> None:
    async with opened() as case:
        await case.develop("sepia")
        await case.type("Pwebr")
        assert isinstance(case.app.screen, ChoosePresetScreen)
        for _ in "br":
            await case.pilot.press("backspace")
        await case.type("b")
        await case.pilot.press("enter")
        await case.until(lambda: len(case.values) > 1)
        await case.settled()
        assert [name for name, _, _ in case.values] == ["sepia", "resize", "unsharp-mask"]
        assert case.app.main.pane == "stack"
        assert case.app.main.stack.place is not None
        assert case.app.main.stack.place.step == 1


async def test_what_is_typed_at_once_chooses_at_once() -> None:
    async with opened() as case:
        await case.pilot.press("P", *"web", "enter")
        await case.until(lambda: len(case.values) == 2)


async def test_a_broken_one_is_listed_with_what_is_wrong_and_changes_nothing(own: Path) -> None:
    broken(own)
    async with opened() as case:
        await case.pilot.press("P")
        await case.until(lambda: "aaa" in case.text())
        # A long path is cut where the box ends, wherever that is.
        assert "aaa.toml" in "".join(line.split("│")[1].strip() for line in case.lines() if line.count("│") > 1)
        await case.pilot.press("enter")
        await case.until(lambda: "aaa.toml" in case.text())
        assert case.values == []


async def test_the_stack_is_kept_under_a_typed_name(own: Path) -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1", "sepia")
        await case.type("s")
        await case.type("a/b")
        await case.pilot.press("enter")
        assert isinstance(case.app.screen, SavePresetScreen)
        assert "name is letters" in case.text()
        await case.pilot.press("backspace", "backspace")
        await case.type("-b")
        await case.pilot.press("enter")
        await case.until(lambda: "Saved as the preset a-b" in case.text())
        assert find_preset("a-b").stack == case.app.bridge.stack
        assert find_preset("a-b").description == "Made in the app: exposure, sepia."


async def test_one_that_is_there_is_replaced_only_after_a_question(own: Path) -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1")
        await case.pilot.press("s", "a", "enter")
        await case.until((own / "a.toml").exists)
        await case.develop("sepia")
        for answer, kept in (("escape", "exposure"), ("r", "sepia")):
            await case.pilot.press("s", "a", "enter")
            await case.until(lambda: isinstance(case.app.screen, QuestionScreen))
            await case.pilot.press(answer)
            if answer == "r":
                await case.until(lambda: "sepia" in (own / "a.toml").read_text())
            assert find_preset("a").stack.steps[0].filter == kept


async def test_an_empty_stack_is_not_kept(own: Path) -> None:
    async with opened() as case:
        await case.pilot.press("s")
        assert "stack is empty" in case.text()
        assert not any(each.own for each in entries().values())


async def test_the_app_opens_with_the_filters_of_presets() -> None:
    async with opened(presets=("web-1600", "matte")) as case:
        assert [name for name, _, _ in case.values][:3] == ["resize", "unsharp-mask", "contrast"]
        assert "unsharp-mask" in case.text()
        assert case.app.bridge.preview.settled
        await case.develop("sepia")
        assert [name for name, _, _ in case.values] == ["sepia"]


@pytest.mark.parametrize("at_once", [True, False])
async def test_an_older_version_of_a_filter_is_said(own: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool) -> None:
    path = made_before(own, monkeypatch)
    async with opened(presets=(str(path),) if at_once else ()) as case:
        if not at_once:
            await case.pilot.press("P", *"old", "enter")
        await case.until(lambda: "old was made for version 1 of exposure; this is version 2" in case.text())
        assert case.values == [("exposure", True, {"ev": 1.0})]


async def mine(case: Opened, name: str) -> None:
    """Keep a stack under a name, and find it in the chooser."""
    await case.develop("sepia")
    await case.pilot.press("s", *name, "enter")
    await case.until(lambda: "Saved as the preset" in case.text())
    await case.pilot.press("P", *name)
    await case.until(lambda: isinstance(case.app.screen, ChoosePresetScreen) and "yours" in case.text())


async def test_one_gets_another_name(own: Path) -> None:
    async with opened() as case:
        await mine(case, "abc")
        await case.pilot.press("f2")
        await case.until(lambda: isinstance(case.app.screen, SavePresetScreen))
        await case.pilot.press("backspace", *"dusk", "enter")
        await case.until((own / "dusk.toml").exists)
        await case.until(lambda: "abc is dusk now" in case.text())
        assert find_preset("dusk").stack.steps[0].filter == "sepia"
        assert not (own / "abc.toml").exists()


async def test_one_is_binned_after_a_question(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("send2trash.send2trash", os.unlink)
    async with opened() as case:
        await mine(case, "abc")
        for answer in ("escape", "b"):
            assert (own / "abc.toml").exists()
            column = next(line for line in case.lines() if "F8 bin" in line).index("F8 bin")
            row = next(number for number, line in enumerate(case.lines()) if "F8 bin" in line)
            await case.pilot.click(offset=(column + 1, row))
            await case.until(lambda: isinstance(case.app.screen, QuestionScreen))
            await case.pilot.press(answer)
            await case.until(lambda: isinstance(case.app.screen, ChoosePresetScreen))
        await case.until(lambda: "abc is in the bin" in case.text())
        assert not (own / "abc.toml").exists()


@pytest.mark.parametrize("key", ["f2", "f8"])
async def test_one_that_comes_along_says_why_it_stays(key: str) -> None:
    async with opened() as case:
        await case.pilot.press("P", *"matte")
        await case.until(lambda: "matte" in case.text())
        await case.pilot.press(key)
        await case.until(lambda: "comes along" in case.text())
        assert isinstance(case.app.screen, ChoosePresetScreen)


def kept(name: str) -> Preset:
    """One of a person's own."""
    preset = Preset(name, "A.", Stack.parse(["sepia"]))
    save_preset(preset)
    return preset


def test_a_name_that_is_taken_is_not_given(own: Path) -> None:
    kept("a")
    kept("b")
    with pytest.raises(SpecError, match="There is a preset b of yours already"):
        rename_preset("a", "b")
    with pytest.raises(SpecError, match="matte comes along with Safelight and stays"):
        rename_preset("matte", "c")
    with pytest.raises(SpecError, match="the nearest is"):
        rename_preset("zzz", "c")
    with pytest.raises(SpecError, match="letters and digits"):
        rename_preset("a", "../c")
    (own / "b.toml").write_text("name = 3")
    with pytest.raises(SpecError, match="b cannot be read"):
        rename_preset("b", "c")
    assert sorted(path.name for path in own.iterdir()) == ["a.toml", "b.toml"]


def test_one_may_take_the_name_of_one_that_comes_along(own: Path) -> None:
    kept("a")
    assert rename_preset("a", "matte") == own / "matte.toml"
    assert entries()["matte"].replaces
    assert find_preset("matte").stack == Stack.parse(["sepia"])
    assert rename_preset("matte", "matte") == own / "matte.toml"


def test_nothing_is_renamed_or_binned_where_nothing_may_be_written(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("a")
    monkeypatch.setenv("SAFELIGHT_READ_ONLY", "1")
    for change in (lambda: rename_preset("a", "b"), lambda: bin_preset("a")):
        with pytest.raises(SpecError, match="read-only"):
            change()
    assert [path.name for path in own.iterdir()] == ["a.toml"]
