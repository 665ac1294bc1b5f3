"""Commands on the batch: applying the stack to many images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.messages import NoticeGiven
from tui.values import ApplyOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.stack import Stack
    from tui.app import Safelight

PLACE = 4
"""Of the group among the others."""


def offer(app: Safelight, stack: Stack, last: ApplyOptions | None, folder: str = "") -> None:
    """The dialog that applies a stack to the chosen images, with what was chosen last, and perhaps its folder."""
    from tui.screens.apply import ApplyScreen

    bridge, entries = app.bridge, app.main.images.chosen_entries()
    if not entries:
        app.tell(NoticeGiven("There is no image to apply the stack to."))
        return
    paths = tuple(entry.path for entry in entries)
    turn = _turn(app)

    def start(options: ApplyOptions | None) -> None:
        if options is not None:
            app.last_options = options
            bridge.submit(paths, options._replace(turn=turn), stack)

    screen = ApplyScreen(
        paths,
        tuple(step.filter for step in stack.steps if step.on),
        bridge.formats,
        marked=bool(app.main.images.marked),
        beside=("waits" if turn == 1 else "shares") if bridge.batch.running else "",
        last=last,
        folder=folder,
        plan=lambda options, then: bridge.plan(paths, options, then, stack),
        reach=bridge.reach,
        sheet=lambda options, then: show_sheet(app, paths, options, stack, then),
    )
    app.push_screen(screen, start)


def show_sheet(
    app: Safelight, paths: tuple[str, ...], options: ApplyOptions, stack: Stack, then: Callable[[bool | None], None]
) -> None:
    """A contact sheet of what the options would make of these images; `then` is given True to start it."""
    from tui.screens.contact_sheet import ContactSheetScreen

    bridge = app.bridge
    screen = ContactSheetScreen(
        begin=lambda take: bridge.begin_sheet(paths, options, stack, app.sight.way(), take),
        fit=lambda size, take: bridge.sampling.fit(size, app.sight.way(), take),
        leave=bridge.sampling.leave,
    )
    app.push_screen(screen, then)


def usual(app: Safelight, paths: tuple[str, ...]) -> ApplyOptions:
    """What was chosen last, or would be by default, for these images."""
    from tui.screens.apply import folder_beside

    last = app.last_options or ApplyOptions("", "keep", "90", "fail")
    return last._replace(output=folder_beside(paths[0]), turn=_turn(app))


def _turn(app: Safelight) -> int:
    """So many batches at a time, 0 for any number."""
    word = app.settings.word("batches")
    return 0 if word == "all" else int(word)
