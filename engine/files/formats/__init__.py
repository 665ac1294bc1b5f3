"""The formats, found by walking this folder: each file but this one declares `FORMAT`. No list is kept."""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import BinaryIO

from engine.files.format import HEAD_BYTES, Format


@functools.cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in the order of their names. Loads neither NumPy nor a codec."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    declared: list[Format] = [importlib.import_module(f"{__name__}.{name}").FORMAT for name in names]
    return MappingProxyType({each.name: each for each in declared})


@functools.cache
def picture_suffixes() -> Mapping[str, Format]:
    """Which format each suffix stands for; small letters with the dot."""
    return MappingProxyType({suffix: each for each in formats().values() for suffix in each.suffixes})


def recognise(file: BinaryIO) -> Format | None:
    """The format of a file, from its beginning on, whatever its name says; those that look twice are asked first."""
    head = file.read(HEAD_BYTES)
    likely = [each for each in formats().values() if each.recognises(head)]
    sure = (each for each in likely if each.confirms is not None and each.confirms(file))
    return next(sure, next((each for each in likely if each.confirms is None), None))
