"""The sub-commands: each module here is one, its name with `_` for `-`, as a function of that name."""

import os


def is_command(word: str) -> bool:
    """Whether the word is a sub-command's name; asks the folder and imports nothing."""
    return word in command_names()


def command_names() -> list[str]:
    """The sub-commands, sorted."""
    files = os.listdir(os.path.dirname(__file__))
    return sorted(name[:-3].replace("_", "-") for name in files if name.endswith(".py") and not name.startswith("_"))
