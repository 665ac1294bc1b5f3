"""The list of images, or only those that are much the same, group by group with their scores. It scores nothing."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from engine.files.name import show
from tui.values import Cull, CullRow, Entry
from tui.widgets.bar import level
from tui.widgets.figures import count
from tui.widgets.image_list import RATINGS, REJECTED, ImageList
from tui.widgets.line import Line

ALARMING = 0.01
"""Share of the pixels lost from which on its letter is a capital."""
TRACE = 0.001
"""From which on there is a letter."""
ROOM_FOR_EXPOSURE, ROOM_FOR_COLUMNS = 36, 25
"""The narrowest list that has it, and the narrowest that names columns."""
SHARPNESS, EXPOSURE, LOST = 5, 6, 3
"""Columns, with the space before."""
BEST, WRONG = "★", "!"


class CulledList(ImageList):
    """Groups take the place of the whole list until they are left."""

    cull: Cull | None = None
    """The groups that are shown; None while all images are."""
    waiting: Cull | None = None
    """Groups that were found while a person was busy with something else."""
    _progress = ""

    def show_culled(self, cull: Cull | None) -> None:
        """Show these groups from the first on, without marks; None for all images again, the cursor on its image."""
        self.cull, self.waiting, self._progress = cull, None, ""
        self.HEADING = 1 if cull is None else 2
        self.narrow(self.letters)
        if cull is not None:
            # What is marked and not to be seen would be rated instead of what is under the cursor.
            self.unmark()
            self.move_to(0)

    def found(self, cull: Cull) -> None:
        """These groups may be shown later."""
        self.waiting, self._progress = cull, ""
        self.refresh()

    def scored(self, done: int, total: int) -> None:
        """So many of the images have been scored."""
        self._progress = f"{done:,} of {total:,} scored"
        self.redraw_heading()

    def alike(self) -> tuple[Entry, ...]:
        """The group of the image under the cursor, the best first; the image alone where it is in none."""
        here = self.view[self.cursor] if self.view else -1
        groups = self.cull.groups if self.cull else ()
        places = next((group for group in groups if here in group), (here,) if self.view else ())
        return tuple(self.entries[place] for place in places if place not in self.gone)

    def empty_out(self) -> None:
        """Begin anew with no image, and no group."""
        self.cull, self.waiting, self._progress, self.HEADING = None, None, "", 1
        super().empty_out()

    def sign(self, place: int) -> str:
        """Where it stands in its group."""
        row = self._row(place)
        return row.sign if row else super().sign(place)

    def nothing(self) -> tuple[str, ...]:
        """What there is to say where no row is."""
        if self.cull is None or self.letters:
            return super().nothing()
        return ("No two images are alike,", "and all of them can be read.")

    def redraw_heading(self) -> None:
        """Draw the lines above the rows again."""
        self.refresh(Region(0, 0, self.size.width, self.HEADING))

    def render_line(self, y: int) -> Strip:
        """The second line says what there is to say of the image under the cursor."""
        if self.cull is not None and y == 1:
            return Line().put(self._remark(), self.size.width).strip(self.size.width, self.ink.raised)
        return super().render_line(y)

    def draw_heading(self, width: int) -> Line:
        """The pane's name, where the cursor is, how many groups there are, and what the columns are."""
        if self.cull is None:
            line = super().draw_heading(width) if not self._progress else Line().add(" IMAGES ", self.ink.key)
            return line.add(f" {self._progress}", self.ink.lamp) if self._progress else line
        ink = self.ink
        line = Line().add(" CULLING ", ink.key if self.active else ink.muted)
        if self.letters or self.typing:
            line.add(f" /{show(self.letters)}", ink.key).add("▏ " if self.typing else "  ", ink.lamp)
        elif self.marked:
            line.add(f" {len(self.marked):,} marked", ink.text)
        else:
            line.add(f" {count(len(self.cull.groups), 'group')}" if self.cull.groups else " no groups", ink.text)
        exposure = "    EV" * self._has_exposure(width)
        return line.right(f"sharp{exposure} lost ", ink.faint) if self.count and width >= ROOM_FOR_COLUMNS else line

    def draw_row(self, row: int, width: int) -> Line:
        """Mark, place in the group, rating, name, scores."""
        place = self.view[row]
        scores = self._row(place)
        if scores is None:
            return super().draw_row(row, width)
        ink, facts, marked = self.ink, self.facts.get(place), place in self.marked
        exposure, rating = self._has_exposure(width + 1), facts.rating if facts else None
        best = scores.sign == BEST
        line = Line().add("●" if marked else " ", ink.lamp)
        line.add(f"{scores.sign} ", ink.lamp if best else ink.alarm if scores.sign == WRONG else ink.faint)
        line.add(RATINGS.get(rating or 0, " "), ink.alarm if rating == REJECTED else ink.key).add(" ", ink.text)
        room = width - 4 - SHARPNESS - EXPOSURE * exposure - LOST - 1
        style = ink.faint if rating == REJECTED or scores.sharpness is None else ink.bright if best else ink.text
        line.add(show(self.entries[place].label, room), style, room)
        return self._add_scores(line, scores, exposure=exposure)

    def _add_scores(self, line: Line, row: CullRow, *, exposure: bool) -> Line:
        """Sharpness beside that of the sharpest, exposure, a letter for what is lost in black and in white."""
        ink = self.ink
        if row.sharpness is None:
            return line.add(" " * (SHARPNESS + EXPOSURE * exposure), ink.text).add(" ? ".rjust(LOST + 1), ink.alarm)
        line.add(f"{row.sharpness:>3.0f} ", ink.text if row.share == 1 else ink.muted)
        line.add(level(row.share), ink.glow)
        if exposure:
            line.add(f"{row.exposure:+.1f}", ink.muted, EXPOSURE, "right")
        line.add(" ", ink.text)
        for share, letter in ((row.black, "b"), (row.white, "w")):
            alarming = share >= ALARMING
            line.add(letter.upper() if alarming else letter if share >= TRACE else "·", self._lost_style(share))
        return line.add(" ", ink.text)

    def _lost_style(self, share: float) -> Style:
        return self.ink.alarm if share >= ALARMING else self.ink.muted if share >= TRACE else self.ink.faint

    def _remark(self) -> Line:
        row = self._row(self.view[self.cursor]) if self.view else None
        cull = self.cull
        left = "" if cull is None or cull.scored == cull.total else f" {cull.scored:,} of {cull.total:,} scored"
        return Line().add(f" {show(row.said)}" if row else left, self.ink.muted)

    def _has_exposure(self, width: int) -> bool:
        return width >= ROOM_FOR_EXPOSURE

    def _row(self, place: int) -> CullRow | None:
        return self.cull.rows.get(place) if self.cull is not None else None

    def _arranged(self, places: Iterable[int]) -> list[int]:
        """Those of the images that are to be seen, in order."""
        if self.cull is None:
            return super()._arranged(places)
        among = {*places} - self.gone
        found = [place for place in self.cull.rows if place in among]
        return self._narrowed(found)


def summary(cull: Cull) -> str:
    """What came of it in a sentence."""
    members = sum(map(len, cull.groups))
    wrong = len(cull.rows) - members
    parts = [f"{cull.scored:,} of {count(cull.total, 'image')} scored"] if cull.scored < cull.total else []
    groups = count(len(cull.groups), "group")
    parts += [f"{groups} of {members:,} images" if cull.groups else "no two images are alike"]
    parts += [f"{wrong:,} broken or misnamed"] if wrong else []
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}."
