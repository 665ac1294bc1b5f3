"""An app of three panes to try the output layer on, in a test or as a program of its own in a real terminal."""

import contextlib
import fcntl
import random
import sys
import termios
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import DataTable, Footer, Input, OptionList, ProgressBar, Static

from tui.graphics.ours import OURS
from tui.graphics.transfer import Transfer
from tui.output.app import CellApp
from tui.output.restore import Guard

NAMES = (
    *(
        "sunset.jpg",
        "写真アルバム.tiff",
        "e\u0301te\u0301.png",
        "한국어 사진.webp",
        "dogs [two].jpg",
        "ñandú.jpg",
        "मेला.jpg",
    ),
    *(f"photograph-{number:03}.jpg" for number in range(90)),
)


def picture(key: int, count: int) -> Transfer:
    """A picture in Kitty's protocol that goes in so many pieces; it is nothing that could be shown."""
    pieces = (
        f"\x1b_Ga=T,U=1,q=2,i={key},m=1;AAAA\x1b\\",
        *[f"\x1b_Gq=2,m=1;{'A' * 1000}\x1b\\"] * count,
        "\x1b_Gq=2,m=0;AAAA\x1b\\",
    )
    free = f"\x1b_Ga=d,d=I,i={key},q=2\x1b\\"
    return Transfer("kitty", key, 1, 1, pieces, "", f"\x1b_Gq=2,m=0\x1b\\{free}", free, ())


class Question(ModalScreen[None]):
    """A dialog one can see through."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss")]
    DEFAULT_CSS = (
        "Question { align: center middle; } Question Input { width: 40; } Question Static { width: 40; height: 3; }"
    )

    def compose(self) -> ComposeResult:
        """A question and a line for the answer."""
        yield Static("何枚? How many?\n[b]bold[/b] [u]underlined[/u] [reverse]reversed[/reverse]")
        answer = Input("7")
        answer.cursor_blink = False
        yield answer


class Panes(CellApp[int]):
    """A list, a table, some text, bars below."""

    CSS = """
    #list { width: 36; border: round $primary; }
    #text { border: round $primary; height: 1fr; }
    #table { width: 34; border: round $primary; }
    #low { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("q", "quit", "Quit"),
        ("a", "ask", "Ask"),
        ("x", "fail", "Fail"),
        ("n", "noise", "Noise"),
        Binding("i", "image", show=False),
        Binding("u", "upload", show=False),
    ]

    notes: Path | None = None

    def compose(self) -> ComposeResult:
        """Three panes, bars, keys."""
        with Horizontal():
            yield OptionList(*NAMES, id="list", markup=False)
            yield Static("", id="text", markup=False)
            yield DataTable(id="table")
        yield ProgressBar(100, show_eta=False, id="low")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table, and tell a file that is given that we run."""
        table = self.query_one(DataTable)
        table.add_columns("Filter", "Value")
        table.add_rows([(f"filter {number}", f"{number / 2:.2f}") for number in range(30)])
        self.query_one("#list").focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Note how far the list is, so that a test can see the app at work when the terminal shows nothing."""
        if self.notes is not None:
            self.notes.write_text(str(event.option_index))

    def action_noise(self) -> None:
        """Show a text that takes many bytes."""
        self.say("".join(random.choices("abcdefgh", k=4000)))

    def action_image(self) -> None:
        """Send a picture of pixels, and say so when it is there."""
        self.send_picture(picture(OURS[0], 3), lambda sent: self.say(f"picture {sent.key}"))

    def action_upload(self) -> None:
        """Begin a picture that takes long."""
        self.send_picture(picture(OURS[1], 1000), lambda sent: self.say(f"picture {sent.key}"))

    def say(self, text: str) -> None:
        """Show a text in the middle pane."""
        self.query_one("#text", Static).update(text)

    def action_ask(self) -> None:
        """Open the dialog."""
        self.push_screen(Question())

    def action_fail(self) -> None:
        """Crash."""
        raise ZeroDivisionError("nothing [bold]divided[/bold] by\x1b[31m zero")


def main() -> int:
    """Run in this terminal, as its owner if nobody is; the words are a folder for reports and a file for notes."""
    with contextlib.suppress(OSError):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    app = Panes()
    app.notes = Path(sys.argv[2])
    with Guard(Path(sys.argv[1]), app.quieten, app.farewell) as guard:
        app.run()
        if app.crash is not None:
            raise app.crash
    return guard.status


if __name__ == "__main__":
    sys.exit(main())
