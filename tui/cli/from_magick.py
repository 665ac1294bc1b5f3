"""`safelight from-magick`: a command line of ImageMagick as filters of Safelight. It opens no picture."""

import json
import shlex
import sys
from typing import Annotated

from cyclopts import Parameter

from engine.errors import SafelightError
from engine.files.name import show
from engine.presets import save_preset
from engine.presets.magick import Turned
from engine.presets.magick import from_magick as turn
from engine.presets.preset import Preset


def from_magick(
    *words: Annotated[str, Parameter(name="LINE", help="The line, in quotes.", allow_leading_hyphen=True)],
    save: Annotated[str, Parameter(name="--save", help="Keep the filters as a preset of this name.")] = "",
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object, for programs.")] = False,
) -> int:
    """Turn a line of magick, convert or mogrify into the line of Safelight that does the same; names what it cannot."""
    turned = turn(words[0] if len(words) == 1 else words)
    if as_json:
        print(json.dumps(vars(turned), indent=2))
    else:
        print(line_of(turned))
    for heading, sentences in (("nearly the same", turned.nearly), ("left out", turned.left)):
        for sentence in () if as_json else sentences:
            sys.stderr.write(f"{heading}: {show(sentence)}\n")
    if save:
        _save(save, turned)
    return 1 if turned.left else 0


def line_of(turned: Turned) -> str:
    """The line for a shell; where that one names no folder, or no picture, a word stands for it."""
    filters = [word for each in turned.specifications for word in ("-f", each)]
    folder = [] if {"-o", "--in-place"} & {*turned.options} else ["-o", "FOLDER"]
    light = ["--light", "encoded"] if filters else []
    return shlex.join(["safelight", "apply", *(turned.sources or ["PATH"]), *filters, *light, *turned.options, *folder])


def _save(name: str, turned: Turned) -> None:
    path = save_preset(Preset(name, "From a line of ImageMagick.", turned.stack()))
    if path is None:
        raise SafelightError(f"A preset {name} is there already: choose another name.")
    sys.stderr.write(f"kept as the preset {show(name)}\n")
