"""An ordered, frozen stack of filters, each on or off; to and from specifications and plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.errors import LONGEST, SpecError, quoted
from engine.filter import Filter
from engine.filters import find
from engine.grammar import format_specification, parse_specification
from engine.mix import ALONE, NAMES, PICTURE, Mix, setting
from engine.parameters import File, Slider, Text, Value
from engine.parameters.places import Stamp


@dataclass(frozen=True, slots=True)
class Step:
    """One filter with a value for each of its parameters, in declared order."""

    filter: str
    values: tuple[tuple[str, Value], ...]
    on: bool = True
    mix: Mix = ALONE
    """How its result is laid over the picture before it."""

    @classmethod
    def of(cls, name: str, values: Mapping[str, Value] | None = None, *, on: bool = True) -> Step:
        """A step with defaults where no value is given; SpecError for unknown names and values out of range."""
        declared = _declared(name)
        given = dict(values or {})
        mix = _mix(declared, {key: given.pop(key) for key in NAMES if key in given})
        filled = tuple(
            (each.name, _checked(declared, each.name, given.pop(each.name, each.default)))
            for each in declared.parameters
        )
        for unknown in given:
            declared.parameter(unknown)
        if declared.check is not None:
            declared.check(dict(filled))
        return cls(declared.name, filled, on, mix)

    @classmethod
    def parse(cls, text: str) -> Step:
        """A step from `name:parameter=value,...`."""
        name, given = parse_specification(text)
        declared = _declared(name)
        values = {}
        for key, value in given.items():
            try:
                values[key] = (setting(key) if key in NAMES else declared.parameter(key)).parse(value)
            except SpecError as error:
                raise SpecError(f"{name}: {error}" if not str(error).startswith(name) else str(error)) from None
        return cls.of(name, values)

    @classmethod
    def from_plain(cls, name: str, values: Mapping[str, object], *, on: bool, folder: str | None = None) -> Step:
        """A step from plain values, as JSON and TOML hold them; relative paths count from a folder, or the current."""
        declared = _declared(name)
        return cls.of(name, {key: _read(declared, key, value, folder) for key, value in values.items()}, on=on)

    def to_plain(self) -> dict[str, Value]:
        """The values as JSON and TOML hold them."""
        pairs = zip(self.declaration.parameters, self.values, strict=True)
        plain = {name: parameter.plain(value) for parameter, (name, value) in pairs}
        return plain | {name: setting(name).plain(value) for name, value in self.mix.changed()}

    @property
    def declaration(self) -> Filter:
        """The filter's declaration."""
        return find(self.filter)

    def specification(self) -> str:
        """The text that parses to this step; parameters at their defaults are left out."""
        changed = [
            (parameter.name, parameter.format(value))
            for parameter, (_, value) in zip(self.declaration.parameters, self.values, strict=True)
            if value != parameter.default
        ]
        changed += [(name, setting(name).format(value)) for name, value in self.mix.changed()]
        return format_specification(self.filter, changed)

    def files(self) -> list[tuple[File, str]]:
        """Parameters that name a file, with their values; the picture of a mask is one."""
        pairs = zip(self.declaration.parameters, self.values, strict=True)
        named = [(each, str(value)) for each, (_, value) in pairs if isinstance(each, File) and value]
        mask = self.mix.asked
        return [*named, (PICTURE, mask.path)] if mask is not None and mask.path else named

    @property
    def given(self) -> dict[str, Value]:
        """All values by name: the filter's, and those of opacity, blend mode and mask that are not as by default."""
        return dict(self.values) | dict(self.mix.changed())

    def with_value(self, name: str, value: Value) -> Step:
        """The step with one parameter changed; SpecError when it is out of range."""
        return self.with_values({name: value})

    def with_values(self, values: Mapping[str, Value]) -> Step:
        """The step with several changed; SpecError when one is out of range, or they are not allowed together."""
        return Step.of(self.filter, self.given | dict(values), on=self.on)


def _declared(name: str) -> Filter:
    """The filter of that name; SpecError otherwise, short however long the name is."""
    return find(name if len(name) <= LONGEST else f"{name[:LONGEST]}…")


def _checked(declared: Filter, name: str, value: Value) -> Value:
    try:
        return declared.parameter(name).check(value)
    except SpecError as error:
        raise SpecError(f"{declared.name}: {error}") from None


