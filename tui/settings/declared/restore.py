"""The setting `restore`."""

from __future__ import annotations

from tui.settings import Switch


class Restore(Switch):
    """Begin where you left a folder: the picture, the order, the pane, what is shown, and a stack for all. It counts
    from the next start on.
    """
