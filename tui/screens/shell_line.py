"""A line for a shell, on the screen and on the clipboard: what to type at home, or in a script. It runs nothing."""

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.home.quoting import folded, quoted
from tui.screens.dialog import Dialog
from tui.screens.own_keys import OwnKey, edge, leave, meant

LEAST_WIDTH = 24


class ShellLineScreen(Dialog[None]):
    """The line over the whole width, folded where a shell joins it again, with nothing beside it."""

    DEFAULT_CSS = """
    ShellLineScreen { align: left bottom; }
    ShellLineScreen > #box { width: 100%; border: none; border-top: round $faint; padding: 0; }
    """

    WHERE = "beside a line for the shell"
    KEYS = (OwnKey("copy", ("c",), "Copy it again.", "copy again"), leave("q", "d", "y", "enter"))

    def __init__(self, title: str, lead: str, commands: tuple[tuple[str, ...], ...], remark: str) -> None:
        """The commands as words, one sentence before and one behind them."""
        super().__init__()
        self._title, self._lead, self._commands, self._remark = title, lead, commands, remark
        self._line = Static("", id="line", markup=False)

    def compose(self) -> ComposeResult:
        """What to do with it, the line, what may have to be changed."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            yield Static(self._lead, markup=False)
            yield Static("")
            yield self._line
            yield Static("")
            yield Static(self._remark, classes="quiet", markup=False)
            yield Static(edge(self.KEYS), classes="quiet", markup=False)

    def on_mount(self) -> None:
        """Terminals may refuse without a word: it is on the screen, too."""
        self._copy()

    def on_resize(self, event: events.Resize) -> None:
        """Fold it anew."""
        width = max(event.size.width, LEAST_WIDTH)
        lines = [folded(words, width - 3) for words in self._commands]
        self._line.update(Text(" &&\n".join("\n".join(each) for each in lines), no_wrap=True))

    def on_key(self, event: events.Key) -> None:
        """Copy once more, or close."""
        event.stop()
        does = meant(self.KEYS, event.key)
        if does == "copy":
            self._copy()
        elif does == "leave":
            self.dismiss(None)

    def _copy(self) -> None:
        self.app.copy_to_clipboard(" && ".join(" ".join(map(quoted, words)) for words in self._commands))
