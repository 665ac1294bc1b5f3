"""Styles as pens, in the colours there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tui.output.colours import Depth
from tui.output.pen import KEPT, PLAIN, REVERSE, UNDERLINE, UNSEEN, Pen, Pens, style_of

colours = st.none() | st.sampled_from(("default", "red", "bright_blue", "color(200)", "#010203", "#ffffff"))
flags = st.none() | st.booleans()


@given(st.builds(Style, color=colours, bgcolor=colours, bold=flags, underline=flags, reverse=flags, overline=flags))
def test_a_pen_is_a_style_and_back(style: Style) -> None:
    pens = Pens("truecolor")
    assert pens.of(style_of(pens.of(style))) == pens.of(style)


@pytest.mark.parametrize(
    ("depth", "style", "pen"),
    [
        ("truecolor", "#010203 on red", ("38;2;1;2;3", "41", 0, "")),
        ("truecolor", "bright_red on color(99)", ("91", "48;5;99", 0, "")),
        ("256", "#5f87af on #080808", ("38;5;67", "48;5;232", 0, "")),
        ("256", "default on default", ("39", "49", 0, "")),
        ("none", "bold #5f87af on #080808", ("39", "49", 1, "")),
        ("none", "#ffffff on #0178d4", ("39", "49", REVERSE, "")),
    ],
)
def test_each_depth_has_its_pen(depth: Depth, style: str, pen: Pen) -> None:
    assert Pens(depth).of(Style.parse(style)) == pen


def test_a_blank_needs_its_background_only() -> None:
    pens = Pens("truecolor")
    assert pens.blank(Style.parse("bold red on blue")) == ("", "44", UNSEEN, "")
    assert pens.blank(Style.parse("underline red on blue")) == ("31", "44", UNDERLINE, "")
    assert pens.of(None) == PLAIN


def test_a_link_holds_nothing_a_terminal_could_obey() -> None:
    assert Pens("256").of(Style(link="https://e.org/\x1b\\\x07 é"))[3] == "https://e.org/\\"


def test_the_styles_kept_are_bounded() -> None:
    pens = Pens("truecolor")
    for number in range(KEPT + 10):
        pens.of(Style.from_color(None, None) + Style(link=f"https://{number}"))
    assert len(pens._known) <= KEPT
