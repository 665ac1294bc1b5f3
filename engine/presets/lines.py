"""Where in a preset's text a step or a key stands: `tomllib` does not tell. It reads only what that has understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?"""+|\'\'\'.*?\'\'\'+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<word>[A-Za-z0-9_-]+)|(?P<mark>[\[\]{}=.])|(?P<line>\n)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


class Lines:
    """Those of one text."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._starts = list(self._step_starts())

    def line(self, step: int | None, key: str) -> int:
        """The line of a key of a step, or of the file's own; of the step where it has no such key; else the first."""
        begin, end = 0, self._starts[0] if self._starts and key != "steps" else len(self._tokens)
        if step is not None and step < len(self._starts):
            begin = self._starts[step]
            end = self._starts[step + 1] if step + 1 < len(self._starts) else len(self._tokens)
            if key == "steps":
                return self._tokens[begin].line
        part = self._tokens[begin:end]
        for here, after in pairwise([*part, _Token("", 0)]):
            if here.text == key and after.text in ("=", ".", "]"):
                return here.line
        return self._tokens[begin].line if step is not None and self._tokens else 1

    def _step_starts(self) -> Iterator[int]:
        """Places of `[[steps]]`, or of each `{` in `steps = [{...}, {...}]`."""
        depth, inside = 0, False
        texts = [each.text for each in self._tokens]
        for place, text in enumerate(texts):
            if depth == 0 and texts[place : place + 5] == ["[", "[", "steps", "]", "]"]:
                yield place
            inside = inside or (depth == 0 and texts[place : place + 3] == ["steps", "=", "["])
            if inside and depth == 1 and text == "{":
                yield place
            depth += (text in ("[", "{")) - (text in ("]", "}"))
            if inside and depth == 0 and text == "]":
                inside = False


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in TOKEN.finditer(text):
        kind, token = found.lastgroup, found[0]
        if kind not in ("comment", "line"):
            yield _Token(token.strip("\"'") if kind == "string" else token, line)
        line += token.count("\n")
