"""Builds the argument parser from the folder of sub-commands and runs the one asked for; it knows none by name."""

import importlib
import os
import sys
import tempfile
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter

import tui
from engine.errors import SafelightError
from tui.cli import command_names, is_command
from tui.cli.opening.app import open_app, refuse
from tui.cli.opening.confining import confine
from tui.cli.parsing.stacks import Presets

PURPOSE = "A darkroom in a terminal: browse pictures, stack filters, apply them on threads that run in parallel."

USAGE = """Usage: safelight [PATH ...] [--preset NAME] [--graphics NAME] [--root FOLDER] [--read-only]
       safelight COMMAND [OPTIONS]"""

READ_ONLY = "Write no file, and ask nothing of batches."
GRAPHICS = "How pictures are drawn: auto, kitty, iterm2, sixel, sextants, quadrants, half or ascii."

HYPHEN = "\0"
"""Stands for a lone `-` while words are parsed, as that looks like an option; no word of a command line can hold it."""


def run(words: list[str]) -> int:
    """Runs the sub-command; the exit status. Whatever a person may cause ends in one sentence and status 2."""
    _open_streams()
    try:
        status = _call(build(words), words)
    except CycloptsError as error:
        status = refuse(f"{_one_line(str(error))} (`safelight {_topic(words)}--help` tells more.)")
    except SafelightError as error:
        status = refuse(_one_line(str(error)))
    except BrokenPipeError:
        status = 1
    except OSError as error:
        if error.filename is not None:
            return _report(error)
        sys.stderr.write(f"The output could not be written ({error.strerror}).\n")
        status = 1
    except Exception as error:  # noqa: BLE001 - a fault of our own is one sentence too, and kept in a report
        status = _report(error)
    return status if _is_written_out() else status or 1


def _call(app: App, words: list[str]) -> int:
    """Parses the words and runs what they ask for; the exit status."""
    hidden = [HYPHEN if word == "-" else word for word in words]
    command, bound, _ = app.parse_args(hidden, exit_on_error=False, print_error=False)
    named = {name: _given(value) for name, value in bound.kwargs.items()}
    return command(*map(_given, bound.args), **named) or 0


def _given(value: object) -> object:
    """The value with what was written."""
    if isinstance(value, tuple):
        return tuple(map(_given, value))
    return "-" if value == HYPHEN else value


def build(words: list[str]) -> App:
    """The parser; imports the sub-command that the words call, or all of them for the list of `--help`."""
    app = App(
        name="safelight",
        help=PURPOSE,
        help_format="plaintext",
        version=f"safelight {tui.__version__}",
        usage=USAGE,
        default_parameter=Parameter(negative=()),
    )
    app.default(_open)
    for name in words[:1] if words and is_command(words[0]) else command_names():
        module = name.replace("-", "_")
        app.command(getattr(importlib.import_module(f"tui.cli.{module}"), module), name=name)
    app.register_install_completion_command()
    return app


def _open(
    *paths: Annotated[str, Parameter(name="PATH", help="Pictures and folders; by default this folder.")],
    presets: Presets = (),
    graphics: Annotated[str, Parameter(name="--graphics", help=GRAPHICS)] = "",
    root: Annotated[str, Parameter(name="--root", help="Open nothing outside this folder.")] = "",
    read_only: Annotated[bool, Parameter(name="--read-only", help=READ_ONLY)] = False,
) -> int:
    """Opens the app, with the filters of presets on its stack."""
    confine(root, read_only=read_only)
    return open_app(list(paths) or [root] * bool(root), presets, graphics)


def _open_streams() -> None:
    """Streams that were closed lead nowhere, so that no file takes their number; and no name is too odd to print."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_written_out() -> bool:
    """Whether a reader, or a disk, took all of standard output; if not, the rest goes nowhere."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return False
    return True


def _report(error: Exception) -> int:
    from engine.files.places import state_folder
    from tui.output.report import write_report

    try:
        folder = state_folder() / "reports"
    except SafelightError:
        folder = Path(tempfile.gettempdir())
    sys.stderr.write(write_report(error, folder) + "\n")
    return 1


def _one_line(text: str) -> str:
    from engine.files.name import show

    return show(" ".join(text.replace(HYPHEN, "-").split()))


def _topic(words: list[str]) -> str:
    return f"{words[0]} " if words and is_command(words[0]) else ""
