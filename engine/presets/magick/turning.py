"""Goes through the words of the line: what each operator becomes, what is nearly that, and what is left out."""

from __future__ import annotations

import importlib
import pkgutil
import shlex
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath

from engine.errors import SpecError
from engine.files.formats import picture_suffixes
from engine.presets.magick import operators
from engine.presets.magick.operators.operator import Operator, Settings, Turn
from engine.presets.magick.places import places
from engine.stack import Stack

PROGRAMS = ("magick", "convert", "mogrify")
OTHERS = ("identify", "compare", "composite", "montage", "display", "animate", "import", "stream", "conjure")
BUILDERS = ("(", ")", "-composite", "-append", "+append", "-clone", "+clone", "-layers", "-mosaic", "-flatten", "-fx")
"""Words of lines that make one picture of several, or compute one: no stack of filters does that."""


@dataclass
class Turned:
    """What a line became."""

    specifications: list[str] = field(default_factory=list)
    """Of filters, as `-f` takes them."""
    options: list[str] = field(default_factory=list)
    """For `safelight apply`."""
    sources: list[str] = field(default_factory=list)
    """Files that the line reads."""
    nearly: list[str] = field(default_factory=list)
    """One sentence for each operator whose result differs, and how."""
    left: list[str] = field(default_factory=list)
    """One sentence for each operator that was left out, and why."""

    def stack(self) -> Stack:
        """The filters themselves; SpecError when there is none."""
        if not self.specifications:
            raise SpecError("Nothing of that line is a filter here.")
        return Stack.parse(self.specifications)


def from_magick(line: str | Sequence[str]) -> Turned:
    """The filters of a line such as `convert a.jpg -resize 50% -negate b.jpg`; SpecError where it is none.

    The meaning of operators is that of ImageMagick 6 and 7 (https://imagemagick.org/script/command-line-options.php).
    """
    program, words = _words(line)
    turned, settings, files = Turned(), Settings(), list[str]()
    for word in words:
        if word in BUILDERS:
            raise SpecError(f"{word} makes one picture of several, which no stack of filters does: take that part out.")
        if not _is_option(word):
            files.append(word)
        elif (known := known_operators().get(word.lstrip("-+"))) is None:
            argument = words.take_unknown() if word.startswith("-") else ""
            _note(turned.left, word, argument, "Safelight has nothing like it, or does not know it.")
        else:
            argument = " ".join(words.take() for _ in range(known.words(word)))
            _turn(turned, word, argument, known.turn, settings)
    found = places(program, files, turned.options)
    turned.sources += found.sources
    turned.options += found.options
    return turned


@cache
def known_operators() -> dict[str, Operator]:
    """Every operator by its name, from the folder of their modules."""
    found: dict[str, Operator] = {}
    for module in pkgutil.iter_modules(operators.__path__):
        for value in vars(importlib.import_module(f"{operators.__name__}.{module.name}")).values():
            if isinstance(value, Operator):
                found |= dict.fromkeys(value.names, value)
    return found


def _turn(
    turned: Turned, word: str, argument: str, turn: Callable[[str, str, Settings], Turn], settings: Settings
) -> None:
    try:
        made = turn(word, argument, settings)
        if made.specifications:
            Stack.parse(made.specifications)
    except SpecError as error:
        _note(turned.left, word, argument, f"{str(error).removesuffix('.')}.")
    else:
        turned.specifications += made.specifications
        turned.options += made.options
        if made.nearly:
            _note(turned.nearly, word, argument, made.nearly)


def _note(where: list[str], word: str, argument: str, why: str) -> None:
    where.append(f"{word}{' ' * bool(argument)}{argument}: {why}")


class _Words(Iterator[str]):
    """What is left of the line."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def __next__(self) -> str:
        if not self._words:
            raise StopIteration
        return self._words.pop(0)

    def take(self) -> str:
        """The next word, whatever it is; SpecError when there is none."""
        if not self._words:
            raise SpecError("The line ends where an argument should come: write all of it.")
        return self._words.pop(0)

    def take_unknown(self) -> str:
        """The next word if it is likely to be an argument: no option, no picture's file, and not the last."""
        following = self._words[0] if len(self._words) > 1 else "-"
        is_file = PurePath(following).suffix.lower() in picture_suffixes()
        return "" if _is_option(following) or is_file else self._words.pop(0)


def _words(line: str | Sequence[str]) -> tuple[str, _Words]:
    """The program that is meant, and the words behind it."""
    program = ""
    try:
        words = shlex.split(line) if isinstance(line, str) else [*line]
    except ValueError as error:
        raise SpecError(f"The line cannot be read ({error}): check its quotes.") from None
    while words and (named := PurePath(words[0]).name.lower().removesuffix(".exe")) in PROGRAMS:
        program, words = named, words[1:]
    if words and words[0] in OTHERS:
        raise SpecError(f"{words[0]} does not change a picture: only magick, convert and mogrify do.")
    if not words:
        raise SpecError("The line is empty: write one such as `convert a.jpg -resize 50% b.jpg`.")
    return program, _Words(words)


def _is_option(word: str) -> bool:
    return len(word) > 1 and word[0] in "-+" and not word[1].isdigit()
