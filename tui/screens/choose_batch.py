"""Choosing a batch to look at. It asks none of them anything."""

from tui.screens.chooser import Chooser


class ChooseBatchScreen(Chooser):
    """Every batch there is, wherever it was started, newest first."""

    DEFAULT_CSS = """
    ChooseBatchScreen > #box { width: 66; }
    """
    TITLE, VERB, NOTHING = "Show a batch", "show", "No batch has these letters"
