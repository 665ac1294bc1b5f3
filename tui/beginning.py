"""What is done once, when the first frame is out: keys as they are wanted, words for what is empty, mistakes told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.confinement import read_only

SERVED = "SAFELIGHT_SERVED"
"""Of the environment: the app is in a browser, for somebody who was handed a link."""

if TYPE_CHECKING:
    from tui.app import Safelight


def begin(app: Safelight, *, plain: bool) -> None:
    """The bridge is there, and no key has had an effect yet. `plain` is a start without a stack."""
    from tui.commands.binding import bind
    from tui.resuming import resume
    from tui.settings.declared.link import chosen

    settings = app.settings
    problems = (*settings.problems(), *bind(settings.config.keys))
    _explain(app)
    app.sight.link.chosen = chosen(settings.word("link"))
    if settings.config.old and not read_only():
        app.bridge.configuring.migrate()
    if problems:
        _complain(app, problems)
    if settings.is_on("restore"):
        resume(app)
    if settings.is_on("tour") and plain and not os.environ.get(SERVED):
        app.bridge.restoring.first(lambda _: _show_round(app))


def _show_round(app: Safelight) -> None:
    """Nobody was shown round before: now, unless a person is in a dialog already."""
    from tui.commands import perform

    if app.screen is app.main:
        perform("tour", app)


def _explain(app: Safelight) -> None:
    """Words for panes that are empty, with the keys as they are bound."""
    from tui.commands import commands
    from tui.commands.keys import first_key

    key = first_key(commands()["add_filter"], "")
    app.main.stack.explain("No filter yet.", f"{key or 'The palette'} adds one.")
    app.main.images.explain("No images here.")


def _complain(app: Safelight, problems: tuple[str, ...]) -> None:
    """The first mistake in the lowest line, all of them in the log."""
    from tui.commands import commands
    from tui.commands.keys import first_key

    for problem in problems:
        app.main.notices.add(problem, alarm=True)
    more = f" ({len(problems) - 1} more: {first_key(commands()['log'], '')})" if len(problems) > 1 else ""
    app.main.key_bar.say(problems[0] + more, alarm=True)
