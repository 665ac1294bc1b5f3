"""The setting `tour`."""

from __future__ import annotations

from tui.settings import Switch


class Tour(Switch):
    """Show a short tour at the first start of all, and never again."""
