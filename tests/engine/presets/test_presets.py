"""Presets: those that come along, a person's own, files that anybody may have written, and the way back to a file."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from engine.errors import SafelightError, SpecError
from engine.filters import find
from engine.presets import BUILT_IN, entries, find_preset, read_entry, save_preset, stack_of
from engine.presets.preset import MOST_BYTES, MOST_STEPS, Preset
from engine.presets.reading import read_preset
from engine.presets.writing import to_toml
from engine.stack import Stack
from tests.engine.pictures import stacks

HEAD = 'name = "mine"\ndescription = "A test."\n'
STEP = '\n[[steps]]\nfilter = "exposure"\nvalues = { ev = 1 }\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own presets, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "safelight" / "presets"
    folder.mkdir(parents=True)
    return folder


def test_at_least_twelve_come_along_and_all_can_be_used(own: Path) -> None:
    found = entries()
    assert len(found) >= 12
    assert {"portrait-soft", "night-rescue", "black-and-white-film", "cross-process", "web-1600"} <= set(found)
    for entry in found.values():
        preset = read_entry(entry)
        assert preset.description.endswith(".")
        assert not preset.notes
        assert all(not step.declaration.is_neutral(dict(step.values)) for step in preset.stack.steps)


def test_a_persons_own_wins_and_says_so(own: Path) -> None:
    (own / "matte.toml").write_text(HEAD.replace("mine", "matte") + STEP)
    (own / "mine.toml").write_text(HEAD + STEP)
    found = entries()
    assert (found["matte"].own, found["matte"].replaces, found["mine"].replaces) == (True, True, False)
    assert find_preset("matte").stack == Stack.parse(["exposure:ev=1"])
    assert find_preset(str(BUILT_IN / "matte.toml")).stack != find_preset("matte").stack


def test_one_in_the_folder_has_the_name_of_its_file(own: Path) -> None:
    (own / "other.toml").write_text(HEAD + STEP)
    with pytest.raises(SpecError, match=r"other\.toml names itself 'mine'"):
        find_preset("other")
    assert find_preset(str(own / "other.toml")).name == "mine"


def test_an_unknown_name_has_its_nearest(own: Path) -> None:
    with pytest.raises(SpecError, match="the nearest is 'night-rescue'"):
        find_preset("nightrescue")


def test_presets_come_first_and_then_the_filters(own: Path) -> None:
    (own / "mine.toml").write_text(HEAD + STEP)
    stack, notes = stack_of(["mine", "mine"], ["sepia"])
    assert stack == Stack.parse(["exposure:ev=1", "exposure:ev=1", "sepia"])
    assert notes == []
    with pytest.raises(SpecError, match="--preset"):
        stack_of([], [])


INLINE = 'steps = [\n  { filter = "gamma" },\n  # {\n  { filter = "gamma", values = { gamma = 999 } },\n]\n'
BROKEN = [
    (HEAD + "oops\n" + STEP, 3, "no TOML"),
    (HEAD + STEP + "version = [", 7, "no TOML"),
    (STEP, 1, "name is missing"),
    (HEAD, 1, "steps is missing"),
    (HEAD.replace("A test.", "A\\ntest.") + STEP, 2, "one line"),
    (HEAD.replace("mine", "../mine") + STEP, 1, "name"),
    (HEAD + "stepps = 1\n" + STEP, 3, "'stepps' means nothing"),
    (HEAD + "steps = 3\n", 3, "tables"),
    (HEAD + "steps = []\n", 3, "1 to 100 steps"),
    (HEAD + STEP + STEP.replace("exposure", "exposrue"), 9, "the nearest is 'exposure'"),
    (HEAD + STEP + STEP.replace("ev = 1", "ev = 99"), 10, "between -20 and 20"),
    (HEAD + STEP + "[[steps]]\nfilter = 'contrast'\n[steps.values]\namount = 0.1\npivot = 2\n", 11, "pivot"),
    (HEAD + STEP.replace("ev = 1", "ev = nan"), 6, "ev"),
    (HEAD + STEP.replace("ev = 1", f"ev = 1{'0' * 400}"), 6, "no value"),
    (HEAD + STEP.replace("ev = 1", "ev = 2020-01-01"), 6, "must be a number"),
    (HEAD + STEP.replace("ev = 1", "eV = 1"), 6, "no parameter 'eV'"),
    (HEAD + STEP.replace("{ ev = 1 }", "7"), 6, "values must be a table"),
    (HEAD + STEP + "version = 0\n", 7, "version"),
    (HEAD + STEP + "on = 1\n", 7, "true or false"),
    (HEAD + STEP + "opaque = 1\n", 7, "'opaque' means nothing"),
    (HEAD + "\n[[steps]]\nvalues = {}\n", 4, "needs filter"),
    (HEAD + '# [[steps]]\n"steps" = [{ filter = "[[steps]]" }]\n', 4, "no filter"),
    (HEAD + INLINE, 6, "gamma"),
    (HEAD + STEP.replace("exposure", "resize").replace("ev = 1", 'fit = "round"'), 6, "fit"),
    (HEAD + STEP * (MOST_STEPS + 1), 4 + 4 * MOST_STEPS, "not 101"),
]


@pytest.mark.parametrize(("text", "line", "what"), BROKEN)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_broken_one_names_the_line_and_what_is_wrong(
    tmp_path: Path, text: str, line: int, what: str, ending: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(text.replace("\n", ending).encode())
    with pytest.raises(SpecError) as caught:
        read_preset(path)
    assert f"mine.toml, line {line}: " in str(caught.value)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_text_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(HEAD.encode() + b"\n\xff")
    with pytest.raises(SpecError, match="line 4: this is no UTF-8"):
        read_preset(path)


@pytest.mark.parametrize("text", ["a = " + "[" * 20000, f"a = {'9' * 5000}"])
def test_what_would_take_too_much_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SpecError, match=r"mine\.toml"):
        read_preset(path)


def test_opacity_blend_and_mask_are_kept(tmp_path: Path) -> None:
    preset = Preset("mine", "A test.", Stack.parse(["sepia:opacity=0.4,blend=screen,mask=luminance 0 50 10"]))
    (tmp_path / "mine.toml").write_text(to_toml(preset))
    assert read_preset(tmp_path / "mine.toml") == preset


def test_values_that_are_allowed_only_together_are(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + '[[steps]]\nfilter = "crop"\nvalues = { left = 60, right = 30 }\n')
    assert len(read_preset(path).stack.steps) == 1
    path.write_text(path.read_text().replace("30", "60"))
    with pytest.raises(SpecError, match="line 5"):
        read_preset(path)


def test_a_million_filters_are_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + STEP * 1_000_000)
    with pytest.raises(SpecError, match=f"more than {MOST_BYTES >> 10} KiB"):
        read_preset(path)


@pytest.mark.parametrize("name", ["missing.toml", "nul\0.toml", "folder.toml"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(SpecError):
        read_preset(tmp_path / name)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(SpecError, match="no ordinary file"):
        read_preset(tmp_path / "pipe.toml")


def test_another_version_of_a_filter_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(HEAD + STEP + "version = 1\n" + STEP)
    assert read_preset(path).notes == ()
    newer = replace(find("exposure"), version=2)
    monkeypatch.setattr("engine.stack.find", lambda name: newer)
    (note,) = read_preset(path).notes
    assert re.match(r"mine was made for version 1 of exposure; this is version 2", note)


@given(stack=stacks(longest=4))
def test_what_is_written_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, stack: Stack) -> None:
    if not stack.steps:
        return
    preset = Preset("mine", 'With "quotes" and a \\.', stack.toggle(0))
    path = tmp_path_factory.mktemp("written") / "mine.toml"
    path.write_text(to_toml(preset), encoding="utf-8")
    assert read_preset(path) == preset


def test_one_is_kept_and_replaced_only_if_that_is_meant(own: Path) -> None:
    own.rmdir()
    first, second = (Preset("mine", "A test.", Stack.parse([f"exposure:ev={ev}"])) for ev in (1, 2))
    assert save_preset(first) == own / "mine.toml"
    assert save_preset(second) is None
    assert find_preset("mine") == first
    assert save_preset(second, replace=True) is not None
    assert find_preset("mine") == second
    assert [path.name for path in own.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize("name", ["", "a/b", "..", "a b", "-a", "a" * 61, "a.toml"])
def test_a_name_that_is_none_is_not_kept(own: Path, name: str) -> None:
    with pytest.raises(SpecError, match="name is letters"):
        save_preset(Preset(name, "A test.", Stack.parse(["sepia"])))
    assert list(own.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(own: Path) -> None:
    own.rmdir()
    own.write_text("")
    with pytest.raises(SafelightError, match="cannot be written"):
        save_preset(Preset("mine", "A test.", Stack.parse(["sepia"])))
