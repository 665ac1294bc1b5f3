"""Texts made to keep a program busy, or to write on a terminal, as specifications, presets and tables of colours."""

import resource
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.child import environment
from engine.errors import SpecError
from engine.files.cube import MOST_LINES, read_cube
from engine.files.name import ESCAPED
from engine.filters import catalogue
from engine.presets.reading import read_preset
from engine.stack import Stack
from tests.engine.pictures import stacks

LONGEST = 400
"""Letters of a sentence."""
MILLION = 1_000_000
GIGABYTE = 1 << 30
HEAD = 'name = "mine"\ndescription = "A test."\n'
STEP = '[[steps]]\nfilter = "exposure"\n'
WORDS = st.sampled_from(
    [*catalogue(), "points", "gamma", "mask", "opacity", "nan", "-inf", "1e999", "9" * 5000, "\x1b[2J"]
)
MARKS = st.sampled_from([*":=,[]'\"; \\\n\0\u202e\udcff#{}.", "[[steps]]", '"""', "values", "filter", "name"])
SCRAPS = st.lists(st.one_of(WORDS, MARKS, st.text(max_size=6)), max_size=24).map("".join)
SPECIFICATIONS = {
    "commas": "," * MILLION,
    "commas after a name": "gamma:" + "," * MILLION,
    "a name": "g" * MILLION,
    "a key": "gamma:" + "k" * MILLION + "=1",
    "a key again and again": "gamma:" + "gamma=1," * MILLION,
    "brackets": "gamma:gamma=" + "[" * MILLION,
    "quotes": "gamma:gamma=" + "'" * MILLION + "'",
    "digits": "gamma:gamma=" + "9" * MILLION,
    "letters": "gamma:gamma=" + "x" * MILLION,
    "a list": "curves:points=[" + "0 0;" * MILLION + "]",
    "escape codes": "\x1b[2J:\x1b]0;x\7=\u202e",
}
PLAIN = {
    "a number": {"filter": "gamma", "values": {"gamma": 10**5000}},
    "a list": {"filter": "gamma", "values": {"gamma": [[[]]] * MILLION}},
    "a text": {"filter": "gamma", "values": {"gamma": "\x1b" * MILLION}},
    "a name": {"filter": "x" * MILLION},
    "no filter": {"\x1b": "a" * MILLION},
    "a blend": {"filter": "gamma", "values": {"blend": "x" * MILLION}},
    "a colour": {"filter": "duotone", "values": {"shadows": "#" * MILLION}},
}
PRESETS = {
    "a million filters": HEAD + STEP * MILLION,
    "a hundred megabytes": "#" * 100 * MILLION,
    "lists in lists": HEAD + "a=" + "[" * 60_000,
    "tables in tables": HEAD + "a=" + "{a=" * 20_000,
    "a dotted key": HEAD + "a" + ".a" * 30_000 + "=1",
    "a dotted table": HEAD + "[a" + ".a" * 30_000 + "]",
    "dotted values": HEAD + STEP + "values={a" + ".a" * 30_000 + "=1}",
    "dotted keys": HEAD + ("a" + ".a" * 490 + "=1\n") * 60,
    "a key": HEAD + "k" * 60_000 + "=1",
    "a name": HEAD.replace("mine", "a" * 60_000) + STEP,
    "a value": HEAD + STEP + f'values={{ev="{"x" * 60_000}"}}',
    "a number": HEAD.replace('"mine"', "0x" + "f" * 30_000) + STEP,
    "a version": HEAD + STEP + "version=" + "9" * 60_000,
    "steps that are none": HEAD + "steps=[" + "{}," * 20_000 + "]",
    "escape codes": HEAD + 'steps=[{filter="\\u001b[31m\\u202e"}]',
}
TABLES = {
    "digits": "LUT_3D_SIZE " + "9" * MILLION,
    "a word": "A" * MILLION,
    "words": "LUT_3D_SIZE 2\n" + "0 " * MILLION,
    "a long row": "LUT_1D_SIZE 2\n" + "9" * MILLION + " 0 0\n",
    "nan": "LUT_1D_SIZE 2\n" + "nan nan nan\n" * 2,
    "inf": "LUT_1D_SIZE 2\n" + "1e999 0 0\n" * 2,
    "a size without rows": "LUT_3D_SIZE 129\n",
    "other digits": "LUT_3D_SIZE \u00b2\n",
    "escape codes": "LUT_3D_SIZE\x1b]0;x\7 2\n",
}


