"""What to say about a word that is neither a path nor a sub-command."""

import difflib
import os

from engine.files.name import show
from tui.cli import command_names


def sentence(word: str) -> str:
    """One sentence that names the word and the nearest command or path."""
    folder, name = os.path.split(word)
    commands = [] if folder else command_names()
    near = difflib.get_close_matches(name, [*commands, *_names_in(folder)], n=1, cutoff=0.0)
    if not near:
        return f'There is no file or folder "{show(word)}".'
    kind = "command" if near[0] in commands else "path"
    nearest = show(os.path.join(folder, near[0]))
    return f'There is no file, folder or command "{show(word)}"; the nearest is the {kind} "{nearest}".'


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []
