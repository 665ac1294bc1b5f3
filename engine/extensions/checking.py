"""Whether what a module declares is fit to be a filter. It makes no picture."""

from __future__ import annotations

import re
from typing import Any, get_args

from engine.errors import SpecError
from engine.filter import Filter, Kind, Light
from engine.grammar import parse_specification
from engine.mix import NAMES, setting
from engine.parameters import Colour, Parameter, Slider

COUNTS = {"margins": 4, "place": 2}
"""How many numbers those forms are that are of numbers alone."""
FORMS = ("gradient", *COUNTS)
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def checked(loaded: Any) -> Filter:
    """The filter of a module, or the filter itself; SpecError for what is not fit to be one."""
    declared = loaded if isinstance(loaded, Filter) else getattr(loaded, "FILTER", None)
    if not isinstance(declared, Filter):
        raise SpecError("it declares no FILTER = Filter(...)")
    for field in ("name", "group", "help", "example"):
        text: object = getattr(declared, field)
        if not isinstance(text, str) or not (text.strip() or field == "example"):
            raise SpecError(f"{field} must be a text, not {text!r}")
    if not NAME.fullmatch(declared.name):
        raise SpecError(f"a name has small letters, digits and single hyphens, unlike {declared.name!r}")
    if declared.light not in get_args(Light):
        raise SpecError(f"light is one of {', '.join(get_args(Light))}, not {declared.light!r}")
    if not isinstance(declared.kind, get_args(Kind)):
        raise SpecError(f"kind is none of the kinds of filters, but {declared.kind!r}")
    _check_parameters(declared)
    _check_forms(declared)
    _check_example(declared)
    return declared


def _check_parameters(declared: Filter) -> None:
    """They are parameters, their defaults are allowed, and constants can be made of these."""
    for parameter in declared.parameters:
        if not isinstance(parameter, get_args(Parameter)):
            raise SpecError(f"{parameter!r} is no parameter")
        if parameter.name in NAMES:
            raise SpecError(f"{parameter.name} is a setting that every filter has, so name the parameter otherwise")
        parameter.check(parameter.default)
    for name in declared.neutral or {}:
        declared.parameter(name)
    constants = getattr(declared.kind, "constants", None)
    if constants is not None:
        tuple(map(float, constants({each.name: each.default for each in declared.parameters})))


def _check_forms(declared: Filter) -> None:
    """An editor finds what it needs."""
    for form, names in declared.forms.items():
        if form not in FORMS:
            raise SpecError(f"forms are {', '.join(FORMS)}, not {form!r}")
        kinds = [type(declared.parameter(name)) for name in names]
        if (form == "gradient" and kinds[:2] != [Colour] * 2) or (form in COUNTS and kinds != [Slider] * COUNTS[form]):
            raise SpecError(f"{form} cannot be of {', '.join(names)}")


def _check_example(declared: Filter) -> None:
    """It is one of this filter, with values that are allowed."""
    name, given = parse_specification(declared.example or declared.name)
    if name != declared.name:
        raise SpecError(f"its example is one of {name}")
    for key, text in given.items():
        (setting(key) if key in NAMES else declared.parameter(key)).parse(text)
