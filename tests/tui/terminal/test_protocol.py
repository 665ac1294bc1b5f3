"""Which protocol whom gets, and what is asked of whom."""

import pytest

from tui.terminal.answers import Answers
from tui.terminal.protocol import NAMES, choose, name_of
from tui.terminal.questions import ATTRIBUTES, GRAPHICS, questions
from tui.terminal.replies import Attributes, CellSize, Graphics, Version

XTERM = {"TERM": "xterm-256color"}


def answered(name: str = "", graphics: bool = False, sixel: bool = False) -> Answers:
    answers = Answers().heard(Graphics(31, graphics)).heard(Attributes((62, 4) if sixel else (62,)))
    return answers.heard(Version(name)) if name else answers


@pytest.mark.parametrize(
    ("answers", "protocol"),
    [
        (answered("kitty(0.36.4)", graphics=True), "kitty"),
        (answered("kitty(0.26.5)", graphics=True), "kitty"),
        (answered("ghostty 1.1.0", graphics=True), "kitty"),
        (answered("Warp(v0.2025)", graphics=True), "iterm2"),
        (answered("WezTerm 20240203", graphics=True, sixel=True), "iterm2"),
        (answered("Konsole 23.08.1", graphics=True, sixel=True), "iterm2"),
        (answered("iTerm2 3.5.0", sixel=True), "iterm2"),
        (answered("XTerm(379)", sixel=True), "sixel"),
        (answered("foot(1.16.2)", sixel=True), "sixel"),
        (answered("VTE(7600)"), "half"),
        (answered(), "half"),
        (Answers(), "half"),
    ],
)
def test_a_terminal_gets_the_best_that_it_shows(answers: Answers, protocol: str) -> None:
    choice = choose(XTERM, answers)
    assert choice.protocol == protocol
    assert choice.reason


def test_placeholders_are_for_terminals_that_show_them() -> None:
    assert choose(XTERM, answered("kitty(0.28.0)", graphics=True)).placeholders
    assert not choose(XTERM, answered("kitty(0.26.5)", graphics=True)).placeholders
    assert not choose(XTERM, answered("WezTerm 20240203", graphics=True), "kitty", "hand").placeholders
    assert choose(XTERM | {"TMUX": "socket"}, answered("tmux 3.4"), "kitty", "hand").placeholders


@pytest.mark.parametrize(
    ("environ", "protocol", "reason"),
    [
        (XTERM | {"NO_COLOR": "1"}, "ascii", "NO_COLOR is set"),
        ({"TERM": "dumb"}, "ascii", "TERM is dumb"),
        ({}, "ascii", "TERM is not set"),
        (XTERM | {"STY": "1.pts"}, "half", "GNU screen passes no pictures"),
        (XTERM | {"TMUX": "socket"}, "half", "tmux passes no pictures"),
        (XTERM | {"TERM_PROGRAM": "iTerm.app"}, "iterm2", "iterm2 shows inline images"),
    ],
)
def test_surroundings_decide(environ: dict[str, str], protocol: str, reason: str) -> None:
    choice = choose(environ, Answers())
    assert choice.protocol == protocol
    assert reason in choice.reason


def test_through_tmux_only_what_tmux_keeps_in_place() -> None:
    inside = XTERM | {"TMUX": "socket"}
    kitty = choose(inside, Answers(), behind="kitty(0.40.1)")
    assert (kitty.protocol, kitty.passthrough) == ("kitty", True)
    assert choose(inside, Answers(), behind="foot(1.16)").protocol == "half"


@pytest.mark.parametrize("name", NAMES)
def test_a_person_is_always_right(name: str) -> None:
    choice = choose(XTERM | {"NO_COLOR": "1"}, Answers(), name, "hand")
    assert (choice.protocol, choice.reason) == (name, "chosen by hand")
    assert choose(XTERM, answered("kitty(0.36)", graphics=True), "auto", "hand").protocol == "kitty"


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        *(("iTerm2 3.5.0", False), ("iTerm2 3.4.19", True), ("Safelight 0.1.0", False)),
        *(("Konsole 22.12.3", True), ("WezTerm 20240203", True), ("mintty 3.6", True)),
    ],
)
def test_inline_images_come_in_parts_where_the_terminal_takes_parts(name: str, whole: bool) -> None:
    choice = choose(XTERM, answered(name))
    assert (choice.protocol, choice.whole) == ("iterm2", whole)
    assert choose(XTERM, answered(name), "iterm2", "hand").whole == whole
    assert choose(XTERM, answered(), "iterm2", "hand").whole
    assert choose(XTERM, answered("foot(1.16)", sixel=True)).whole


def test_names_by_the_environment_where_the_terminal_says_none() -> None:
    assert name_of({"TERM_PROGRAM": "WezTerm", "TERM_PROGRAM_VERSION": "2024"}, Answers()) == "wezterm 2024"
    assert name_of({"TERM": "xterm-kitty"}, Answers()) == "kitty"
    assert name_of({"KONSOLE_VERSION": "230800"}, Answers()) == "konsole"
    assert name_of({}, Answers(name="foot(1.16)")) == "foot(1.16)"


def test_cells_of_a_size_that_cannot_be_are_not_believed() -> None:
    assert Answers().heard(CellSize(9, 18)).cell == (9, 18)
    assert Answers().heard(CellSize(1, 7)).cell is None


def test_nobody_is_asked_who_would_show_the_question() -> None:
    for term in ("dumb", "", "linux"):
        assert questions({"TERM": term}) == ""
    assert questions(XTERM | {"STY": "1"}) == ""
    assert questions(XTERM | {"NO_COLOR": "1"}) == ""
    assert GRAPHICS not in questions(XTERM | {"TMUX": "socket"})
    assert questions(XTERM).endswith(ATTRIBUTES)
