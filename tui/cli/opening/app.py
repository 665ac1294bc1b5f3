"""Opens the app as soon as possible; imports what its first frame does not need only when something is wrong."""

import os
import sys

from engine.config import config_path
from engine.errors import SafelightError
from engine.files.remote.url import absolute, is_url
from tui.cli.opening.terminal import obstacle
from tui.settings import FILE
from tui.settings.chosen import Config, Settings


def open_app(words: list[str], presets: tuple[str, ...] = (), graphics: str = "") -> int:
    """Opens the app on files and folders, by default on the current folder, with presets' stack; the exit status.

    Pictures are drawn by `graphics`, a protocol's name, where it names one. SpecError where a preset or that cannot be
    used.
    """
    try:
        missing = next(filter(_is_missing, words), None)
    except SafelightError as error:
        return refuse(str(error))
    if missing is not None:
        from tui.cli.opening.missing import sentence

        return refuse(sentence(missing))
    stack, notes = None, list[str]()
    if presets:
        from engine.presets import stack_of

        stack, notes = stack_of(presets, ())
    settings = Settings(_config(), flags={"graphics": graphics})
    settings.word("graphics")
    hindrance = obstacle()
    if hindrance:
        return refuse(hindrance)
    # A picture that is ready waits for the next frame: 8 ms at most instead of 16.
    os.environ.setdefault("TEXTUAL_FPS", "120")
    from tui.cli.opening.running import run_app

    try:
        return run_app(words or ["."], stack, " ".join(notes), settings)
    except SafelightError as error:
        return refuse(str(error))


def _is_missing(word: str) -> bool:
    """Whether a path leads nowhere; another machine is asked once the app is there. SafelightError for no URL."""
    return not absolute(word) if is_url(word) else not os.path.exists(word)


def _config() -> Config:
    """The settings file, which most people do not have."""
    folder = config_path()
    if not os.path.lexists(folder / FILE):
        return Config()
    from tui.settings.reading import read_config

    return read_config(folder)


def refuse(sentence: str) -> int:
    """Says why on standard error; the exit status for wrong usage."""
    sys.stderr.write(sentence + "\n")
    return 2
