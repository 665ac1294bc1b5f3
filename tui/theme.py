"""The colours of the app: one palette for each theme and the text styles made from it. Draws nothing."""

from dataclasses import dataclass
from functools import cache

from rich.style import Style
from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """The few colours everything is drawn in, as #rrggbb."""

    ground: str
    """Behind the picture: neutral, so that it does not tint what a person judges."""
    panel: str
    """Behind lists and controls."""
    raised: str
    """Behind headings, dialogs and the lowest line."""
    chosen: str
    """Behind the row that the keys act on."""
    waiting: str
    """Behind the same row while another pane has the keys."""
    track: str
    """The empty part of bars, and rules."""
    faint: str
    muted: str
    text: str
    bright: str
    lamp: str
    """The one accent: keys, values, whatever is under the hand."""
    glow: str
    """The accent where much of it is drawn."""
    alarm: str
    channels: tuple[str, str, str]
    """For red, green and blue, equally bright."""
    stages: tuple[str, str, str, str, str, str, str]
    """One colour for each `engine.telemetry.Stage`, in its order."""


PALETTES = {
    "safelight": Palette(
        ground="#0b0b0b",
        panel="#110f0e",
        raised="#1b1715",
        chosen="#54240f",
        waiting="#26201c",
        track="#2e2723",
        faint="#675a53",
        muted="#978880",
        text="#d6cbc3",
        bright="#fff4e8",
        lamp="#ffa245",
        glow="#b5712f",
        alarm="#f2553d",
        channels=("#e0695c", "#6fa85a", "#5f92dc"),
        stages=("#675a53", "#a39a92", "#c9964f", "#ffa245", "#e2723b", "#c8453a", "#8a7c6c"),
    ),
    "daylight": Palette(
        ground="#dcdcdc",
        panel="#f6f3f0",
        raised="#e8e2dc",
        chosen="#ffcf9e",
        waiting="#e2dad2",
        track="#d0c6bd",
        faint="#8a7d75",
        muted="#655a53",
        text="#2e2723",
        bright="#000000",
        lamp="#9a4300",
        glow="#c07a3c",
        alarm="#b3201a",
        channels=("#b23a30", "#2f7a2a", "#2c5fb0"),
        stages=("#8a7d75", "#6d645d", "#8a5f14", "#9a4300", "#b0481c", "#a32a22", "#6b5d4d"),
    ),
    "contrast": Palette(
        ground="#000000",
        panel="#000000",
        raised="#1e1e1e",
        chosen="#0039a6",
        waiting="#333333",
        track="#5c5c5c",
        faint="#b4b4b4",
        muted="#d2d2d2",
        text="#ffffff",
        bright="#ffffff",
        lamp="#ffd500",
        glow="#ffd500",
        alarm="#ff8f80",
        channels=("#ff8f80", "#7dff7d", "#9cc4ff"),
        stages=("#b4b4b4", "#d2d2d2", "#ffe680", "#ffd500", "#ffb070", "#ff8f80", "#c8bca8"),
    ),
}
"""The first is the one to begin with."""


class Inks:
    """A palette as text styles, ready to draw with."""

    def __init__(self, palette: Palette) -> None:
        self.panel = Style(color=palette.text, bgcolor=palette.panel)
        self.raised = Style(color=palette.text, bgcolor=palette.raised)
        self.ground = Style(color=palette.text, bgcolor=palette.ground)
        self.chosen = Style(color=palette.bright, bgcolor=palette.chosen)
        self.waiting = Style(color=palette.text, bgcolor=palette.waiting)
        self.text = Style(color=palette.text)
        self.muted = Style(color=palette.muted)
        self.faint = Style(color=palette.faint)
        self.bright = Style(color=palette.bright)
        self.title = Style(color=palette.bright, bold=True)
        self.lamp = Style(color=palette.lamp)
        self.glow = Style(color=palette.glow)
        self.key = Style(color=palette.lamp, bold=True)
        self.alarm = Style(color=palette.alarm)
        self.track = Style(color=palette.track)
        self.channels = tuple(Style(color=colour) for colour in palette.channels)
        self.stages = tuple(Style(color=colour) for colour in palette.stages)
        work = tuple(Style(color=palette.panel, bgcolor=colour) for colour in palette.stages[2:5])
        self.minute = (self.faint, *work, self.muted)
        """For each kind of `tui.widgets.past`, in its order."""


def next_theme(theme: str) -> str:
    """The one that follows when a person goes round."""
    names = [*PALETTES]
    return names[(names.index(theme) + 1) % len(names)]


@cache
def inks(theme: str) -> Inks:
    """The text styles of the theme of that name; those of safelight for one that is not ours."""
    return Inks(PALETTES.get(theme, PALETTES["safelight"]))


def textual_theme(name: str) -> Theme:
    """The palette of that name as Textual wants it, for its own widgets and for style sheets."""
    palette = PALETTES[name]
    return Theme(
        name=name,
        primary=palette.lamp,
        secondary=palette.muted,
        accent=palette.lamp,
        warning=palette.lamp,
        error=palette.alarm,
        success=palette.text,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.panel,
        panel=palette.raised,
        variables={
            "chosen": palette.chosen,
            "waiting": palette.waiting,
            "track": palette.track,
            "faint": palette.faint,
            "muted": palette.muted,
            "bright": palette.bright,
            "input-cursor-background": palette.lamp,
            "input-cursor-foreground": palette.ground,
            "input-selection-background": palette.chosen,
            "scrollbar": palette.track,
            "scrollbar-background": palette.panel,
            "scrollbar-hover": palette.faint,
            "scrollbar-active": palette.lamp,
        },
    )


def ground(theme: str) -> tuple[int, int, int]:
    """Red, green and blue behind the picture."""
    red, green, blue = bytes.fromhex(PALETTES[theme].ground[1:])
    return red, green, blue
