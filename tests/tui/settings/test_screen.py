"""The settings screen: what is changed counts at once, is in the file, and is told where it cannot be."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from engine.confinement import READ_ONLY
from engine.files.places import state_folder
from tests.tui.opened import Opened, folder, opened
from tui.bridge.restoring import TOURED
from tui.screens.settings import SettingsScreen
from tui.settings import FILE
from tui.settings.chosen import BY_HAND, Origin, Settings
from tui.settings.declared import names, setting
from tui.settings.reading import read_config
from tui.theme import PALETTES
from tui.widgets.setting_rows import SettingRows

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of settings of this test's own, of somebody who has been shown round."""
    (state_folder() / TOURED).touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "safelight"
    folder.mkdir()
    return folder


def said(config: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none."""
    path = config / FILE
    return tomllib.loads(path.read_text()) if path.exists() else {}


def remark(case: Opened) -> str:
    """What the screen says of the last change."""
    return str(case.app.screen.query_one("#remark", Static).content)


async def go_to(case: Opened, name: str) -> SettingRows:
    """Open the screen with the cursor on a setting."""
    await case.pilot.press("comma")
    await case.until(lambda: isinstance(case.app.screen, SettingsScreen) and case.app.screen.query(SettingRows))
    await case.pilot.press(*["down"] * names().index(name))
    rows = case.app.screen.query_one(SettingRows)
    assert rows.current == name
    return rows


async def test_it_tells_every_setting_with_its_place_and_help(config: Path) -> None:
    (config / FILE).write_text('version = 1\ntheme = "contrast"\n')
    chosen = Settings(read_config(config), {"SAFELIGHT_LINK": "thin"}, {"graphics": "half"})
    async with opened(settings=chosen) as case:
        await go_to(case, names()[0])
        lines = case.lines()
        for name, word, place in (
            ("theme", "contrast", FILE),
            ("link", "thin", "SAFELIGHT_LINK"),
            ("graphics", "half", "--graphics"),
            ("restore", "on", "default"),
        ):
            assert any(all(part in line for part in (name, word, place)) for line in lines), name
        for name in names():
            assert all(part in " ".join(case.text().replace("│", " ").split()) for part in setting(name).help.split())
            await case.pilot.press("down")
        assert case.app.sight.link.chosen == "thin"


@pytest.mark.parametrize("name", names())
async def test_every_word_of_every_setting_is_kept_as_it_is_chosen(name: str, config: Path) -> None:
    declared = setting(name)
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, name)
        for word in (*declared.words[1:], declared.words[0]):
            await case.pilot.press("right")
            assert case.app.settings.origin(name) == Origin(word, FILE)
            await case.until(lambda word=word: said(config).get(name) == declared.plain(word))
        await case.until(lambda: f"in {FILE}" in remark(case))
        await case.pilot.press("left")
        await case.until(lambda: said(config)[name] == declared.plain(declared.words[-1]))
        await case.pilot.press("r")
        await case.until(lambda: name not in said(config))
        await case.until(lambda: remark(case) == f"It is no longer in {FILE}.")
        assert case.app.settings.origin(name) == Origin(declared.words[0])


async def test_a_theme_counts_at_once_and_at_the_next_start(config: Path) -> None:
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, "theme")
        await case.pilot.press("right")
        assert case.app.theme == "daylight"
        assert case.app.sight.way().ground == (220, 220, 220)
        await case.until(lambda: said(config).get("theme") == "daylight")
        await case.pilot.press("escape")
        await case.until(lambda: case.app.screen is case.app.main)
    async with opened(settings=Settings(read_config(config), {})) as case:
        assert case.app.theme == "daylight"


async def test_link_and_graphics_count_at_once(config: Path) -> None:
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, "graphics")
        await case.pilot.press("right")
        assert case.app.sight.choice.protocol == "kitty"
        await case.pilot.press("down", "left")
        assert case.app.settings.word("link") == "thin"
        assert case.app.sight.link.profile().name == "thin"


async def test_the_mouse_turns_a_word_both_ways(config: Path) -> None:
    async with opened(settings=Settings(environ={})) as case:
        rows = await go_to(case, "graphics")
        row = names().index("theme")
        line = next(line for line in case.lines() if " theme " in line)
        start = line.index("theme") - 1 - rows.region.x
        forth, back = line.index("›") - rows.region.x, line.index("‹") - rows.region.x
        await case.pilot.click(SettingRows, offset=(start + 2, row))
        assert (rows.current, case.app.theme) == ("theme", "safelight")
        await case.pilot.click(SettingRows, offset=(forth, row))
        assert case.app.theme == "daylight"
        await case.pilot.click(SettingRows, offset=(back, row))
        assert case.app.theme == "safelight"
        await case.until(lambda: said(config).get("theme") == "safelight")


async def test_what_was_chosen_by_a_key_is_kept_if_asked(config: Path) -> None:
    async with opened(settings=Settings(environ={})) as case:
        await case.pilot.press("T")
        await case.until(lambda: "daylight, until you leave; , keeps them" in case.lines()[-1])
        assert case.app.settings.origin("theme") == Origin("daylight", BY_HAND)
        await go_to(case, "theme")
        assert said(config) == {}
        await case.pilot.press("enter")
        await case.until(lambda: said(config) == {"version": 1, "theme": "daylight"})


async def test_what_goes_before_the_file_is_told(config: Path) -> None:
    async with opened(settings=Settings(environ={"SAFELIGHT_THEME": "daylight"})) as case:
        await go_to(case, "theme")
        await case.pilot.press("right")
        assert case.app.theme == "contrast"
        await case.until(lambda: "at the next start SAFELIGHT_THEME of the environment goes before it" in remark(case))


@pytest.mark.parametrize(("text", "words"), [("oops", "line 1"), ("version = 900", "later Safelight")])
async def test_a_file_that_cannot_be_written_is_told_and_stays(config: Path, text: str, words: str) -> None:
    (config / FILE).write_text(text)
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, "theme")
        await case.pilot.press("right")
        await case.until(lambda: words in remark(case))
        assert case.app.screen.query_one("#remark").has_class("alarm")
        assert case.app.theme == "daylight"
        assert (config / FILE).read_text() == text
        assert any(words in each.text for each in case.app.main.notices.all())


async def test_where_one_may_only_look_nothing_is_written(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, "theme")
        await case.pilot.press("right")
        await case.until(lambda: "read-only" in remark(case))
        assert case.app.theme == "daylight"
        assert said(config) == {}


async def test_an_old_file_is_brought_up_to_date_at_the_start(config: Path) -> None:
    (config / FILE).write_text('# mine\ntheme = "daylight"\n')
    async with opened(settings=Settings(read_config(config), {})) as case:
        await case.until(lambda: said(config) == {"version": 1, "theme": "daylight"})
        assert (config / f"{FILE}.1").read_text() == '# mine\ntheme = "daylight"\n'
        assert "# mine" in (config / FILE).read_text()
        await case.until(lambda: any("config.toml.1 beside it" in each.text for each in case.app.main.notices.all()))


async def test_the_screen_fits_a_small_terminal(config: Path) -> None:
    async with opened(size=(40, 12), settings=Settings(environ={})) as case:
        rows = await go_to(case, "tour")
        assert "tour" in case.text()
        await case.pilot.press("right")
        await case.until(lambda: said(config).get("tour") is False)
        assert rows.region.bottom <= 12
        await case.until(lambda: "config.toml" in case.text())


async def test_a_theme_chosen_there_is_drawn_everywhere(config: Path) -> None:
    async with opened(settings=Settings(environ={})) as case:
        await go_to(case, "theme")
        for name in [*PALETTES][1:]:
            await case.pilot.press("right")
            await case.settled()
            await case.pilot.pause(0.2)
            palette = PALETTES[name]
            grounds = _grounds(case)
            assert {palette.panel, palette.raised, palette.chosen} <= grounds
            ours = {getattr(palette, each) for each in palette.__slots__}
            others = {
                getattr(each, part) for each in PALETTES.values() for part in ("panel", "raised", "chosen")
            } - ours
            assert not grounds & others


def _grounds(case: Opened) -> set[str]:
    """The colours behind what is on the screen."""
    strips = case.app.screen._compositor.render_strips()
    return {
        segment.style.bgcolor.name
        for strip in strips
        for segment in strip
        if segment.style is not None and segment.style.bgcolor is not None
    }