def _mix(declared: Filter, values: Mapping[str, Value]) -> Mix:
    """SpecError where a filter's result is no layer."""
    try:
        mix = Mix.of(values)
    except SpecError as error:
        raise SpecError(f"{declared.name}: {error}") from None
    if not mix.plain and declared.resizes:
        raise SpecError(
            f"{declared.name}: opacity, blend and mask need a result that lies over the picture before; leave them out."
        )
    return mix


def _read(declared: Filter, name: str, plain: object, folder: str | None) -> Value:
    parameter = setting(name) if name in NAMES else declared.parameter(name)
    try:
        return parameter.located(plain, folder) if isinstance(parameter, File | Text) else parameter.from_plain(plain)
    except SpecError as error:
        raise SpecError(f"{declared.name}: {error}") from None


def _reduced(parameter: Slider, value: float, factor: float) -> float:
    """A length in pixels on a picture reduced by that factor."""
    scaled = max(value * factor, parameter.low)
    if parameter.side:
        return max(1.0, float(round(scaled)))
    return float(round(scaled)) if parameter.whole else scaled


@dataclass(frozen=True, slots=True)
class Stack:
    """Steps in the order in which they are applied. Equal stacks make equal pictures: a stack is its own cache key."""

    steps: tuple[Step, ...] = ()

    @classmethod
    def parse(cls, specifications: Iterable[str]) -> Stack:
        """A stack from specifications; SpecError names the one that is wrong."""
        return cls(tuple(Step.parse(text) for text in specifications))

    @classmethod
    def from_list(cls, entries: Iterable[Mapping[str, Any]]) -> Stack:
        """A stack from plain values, as JSON and TOML hold them."""
        steps = []
        for entry in entries:
            try:
                steps.append(Step.from_plain(entry["filter"], entry.get("values", {}), on=bool(entry.get("on", True))))
            except (KeyError, TypeError, AttributeError, OverflowError):
                raise SpecError(
                    f"{quoted(entry)} is not a step: it needs `filter`, and may have `values` and `on`."
                ) from None
        return cls(tuple(steps))

    def to_list(self) -> list[dict[str, Any]]:
        """The inverse of `from_list`."""
        return [{"filter": step.filter, "values": step.to_plain(), "on": step.on} for step in self.steps]

    def specifications(self) -> list[str]:
        """Specifications of the steps that are on."""
        return [step.specification() for step in self.steps if step.on]

    def read_files(self) -> None:
        """Read what the steps that are on name, so that SpecError says now what is wrong, and plans find it at hand."""
        for step in self.steps:
            for parameter, value in step.files() if step.on else ():
                try:
                    parameter.content(value)
                except SpecError as error:
                    raise SpecError(f"{step.filter}: {error}") from None

    def stamps(self) -> dict[str, Stamp]:
        """What tells other content of the files that steps name from this, by path; SpecError when one is gone."""
        named = [pair for step in self.steps if step.on for pair in step.files()]
        return {parameter.path(value): parameter.stamp(value) for parameter, value in named}

    def add(self, step: Step, at: int | None = None) -> Stack:
        """With a step put in before position `at`, or at the end."""
        where = len(self.steps) if at is None else at
        return Stack((*self.steps[:where], step, *self.steps[where:]))

    def remove(self, index: int) -> Stack:
        """Without one step."""
        return Stack((*self.steps[:index], *self.steps[index + 1 :]))

    def move(self, index: int, by: int) -> Stack:
        """With one step moved, as far as there is room."""
        target = min(max(index + by, 0), len(self.steps) - 1)
        return self.remove(index).add(self.steps[index], target)

    def put(self, index: int, step: Step) -> Stack:
        """With one step exchanged."""
        return Stack((*self.steps[:index], step, *self.steps[index + 1 :]))

    def toggle(self, index: int) -> Stack:
        """With one step switched on or off."""
        step = self.steps[index]
        return self.put(index, replace(step, on=not step.on))

    def scaled(self, factor: float) -> tuple[Stack, tuple[str, ...]]:
        """The stack for a picture reduced by `factor`, lengths in pixels scaled; a sentence for each that vanishes."""
        steps, notes = [], []
        for step in self.steps:
            values = []
            for parameter, (name, value) in zip(step.declaration.parameters, step.values, strict=True):
                scaled: Value = value
                if isinstance(parameter, Slider) and parameter.unit == "px" and float(value) > 0.0:
                    if step.on and factor < 1.0 and float(value) * factor < 0.5:
                        notes.append(f"{step.filter}: {name} {parameter.format(value)} px is under half a pixel here")
                    scaled = _reduced(parameter, float(value), factor)
                values.append((name, scaled))
            steps.append(replace(step, values=tuple(values)))
        return Stack(tuple(steps)), tuple(notes)
