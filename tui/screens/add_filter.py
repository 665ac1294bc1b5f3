"""Choosing a filter. It adds nothing itself."""

from tui.screens.chooser import Chooser


class AddFilterScreen(Chooser):
    """All filters there are."""

    TITLE, VERB, NOTHING = "Add a filter", "add", "No filter has these letters"
