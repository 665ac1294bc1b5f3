"""The setting `batches`."""

from __future__ import annotations

from tui.settings import Setting


class Batches(Setting):
    """How many batches are at work at a time: others that you start wait for their turn; all begins each at once. One
    that is paused is not waited for.
    """

    words = ("1", "2", "3", "4", "all")
