"""The text of one step, `name:parameter=value,parameter=value`, taken apart and put together. Knows no filter."""

from collections.abc import Iterable, Iterator

from engine.errors import SpecError, quoted

OPENING = {"[": "]", '"': '"', "'": "'"}


def parse_specification(text: str) -> tuple[str, dict[str, str]]:
    """The filter's name and its parameters as text, in order; SpecError says what is wrong.

    Values that hold a comma, a colon or a space are quoted; lists stand in brackets: `points=[0 0; 0.5 0.6; 1 1]`.
    """
    name, _, rest = text.partition(":")
    name = name.strip()
    if not name:
        raise SpecError(f"{quoted(text)} names no filter; write it as name:parameter=value,parameter=value.")
    parameters: dict[str, str] = {}
    for part in _split(rest, text):
        key, equals, value = part.partition("=")
        key = key.strip()
        if not equals or not key:
            raise SpecError(f"{quoted(part.strip())} in {quoted(text)} is not parameter=value.")
        if key in parameters:
            raise SpecError(f"{quoted(key)} is given twice in {quoted(text)}.")
        parameters[key] = _unquote(value.strip())
    return name, parameters


def format_specification(name: str, parameters: Iterable[tuple[str, str]]) -> str:
    """The inverse of `parse_specification`, for values that do not hold both kinds of quotes."""
    body = ",".join(f"{key}={_quote(value)}" for key, value in parameters)
    return f"{name}:{body}" if body else name


def _split(rest: str, whole: str) -> Iterator[str]:
    """Parts between commas that stand outside quotes and brackets."""
    part, closing = "", ""
    for character in rest:
        if closing:
            closing = "" if character == closing else closing
        elif character in OPENING:
            closing = OPENING[character]
        elif character == ",":
            yield part
            part = ""
            continue
        part += character
    if closing:
        raise SpecError(f"{quoted(whole)} lacks a closing {closing}: write it where the value ends.")
    if part.strip() or rest.rstrip().endswith(","):
        yield part


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _quote(value: str) -> str:
    is_list = value.startswith("[") and value.find("]") == len(value) - 1
    if is_list or not any(character in ",:\"'[" or character.isspace() for character in value):
        return value
    return f"'{value}'" if '"' in value else f'"{value}"'
