"""Opens the app as soon as possible; imports what its first frame does not need only when something is wrong."""

import os
import sys

from engine.config import config_path
from tui.cli.opening.terminal import obstacle
from tui.cli.opening.wanted import wanted_graphics, wanted_theme


def open_app(words: list[str], presets: tuple[str, ...] = (), graphics: str = "") -> int:
    """Opens the app on files and folders, by default on the current folder, with presets' stack; the exit status.

    Pictures are drawn by `graphics`, a protocol's name, where it names one. SpecError where a preset or that cannot be
    used.
    """
    missing = next((word for word in words if not os.path.exists(word)), None)
    if missing is not None:
        from tui.cli.opening.missing import sentence

        return refuse(sentence(missing))
    stack, notes = None, list[str]()
    if presets:
        from engine.presets import stack_of

        stack, notes = stack_of(presets, ())
    wanted, mistake = wanted_graphics(graphics, os.environ, config_path())
    hindrance = obstacle()
    if hindrance:
        return refuse(hindrance)
    from engine.errors import SafelightError
    from tui.cli.opening.running import run_app
    from tui.theme import PALETTES

    theme, odd = wanted_theme(os.environ, config_path(), [*PALETTES])
    try:
        return run_app(words or ["."], stack, " ".join(filter(None, [*notes, mistake, odd])), wanted, theme)
    except SafelightError as error:
        return refuse(str(error))


def refuse(sentence: str) -> int:
    """Says why on standard error; the exit status for wrong usage."""
    sys.stderr.write(sentence + "\n")
    return 2
