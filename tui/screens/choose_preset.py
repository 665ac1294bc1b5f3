"""Choosing a preset. It puts nothing on the stack itself."""

from tui.screens.chooser import Chooser


class ChoosePresetScreen(Chooser):
    """All presets there are, with what is wrong with those that are broken."""

    TITLE, VERB, NOTHING = "Put a preset on the stack", "put on", "No preset has these letters"
