"""Runs the app with the terminal under guard: however it ends, the terminal is given back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import Safelight

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.settings.chosen import Settings


def run_app(
    paths: Sequence[str],
    stack: Stack | None = None,
    notice: str = "",
    settings: Settings | None = None,
) -> int:
    """Open the app on files and folders, with a stack, as the settings say; the exit status.

    A crash gives the terminal back and leaves one sentence.
    """
    from tui.output.restore import Guard
    from tui.resuming import left

    app = Safelight(paths, stack, notice, settings=settings)

    def last() -> None:
        if app.has_started:
            app.bridge.keeping.now()
            app.bridge.own.now()
            if app.settings.is_on("restore"):
                app.bridge.restoring.now(*left(app))

    with Guard(_reports(), app.quieten, app.farewell, last) as guard:
        status = app.run()
        if app.crash is not None:
            raise app.crash
    return guard.status or status or 0


def _reports() -> Path:
    """The folder for reports of crashes; the temporary one where ours cannot be had."""
    from engine.errors import SafelightError
    from engine.files.places import state_folder

    try:
        return state_folder() / "reports"
    except SafelightError:
        import tempfile

        return Path(tempfile.gettempdir())
