"""The folders that Safelight uses, and whether it can write there."""

import os

from engine.errors import SafelightError
from engine.files.places import cache_folder, config_folder, runtime_folder, state_folder
from tui.cli.examining import Facts

FOLDERS = (config_folder, cache_folder, state_folder, runtime_folder)


def examine() -> Facts:
    """The path of each, or the sentence that says what is wrong with it."""
    facts: Facts = {}
    for folder in FOLDERS:
        name = folder.__name__.removesuffix("_folder")
        try:
            path = folder()
            facts[name] = str(path)
            facts[f"{name} writable"] = os.access(path, os.W_OK | os.X_OK)
        except (OSError, SafelightError) as error:
            facts[name] = str(error)
            facts[f"{name} writable"] = False
    return facts