def refused(work: Callable[[], object]) -> str:
    """One sentence of moderate length that no terminal obeys."""
    with pytest.raises(SpecError) as caught:
        work()
    check(str(caught.value))
    return str(caught.value)


def check(sentence: str) -> None:
    assert sentence.endswith(".")
    assert len(sentence) <= LONGEST
    assert not any(unicodedata.category(letter) in ESCAPED for letter in sentence)


@pytest.mark.parametrize("text", SPECIFICATIONS.values(), ids=SPECIFICATIONS)
def test_a_megabyte_of_specification(text: str) -> None:
    refused(lambda: Stack.parse([text]))


@pytest.mark.parametrize("entry", PLAIN.values(), ids=PLAIN)
def test_plain_values_of_any_size(entry: dict[str, object]) -> None:
    refused(lambda: Stack.from_list([entry]))


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_a_table_of_colours(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.cube"
    path.write_text(text, "latin-1")
    assert str(path) in refused(lambda: read_cube(str(path)))


def test_a_table_of_endless_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.cube"
    path.write_bytes(b"\n" * (MOST_LINES + 1))
    assert f"more than {MOST_LINES} lines" in refused(lambda: read_cube(str(path)))


@pytest.mark.parametrize("text", PRESETS.values(), ids=PRESETS)
def test_a_preset(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    assert str(path) in refused(lambda: read_preset(path))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep to this limit")
def test_presets_take_little_memory(tmp_path: Path) -> None:
    """All of them, one after another, in a process that has a gigabyte and ten seconds."""
    for number, text in enumerate(PRESETS.values()):
        (tmp_path / f"{number}.toml").write_text(text)
    code = (
        "import sys\nfrom engine.errors import SpecError\nfrom engine.presets.reading import read_preset\n"
        "for path in sys.argv[1:]:\n try: read_preset(path)\n except SpecError: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *tmp_path.iterdir()],
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=lambda: (
            resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE)),
            resource.setrlimit(resource.RLIMIT_CPU, (10, 10)),
        ),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"refused") == len(PRESETS)


def attempt(work: Callable[[], object]) -> None:
    try:
        work()
    except SpecError as error:
        check(str(error))


def try_preset(folder: Path, cut: int, scrap: str) -> None:
    """A scrap inside a sound preset, or instead of its steps."""
    whole = HEAD + STEP + "values = { ev = 1 }\n"
    for made in (whole[:cut] + scrap + whole[cut:], HEAD + scrap):
        (folder / "mine.toml").write_bytes(made.encode("utf-8", "surrogatepass"))
        attempt(lambda: read_preset(folder / "mine.toml"))


def try_table(folder: Path, cut: int, scrap: str) -> None:
    """A scrap inside a sound table."""
    whole = "TITLE x\nLUT_1D_SIZE 2\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n0 0 0\n1 1 1\n"
    (folder / "a.cube").write_bytes((whole[:cut] + scrap + whole[cut:]).encode("utf-8", "surrogatepass"))
    attempt(lambda: read_cube(str(folder / "a.cube")))


def try_specification(stack: Stack, scrap: str, place: float) -> None:
    """A scrap by itself, and inside a sound specification."""
    for text in ("", *stack.specifications()):
        at = round(place * len(text))
        attempt(lambda made=text[:at] + scrap + text[at:]: Stack.parse([made]))  # type: ignore[misc]


@settings(max_examples=60)
@given(stack=stacks(2), scrap=SCRAPS, place=st.floats(0, 1))
def test_any_specification_is_one_or_a_sentence(stack: Stack, scrap: str, place: float) -> None:
    try_specification(stack, scrap, place)


@settings(max_examples=60)
@given(cut=st.integers(0, 100), scrap=SCRAPS)
def test_any_preset_is_one_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, cut: int, scrap: str) -> None:
    try_preset(tmp_path_factory.getbasetemp(), cut, scrap)


@settings(max_examples=60)
@given(cut=st.integers(0, 80), scrap=SCRAPS)
def test_any_table_is_one_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, cut: int, scrap: str) -> None:
    try_table(tmp_path_factory.getbasetemp(), cut, scrap)
