"""The command `settings`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight
    from tui.screens.settings import Then


class ShowSettings(Command):
    """Show every setting, what it is and who chose it; change it in place, for now and for the next start."""

    title = "Settings"
    keys = ("comma",)
    rank = 66

    def run(self, app: Safelight) -> None:
        """Open the screen; what is chosen there counts at once and is written in the background."""
        from tui.screens.settings import SettingsScreen
        from tui.settings import FILE
        from tui.settings.declared import names, setting

        def put(name: str, word: str | None, then: Then) -> None:
            chosen = setting(name)
            app.settings.put(name, word or chosen.words[0], FILE if word else "")
            chosen.apply(app)
            app.bridge.configuring.write(name, chosen.plain(word) if word else None, then)

        app.push_screen(SettingsScreen(tuple(setting(name) for name in names()), app.settings, put))
