"""Parameters that name a file: where paths count from, what is refused, and that changed content is noticed."""

import os
from pathlib import Path

import pytest

from engine.errors import SpecError
from engine.parameters import File

READ: list[str] = []


def read(path: str) -> str:
    READ.append(path)
    return Path(path).read_text("ascii")


@pytest.fixture
def named(tmp_path: Path) -> File:
    (tmp_path / "shelf").mkdir()
    for name in ("calm", "warm"):
        (tmp_path / "shelf" / f"{name}.look").write_text(name, "ascii")
    return File(
        name="look",
        default="warm",
        help="A look.",
        allowed="a file",
        read=read,
        most=100,
        folder=str(tmp_path / "shelf"),
        suffix=".look",
    )


def test_a_relative_path_counts_from_the_current_folder(
    named: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.look").write_text("mine", "ascii")
    monkeypatch.chdir(tmp_path)
    whole = str(tmp_path / "mine.look")
    for typed in ("mine.look", "./mine.look", "shelf/../mine.look", whole):
        assert named.parse(f" {typed} ") == whole
    monkeypatch.chdir("/")
    assert named.parse(named.format(whole)) == named.check(named.plain(whole)) == whole
    assert named.located("mine.look", str(tmp_path)) == whole


def test_a_tilde_is_the_home_folder(named: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.look").write_text("mine", "ascii")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert named.parse("~/mine.look") == named.located("~/mine.look", "/") == str(tmp_path / "mine.look")


def test_a_word_names_one_that_comes_along_and_stays_a_word(named: File) -> None:
    assert named.shipped == ("calm", "warm")
    assert named.parse("warm") == "warm"
    assert named.content("warm") == "warm"
    assert named.nudge("warm", 1) == "calm"
    assert named.nudge("/elsewhere.look", 1) == "/elsewhere.look"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("none", "none"),
        ("none.look", "none.look does not exist; check its name and folder."),
        ("shelf", "shelf"),
        ("./shelf", "is no ordinary file; name one."),
        ("./pipe", "is no ordinary file; name one."),
        ("./empty", "is empty; name another file."),
        ("./large", "has 0.0 MB, and at most 0 MB are read"),
        ("./calm.look/inside", "does not exist"),
        ("./" + "long" * 200, "cannot be read (File name too long)"),
        ("./a\nb", "that can be printed"),
        ("./a'b\"", "quotes of one kind"),
        ("", ""),
    ],
)
def test_what_is_no_file_is_refused_with_its_name(
    named: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(bytes(101))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SpecError) as refusal:
        named.parse(typed)
    assert str(refusal.value).startswith("look")
    assert said in str(refusal.value)


def test_a_file_is_read_once_and_again_when_it_has_changed(named: File, tmp_path: Path) -> None:
    path = tmp_path / "mine.look"
    path.write_text("first", "ascii")
    READ.clear()
    before = named.stamp(str(path))
    assert [named.content(str(path)) for _ in range(3)] == ["first"] * 3
    assert READ.count(str(path)) == 1
    path.write_text("second", "ascii")
    assert named.stamp(str(path)) != before
    assert named.content(str(path)) == "second"
    path.unlink()
    with pytest.raises(SpecError, match="does not exist"):
        named.content(str(path))


def test_nothing_named_is_allowed_where_that_is_the_default(tmp_path: Path) -> None:
    picture = File(name="picture", default="", help="A picture.", allowed="a file", read=read, most=100)
    assert picture.parse("") == picture.check("") == ""
    assert picture.shipped == ()
    assert picture.nudge("", 1) == ""
