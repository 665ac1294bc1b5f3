"""What the environment says about a terminal: its colours and its shortcuts."""

import pytest

from tui.output.abilities import Abilities, abilities
from tui.output.colours import Depth, decide, named


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        ("TERM=xterm-256color COLORTERM=truecolor", "truecolor"),
        ("TERM=xterm-256color COLORTERM=24bit", "truecolor"),
        ("TERM=xterm-256color", "256"),
        ("TERM=xterm", "256"),
        ("TERM=linux", "256"),
        ("TERM=xterm-kitty", "truecolor"),
        ("TERM=xterm-direct", "truecolor"),
        ("TERM=xterm-256color LC_TERMINAL=iTerm2", "truecolor"),
        ("TERM=xterm-256color TERM_PROGRAM=Apple_Terminal", "256"),
        ("TERM=xterm-256color VTE_VERSION=7006", "truecolor"),
        ("TERM=xterm-256color VTE_VERSION=old", "256"),
        ("TERM=tmux-256color TMUX=x TERM_PROGRAM=WezTerm", "256"),
        ("TERM=tmux-256color TMUX=x COLORTERM=truecolor", "truecolor"),
        ("TERM=screen-256color STY=x COLORTERM=truecolor", "256"),
        ("TERM=vt220 COLORTERM=truecolor", "none"),
        ("TERM=dumb", "none"),
        ("", "none"),
        ("TERM=xterm-kitty NO_COLOR=1", "none"),
        ("TERM=xterm-kitty NO_COLOR=", "truecolor"),
        ("TERM=xterm-kitty TEXTUAL_COLOR_SYSTEM=256", "256"),
        ("TERM=xterm-256color TEXTUAL_COLOR_SYSTEM=truecolor", "truecolor"),
        ("TERM=xterm-256color TEXTUAL_COLOR_SYSTEM=auto", "256"),
    ],
)
def test_colours(environ: str, depth: Depth) -> None:
    colours = decide(dict(pair.split("=") for pair in environ.split()))
    assert colours.depth == depth
    assert colours.reason


@pytest.mark.parametrize(
    ("environ", "able"),
    [
        ("TERM=xterm-256color", Abilities(erase=True)),
        ("TERM=xterm-kitty", Abilities(erase=True, repeat=True)),
        ("TERM=xterm-256color VTE_VERSION=7006", Abilities(erase=True, repeat=True)),
        ("TERM=tmux-256color TMUX=x", Abilities(erase=True)),
        ("TERM=screen-256color TMUX=x VTE_VERSION=7006", Abilities(erase=True)),
        ("TERM=screen-256color STY=x", Abilities()),
        ("TERM=xterm-256color STY=x", Abilities()),
        ("TERM=screen", Abilities()),
        ("TERM=vt100", Abilities()),
        ("", Abilities()),
    ],
)
def test_abilities(environ: str, able: Abilities) -> None:
    assert abilities(dict(pair.split("=") for pair in environ.split())) == able


@pytest.mark.parametrize(
    ("environ", "name", "depth"),
    [
        ("TERM=xterm-256color", "", "256"),
        ("TERM=xterm-256color", "kitty(0.40.1)", "truecolor"),
        ("TERM=xterm-256color", "VTE(7600)", "truecolor"),
        ("TERM=xterm-256color", "iTerm2 3.5.4", "truecolor"),
        ("TERM=xterm-256color", "XTerm(379)", "256"),
        ("TERM=xterm-256color TEXTUAL_COLOR_SYSTEM=256", "kitty(0.40.1)", "256"),
        ("TERM=xterm-256color NO_COLOR=1", "kitty(0.40.1)", "none"),
        ("TERM=screen-256color STY=x", "kitty(0.40.1)", "256"),
    ],
)
def test_a_terminal_that_says_its_name_needs_no_colorterm(environ: str, name: str, depth: Depth) -> None:
    assert named(decide(dict(pair.split("=") for pair in environ.split())), name).depth == depth
