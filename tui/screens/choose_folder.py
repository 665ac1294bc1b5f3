"""Choosing a folder: those within this one, and the one around it. It opens none."""

from tui.screens.chooser import Chooser


class ChooseFolderScreen(Chooser):
    """By a few letters of its name."""

    TITLE, VERB, NOTHING = "Open a folder", "open", "No folder here has these letters"
