"""What results are called: every field, and nothing that leads out of the output folder."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.naming import FIELDS, Naming
from engine.batch.outputs import plan_outputs
from engine.errors import BatchError
from engine.files.folder import Found

FOUND = Found("/photos/holiday/IMG_1.x.jpg", "day 2/IMG_1.x.jpg")


def named(template: str, number: int = 7) -> str:
    return Naming(template, preset="film-web", filters="invert-gamma").name(FOUND, number)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{stem}", "day 2/IMG_1.x"),
        ("{stem}-{preset}", "day 2/IMG_1.x-film-web"),
        ("{n:4}_{filters}", "day 2/0007_invert-gamma"),
        ("{folder} {n}", "day 2/holiday 7"),
        ("{{{stem}}}", "day 2/{IMG_1.x}"),
        ("{folder}/{stem}", "day 2/holiday/IMG_1.x"),
        ("plain", "day 2/plain"),
    ],
)
def test_every_field_is_filled_in(template: str, name: str) -> None:
    assert named(template) == name


def test_the_date_is_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    os.utime(tmp_path / "a.jpg", (86400 * 366, 86400 * 366))
    (task,) = plan_outputs([str(tmp_path / "a.jpg")], str(tmp_path / "out"), naming=Naming("{date}/{stem}"))
    assert task.output == str(tmp_path / "out/1971-01-02/a.jpg")
    assert Naming("{date}").name(Found("/gone.jpg", "gone.jpg"), 1) == "undated"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{nothing}", "{nothing} is no field: use {stem}, {folder}"),
        ("{stem.__class__}", "{stem.__class__} is no field"),
        ("{stem[0]}", "is no field"),
        ("{0}", "is no field"),
        ("{}", "{} is no field"),
        ("{stem!r}", "is no field"),
        ("{stem:9}", "only {n:4} fills up"),
        ("{n:04d}", "only {n:4} fills up"),
        ("{n:99999999}", "only {n:4} fills up"),
        ("{n:{stem}}", "is not understood"),
        ("{stem", "is not understood"),
        ("stem}", "write {{ for a brace"),
        ("/{stem}", "begins at the root"),
        ("../{stem}", "names no file there"),
        ("{stem}/", "names no file there"),
        ("a//{stem}", "names no file there"),
        ("", "names no file there"),
        ("..", "names no file there"),
        ("a\0b", "holds a control character"),
        ("\x1b[31m{stem}", "holds a control character"),
        ("é" * 130 + "/{stem}", "more than 255 bytes"),
        (".safelight-{stem}", "begins like an unfinished file"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_one_sentence(template: str, said: str) -> None:
    with pytest.raises(BatchError) as refused:
        named(template)
    assert said in str(refused.value)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("field", ["preset", "filters"])
def test_a_field_that_stands_for_nothing_is_refused(field: str) -> None:
    with pytest.raises(BatchError, match="could stand for"):
        Naming(f"{{stem}}-{{{field}}}")


def test_a_name_that_is_too_long_is_told_before_any_pixel(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    with pytest.raises(BatchError, match="more than 255 bytes"):
        plan_outputs([str(tmp_path / "a.jpg")], str(tmp_path / "out"), naming=Naming("é" * 130))


def test_two_pictures_of_one_name_are_told_and_numbered(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png"):
        (tmp_path / name).touch()
    paths = [str(tmp_path / "a.jpg"), str(tmp_path / "a.png")]
    with pytest.raises(BatchError, match=r'give them names of their own with --name "{stem}-{n}"'):
        plan_outputs(paths, str(tmp_path / "out"), "webp")
    tasks = plan_outputs(paths, str(tmp_path / "out"), "webp", naming=Naming("{stem}-{n}"))
    assert [os.path.basename(task.output) for task in tasks] == ["a-1.webp", "a-2.webp"]


pieces = st.sampled_from(["/", "..", ".", "a", "{stem}", "{folder}", "{n}", "\0", "{preset}", "~", "\\", " "])


@given(st.lists(pieces, max_size=5).map("".join), st.sampled_from(["..", "a/../..", ".", "x\\..", "-", "\udcff"]))
def test_no_template_leads_out_of_the_folder(template: str, value: str) -> None:
    try:
        name = Naming(template, preset=value).name(Found(f"/p/{value}", value.replace("/", "") or "a"), 1)
    except BatchError:
        return
    whole = os.path.normpath(os.path.join("/out", name))
    assert whole.startswith("/out/")
    assert set(FIELDS) >= {"stem", "n"}
