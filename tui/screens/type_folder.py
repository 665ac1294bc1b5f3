"""Typing the folder that images go to. It makes none."""

from __future__ import annotations

import os

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from engine.errors import ImageError
from engine.files.remote.url import absolute
from tui.screens.dialog import Dialog


class TypeFolderScreen(Dialog[str]):
    """A field with the folder that was used last; gives its whole path."""

    def __init__(self, title: str, folder: str) -> None:
        super().__init__()
        self._title = title
        self._field = Input(folder, select_on_focus=False)
        self._field.cursor_blink = False
        self._verdict = Static("", markup=False)

    def compose(self) -> ComposeResult:
        """What for, the field, what will be."""
        with Vertical(id="box") as box:
            box.border_title = self._title
            box.border_subtitle = "⏎ do it   esc back"
            yield Static("Edits and ratings go with them; nothing is written over.", classes="quiet", markup=False)
            yield Static("")
            yield self._field
            yield self._verdict

    def on_input_changed(self) -> None:
        """Nothing is wrong with it yet."""
        self._verdict.update("")

    def on_input_submitted(self) -> None:
        """Take it, if it is one."""
        typed = self._field.value.strip()
        if not typed:
            self._verdict.update("Name a folder; it is made if it is not there.")
            self._verdict.set_classes("alarm")
            return
        try:
            self.dismiss(absolute(os.path.expanduser(typed)))
        except ImageError as error:
            self._verdict.update(str(error))
            self._verdict.set_classes("alarm")
