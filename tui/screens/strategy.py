"""A strategy's page: what happens and why, and the code that ran. It holds no text of its own."""

import textwrap
from itertools import pairwise

from rich.style import Style
from rich.syntax import Syntax, SyntaxTheme
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.heats import Page
from tui.screens.dialog import Dialog
from tui.screens.own_keys import buttons, leave, meant, way
from tui.theme import Inks
from tui.widgets.buttons import Buttons
from tui.widgets.text_rows import Pieces, TextRows

WIDEST, AROUND = 100, 10
"""Columns of text that are still read with ease, and of what is around it."""
MARGIN = "   "
"""Before code."""


class StrategyScreen(Dialog[None]):
    """A text to scroll through; any of the usual keys closes it."""

    DEFAULT_CSS = f"""
    StrategyScreen {{ align: center middle; }}
    StrategyScreen #box {{ width: {WIDEST + AROUND}; max-width: 96%; height: 94%; }}
    StrategyScreen TextRows {{ height: 1fr; }}
    """

    WHERE = "in the page of a strategy"
    KEYS = (leave("q", "question_mark", "f1", "enter"),)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._rows = TextRows()
        self._buttons = Buttons(self._do)

    def compose(self) -> ComposeResult:
        """The text."""
        with Vertical(id="box") as box:
            box.border_title = self._page.title
            yield self._rows
            yield self._buttons

    def on_mount(self) -> None:
        """Paragraphs, then code."""
        self._buttons.show(buttons(self.KEYS))
        ink, width = self._rows.ink, min(WIDEST, int(self.app.size.width * 0.96) - AROUND)
        lines: list[Pieces] = []
        for paragraph in self._page.paragraphs:
            lines += [[(f" {line}", ink.text)] for line in textwrap.wrap(paragraph, width)] + [[]]
        lines += [[(f" {line}", ink.lamp)] for line in textwrap.wrap(self._page.problem, width)]
        lines += [[]] if self._page.problem else []
        for where, language, text in self._page.code:
            lines += [[(f" {where}", ink.key)], *coloured(text, language, ink, width), []]
        self._rows.show(lines[:-1])
        self._rows.pointed = False

    def on_key(self, event: events.Key) -> None:
        """Scroll, or close."""
        does = meant(self.KEYS, event.key)
        event.stop()
        self._rows.scroll_rows(way(self._rows, does))
        self._do(does)

    def _do(self, does: str) -> None:
        if does == "leave":
            self.dismiss(None)


class _Colours(SyntaxTheme):
    """Code in the app's own few colours."""

    def __init__(self, ink: Inks) -> None:
        self._ink = ink

    def get_style_for_token(self, token_type: tuple[str, ...]) -> Style:
        """By the first word of the kind of token."""
        first = token_type[0] if token_type else ""
        if first == "Keyword":
            return self._ink.lamp
        if first == "Comment" or token_type[:2] == ("Literal", "String"):
            return self._ink.muted
        return self._ink.bright if first == "Name" and token_type[1:] in (("Function",), ("Class",)) else self._ink.text

    def get_background_style(self) -> Style:
        """That of the rows."""
        return Style.null()


def coloured(text: str, language: str, ink: Inks, width: int) -> list[Pieces]:
    """Lines of code as styled pieces; what does not fit goes on in the next row."""
    code = Syntax("", language, theme=_Colours(ink)).highlight(text.rstrip().expandtabs(4))
    lines: list[Pieces] = []
    for line in code.split("\n"):
        rows: list[list[tuple[str, Style]]] = [[(MARGIN, ink.text)]]
        for start, end, style in _spans(line.plain, [(s.start, s.end, s.style) for s in line.spans], width):
            if start and start % width == 0:
                rows.append([(f"{MARGIN}↪ ", ink.faint)])
            rows[-1].append((line.plain[start:end], ink.text + style))
        lines += rows
    return lines


def _spans(text: str, spans: list[tuple[int, int, str | Style]], width: int) -> list[tuple[int, int, Style]]:
    """All of a line in pieces that follow each other, cut at every `width`; a later span goes over an earlier one."""
    styles: list[Style] = [Style.null()] * len(text)
    for start, end, style in spans:
        if isinstance(style, Style):
            styles[start:end] = [style] * (min(end, len(text)) - start)
    changes = (place for place in range(1, len(text)) if styles[place] != styles[place - 1] or place % width == 0)
    edges = [0, *changes, len(text)]
    return [(a, b, styles[a]) for a, b in pairwise(edges) if b > a]
