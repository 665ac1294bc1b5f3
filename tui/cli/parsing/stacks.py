"""The stack of a command line: presets, then filters. It applies nothing."""

import os
import sys
from typing import Annotated

from cyclopts import Parameter

from engine import presets as shelf
from engine.files.name import show
from engine.stack import Stack

Presets = Annotated[
    tuple[str, ...], Parameter(name="--preset", help="A preset's name (safelight presets lists them), or FILE.toml.")
]


def stack_of(presets: tuple[str, ...], filters: tuple[str, ...]) -> Stack:
    """Both in turn; SpecError when there is neither, or one of them is wrong. Notes go to standard error."""
    stack, notes = shelf.stack_of(presets, filters)
    for note in notes:
        sys.stderr.write(show(note) + "\n")
    return stack


def preset_names(presets: tuple[str, ...]) -> str:
    """The names of presets as part of a file's name; of a file, its own without the suffix."""
    return "-".join(os.path.basename(each).removesuffix(".toml") for each in presets)
