"""Every setting with what it is and who chose it, changed in place. It writes no file and applies nothing itself."""

from collections.abc import Callable

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, leave, meant, way
from tui.settings import FILE, Setting
from tui.settings.chosen import Settings
from tui.theme import inks
from tui.widgets.setting_rows import SettingRow, SettingRows

HELP_LINES, REMARK_LINES = 4, 2
DEFAULT = "default"

Then = Callable[[str], object]
"""Is given what is wrong once a setting is written, or nothing."""
Put = Callable[[str, str | None, Then], object]
"""Takes a setting and its new word, or None for the default, and keeps it."""


class SettingsScreen(Dialog[None]):
    """A row for each; below, the help and the words of the one under the cursor, and what became of a change."""

    DEFAULT_CSS = f"""
    SettingsScreen #box {{ width: 72; }}
    SettingsScreen SettingRows {{ margin: 1 0; max-height: 50vh; }}
    SettingsScreen #help {{ height: {HELP_LINES}; }}
    SettingsScreen #remark {{ height: {REMARK_LINES}; color: $muted; }}
    SettingsScreen.-low SettingRows {{ margin: 0; max-height: 30vh; }}
    """

    WHERE = "in the settings"
    KEYS = (
        OwnKey("previous", ("left", "h"), "The word before.", "→ change"),
        OwnKey("next", ("right", "l", "space"), "The next word."),
        OwnKey("keep", ("enter",), "Keep it as it is, for the next start as well.", "keep"),
        OwnKey("default", ("r", "delete", "backspace"), "As by default, for the next start as well.", "default"),
        leave("q", "comma"),
    )

    def __init__(self, settings: tuple[Setting, ...], chosen: Settings, put: Put) -> None:
        """All there are, what counts of them, and who takes what is chosen."""
        super().__init__()
        self._settings, self._chosen, self._put = {each.name: each for each in settings}, chosen, put
        widest = max(len(word) for each in settings for word in each.words)
        self._rows = SettingRows(tuple(self._settings), widest, self._row, on_move=self._describe, on_turn=self._turn)
        self._help = Static("", id="help", markup=False)
        self._remark = Static("", id="remark", markup=False)

    def compose(self) -> ComposeResult:
        """The rows, the help, what became of a change."""
        with Vertical(id="box") as box:
            box.border_title = "Settings"
            box.border_subtitle = edge(self.KEYS)
            yield self._rows
            yield self._help
            yield self._remark

    def on_mount(self) -> None:
        """The first is under the cursor."""
        self._rows.styles.height = self._rows.count
        self._describe(self._rows.current)

    def on_key(self, event: events.Key) -> None:
        """Move, change, or close."""
        rows, does = self._rows, meant(self.KEYS, event.key)
        event.stop()
        rows.move_to(rows.cursor + way(rows, does))
        if does in ("next", "previous"):
            self._turn(rows.current, -1 if does == "previous" else 1)
        elif does == "keep":
            self._take(rows.current, self._chosen.word(rows.current))
        elif does == "default":
            self._take(rows.current, None)
        elif does == "leave":
            self.dismiss(None)

    def _row(self, name: str) -> SettingRow:
        word, place = self._chosen.origin(name)
        return SettingRow(name, word, place or DEFAULT)

    def _turn(self, name: str, by: int) -> None:
        """The next word, round the ends."""
        words = self._settings[name].words
        self._take(name, words[(words.index(self._chosen.word(name)) + by) % len(words)])

    def _take(self, name: str, word: str | None) -> None:
        """Have it counted and kept."""
        self._say(name, "")
        self._put(name, word, lambda error: self._kept(name, error))
        self._rows.refresh()
        self._explain(name)

    def _kept(self, name: str, error: str) -> None:
        variable = self._chosen.stronger(name)
        if error:
            self._say(name, f"It counts until you leave. {error}", alarm=True)
        elif variable:
            self._say(name, f"It is in {FILE}; at the next start {variable} of the environment goes before it.")
        else:
            self._say(name, f"It is in {FILE}." if self._row(name).place == FILE else f"It is no longer in {FILE}.")

    def _say(self, name: str, text: str, alarm: bool = False) -> None:
        """What became of a change, unless another setting is looked at by now."""
        if self.is_attached and name == self._rows.current:
            self._remark.update(text)
            self._remark.set_class(alarm, "alarm")

    def _describe(self, name: str) -> None:
        self._explain(name)
        self._say(name, "")

    def _explain(self, name: str) -> None:
        """Its help, and its words with the one that counts marked."""
        setting, ink = self._settings[name], inks(self.app.theme)
        words = [
            (f"● {word}  ", ink.lamp) if word == self._chosen.word(name) else (f"{word}  ", ink.muted)
            for word in setting.words
        ]
        self._help.update(Text.assemble((f"{setting.help}\n", ink.text), *words))
