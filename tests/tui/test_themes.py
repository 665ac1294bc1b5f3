"""Themes: what has to be read can be read, and going round draws everything anew."""

import pytest

from tests.tui.opened import folder, opened
from tui.theme import PALETTES, Palette, next_theme

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
READ, SEEN = 4.5, 3.0
"""Contrasts that text and marks need (WCAG 2.2, 1.4.3 and 1.4.11)."""


def luminance(colour: str) -> float:
    """Relative, of #rrggbb (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", PALETTES)
def test_text_can_be_read(name: str) -> None:
    palette: Palette = PALETTES[name]
    for ground in (palette.panel, palette.raised, palette.ground):
        for text in (palette.text, palette.muted, palette.bright, palette.lamp):
            assert contrast(text, ground) >= READ, (text, ground)
        for mark in (palette.alarm, *palette.channels, *palette.lanes[:-1]):
            assert contrast(mark, ground) >= SEEN, (mark, ground)
    for lane in palette.lanes[:-1]:
        assert contrast(palette.panel, lane) >= READ, lane
    assert contrast(palette.muted, palette.lanes[-1]) >= READ
    for chosen in (palette.chosen, palette.waiting):
        assert contrast(palette.bright, chosen) >= READ
    if name == "contrast":
        assert contrast(palette.faint, palette.panel) >= 7
        assert contrast(palette.text, palette.panel) >= 20


def test_going_round_comes_back() -> None:
    name = "safelight"
    for _ in PALETTES:
        name = next_theme(name)
    assert name == "safelight"


async def test_every_cell_is_drawn_in_the_other_colours() -> None:
    async with opened() as case:
        await case.settled()
        await case.pilot.press("i")
        for name in [*PALETTES][1:]:
            await case.pilot.press("T")
            await case.settled()
            await case.pilot.pause(0.2)
            assert case.app.theme == name
            grounds = {
                segment.style.bgcolor.name
                for strip in case.app.screen._compositor.render_strips()
                for segment in strip
                if segment.style is not None and segment.style.bgcolor is not None
            }
            others = {
                colour
                for other, palette in PALETTES.items()
                for colour in (palette.panel, palette.raised, palette.chosen)
                if other != name and colour not in (PALETTES[name].panel, PALETTES[name].raised)
            }
            assert PALETTES[name].panel in grounds
            assert not grounds & others
