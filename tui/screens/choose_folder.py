"""Choosing a folder from a tree of them, by arrows, by mouse or by a few letters of its name. It opens none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.fuzzy import Matcher

from engine.files.name import show
from tui.screens.chooser import Chooser
from tui.screens.own_keys import OwnKey
from tui.values import Folder, OfferRow
from tui.widgets.folder_tree import FolderTree, Twig, counted, explained
from tui.widgets.line import fit
from tui.widgets.text_rows import TextRows

COLUMNS, COUNT = 53, 9
"""Of a row, and of its number of pictures."""
DEEPEST = 12
"""Levels that are indented; those below are as far in."""
IN_VIEW = 200
"""Folders that are counted at a time, those near the cursor first."""

Read = Callable[[str, Callable[[Folder], None]], None]
Count = Callable[[Sequence[str], Callable[[Folder], None]], None]


class FolderRows(TextRows):
    """Rows of which the mark is a target of its own."""

    def __init__(
        self, *, on_move: Callable[[int], None], on_click: Callable[[int], None], on_mark: Callable[[int, int], bool]
    ) -> None:
        """`on_mark` is given the row and the column, and says whether the mark is there."""
        super().__init__(on_move=on_move, on_click=on_click)
        self._on_mark = on_mark

    def on_click(self, event: events.Click) -> None:
        """Open or shut at the mark; else as other rows, which Textual does by itself."""
        index = self.row_at(event.y)
        if index is not None and self._on_mark(index, event.x):
            event.stop()
            event.prevent_default()


class ChooseFolderScreen(Chooser):
    """The folder that is open, those in it and the one around it; gives the path chosen."""

    TITLE, VERB, NOTHING = "Open a folder", "open   ← → in the tree", "No folder here has these letters"
    DEFAULT_CSS = f"""
    ChooseFolderScreen > #box {{ width: {COLUMNS + 7}; }}
    ChooseFolderScreen.-high TextRows {{ height: 20; }}
    """
    WHERE = "in the tree of folders"
    KEYS = (
        OwnKey("take", ("enter",), "Open the folder under the cursor in the list of images.", "open"),
        OwnKey("fold", ("left",), "Shut the folder, or go to the one around it; from the first: up.", "→ in the tree"),
        OwnKey("unfold", ("right",), "Show the folders in the folder, or go to the first of them."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, each.does, each.help, priority=True) for each in KEYS[1:] for key in each.keys
    ]

    def __init__(self, here: str, read: Read, count: Count) -> None:
        """From the folder `here` on; `read` and `count` tell later what folders hold."""
        super().__init__()
        self._tree = FolderTree(here)
        self._read, self._count = read, count
        self._twigs: list[Twig] = []
        self._rows = FolderRows(on_move=self._describe, on_click=self._take, on_mark=self._marked)

    def _begin(self) -> None:
        """The root first."""
        self._field.placeholder = "type a few letters, or go by arrows"
        self._fill("")
        self._read(self._tree.root, self._learn)

    def action_unfold(self) -> None:
        """Open the folder under the cursor; when it is open, go to the first in it."""
        twig = self._here()
        if twig is None:
            return
        known = twig.known
        if self._tree.is_open(twig.path) and known is not None and known.folders and not self._typed:
            self._rows.move_to(self._rows.cursor + 1)
        else:
            self._open(twig.path)

    def action_fold(self) -> None:
        """Shut the folder under the cursor, or go to the one that it is in; from the root: up."""
        twig = self._here()
        if twig is None:
            return
        if twig.path == self._tree.root or twig.path == self._tree.around:
            if self._tree.around:
                self._open(self._tree.around)
        elif self._tree.is_open(twig.path) and twig.known is not None and twig.known.folders:
            self._tree.shut(twig.path)
            self._draw(twig.path)
        else:
            self._draw(twig.path.rpartition("/")[0])

    @property
    def _typed(self) -> str:
        return self._field.value.strip()

    def _here(self) -> Twig | None:
        return self._twigs[self._rows.cursor] if self._twigs else None

    def _open(self, path: str) -> None:
        """Show what is in a folder, where it is in the tree."""
        self._tree.open(path)
        self._field.value = ""
        if not self._tree.knows(path):
            self._read(path, self._learn)
        self._draw(path)

    def _learn(self, branch: Folder) -> None:
        if self.is_attached:
            self._tree.learn(branch)
            if branch.path == self._tree.root:
                self._found.set()
            here = self._here()
            self._draw(here.path if here else "")

    def _fill(self, typed: str) -> None:
        """Other letters: the cursor is on the best then, on the root where there are none."""
        self._draw("" if typed else self._tree.root)

    def _draw(self, path: str) -> None:
        """Show the rows, the cursor on a folder or where it best is, and have those counted that are not known."""
        typed = self._typed
        self._twigs = matching(self._tree.everything(), typed) if typed else self._tree.rows()
        self._matching = tuple(OfferRow(twig.path, "", explained(twig)) for twig in self._twigs)
        at = next((row for row, twig in enumerate(self._twigs) if twig.path == path), 0)
        self._rows.change([self._line(twig) for twig in self._twigs], at)
        if not self._twigs and self._found.is_set():
            self._help.update(f"{self.NOTHING}: {typed}")
        near = sorted(range(len(self._twigs)), key=lambda row: abs(row - at))[:IN_VIEW]
        unknown = [self._twigs[row].path for row in near if self._twigs[row].known is None]
        if unknown and self._found.is_set():
            self._count([each for each in unknown if each != self._tree.around], self._learn)

    def _line(self, twig: Twig) -> list[tuple[str, Style]]:
        ink, inner = self._rows.ink, COLUMNS - COUNT
        left = f" {'  ' * min(twig.depth, DEEPEST)}{twig.mark} "
        name = f"{twig.name}" if twig.name != ".." else "..  the folder around this one"
        style = ink.key if twig.path == self._tree.root else ink.text
        room = max(inner - len(left), 1)
        return [
            (left, ink.muted),
            (fit(show(name, room), room), style),
            (fit(counted(twig.known), COUNT, "right"), ink.muted),
        ]

    def _marked(self, index: int, column: int) -> bool:
        twig = self._twigs[index]
        at = 1 + 2 * min(twig.depth, DEEPEST)
        if self._typed or not at - 1 <= column <= at + 1:
            return False
        self._rows.move_to(index)
        if self._tree.is_open(twig.path) and twig.path != self._tree.root:
            self._tree.shut(twig.path)
            self._draw(twig.path)
        else:
            self._open(twig.path)
        return True


def matching(twigs: Sequence[Twig], typed: str) -> list[Twig]:
    """Those whose names have the letters, the likeliest first."""
    matcher = Matcher(typed)
    scored = [(matcher.match(twig.name), twig) for twig in twigs]
    return [twig for score, twig in sorted(scored, key=lambda pair: -pair[0]) if score > 0]
