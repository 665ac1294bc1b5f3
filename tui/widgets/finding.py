"""A list that is narrowed by letters as they are typed. What that means is the list's affair."""

from __future__ import annotations

from textual import events

from tui.widgets.rows import Rows


class Finding(Rows):
    """Keys are letters from `find` on, until one keeps what was found or forgets it."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.letters = ""
        """What the names to be seen have."""
        self.typing = False
        """Whether more letters may follow."""

    def narrow(self, letters: str) -> None:
        """Show what has these letters."""
        raise NotImplementedError

    def find(self) -> None:
        """From now on letters of names are typed."""
        self.typing = True
        self.redraw_heading()

    def type(self, key: events.Key) -> bool:
        """Take a key while letters are typed; whether it was one."""
        if not self.typing:
            return False
        if key.key in ("enter", "escape"):
            self.typing = False
            self.narrow(self.letters if key.key == "enter" else "")
        elif key.key == "backspace":
            self.narrow(self.letters[:-1])
        elif key.character is not None and key.is_printable:
            self.narrow(self.letters + key.character)
        else:
            return False
        return True
