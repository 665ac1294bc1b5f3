"""Which file becomes which, in real folders: nothing lost, nothing written twice, no source ever in danger."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.batch.in_place import plan_in_place
from engine.batch.outputs import plan_outputs
from engine.errors import BatchError, SafelightError
from engine.files.encode import FORMATS
from engine.files.formats import formats
from engine.job import Task


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def planned(tmp_path: Path, paths: list[str], **options: str) -> dict[str, str]:
    """Outputs by source, both below the temporary folder."""
    tasks = plan_outputs([str(tmp_path / path) for path in paths], str(tmp_path / "out"), **options)  # type: ignore[arg-type]
    return {os.path.relpath(task.source, tmp_path): os.path.relpath(task.output, tmp_path) for task in tasks}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_trees_are_mirrored_in_the_order_given(here: Path) -> None:
    make(here, "in/b.jpg", "in/a/c.PNG", "in/a/note.txt", "in/a10.webp", "in/a9.tif", "one.jpg", "odd")
    assert planned(here, ["one.jpg", "in", "odd"]) == {
        "one.jpg": "out/one.jpg",
        "in/a9.tif": "out/a9.tif",
        "in/a10.webp": "out/a10.webp",
        "in/b.jpg": "out/b.jpg",
        "in/a/c.PNG": "out/a/c.PNG",
        "odd": "out/odd",
    }
    (task,) = plan_outputs(["one.jpg"], "out")
    assert (task.source, task.output) == (str(here / "one.jpg"), str(here / "out/one.jpg"))
    assert not (here / "out").exists()


def test_a_file_given_twice_is_done_once(here: Path) -> None:
    make(here, "in/a.jpg", "in/b/c.jpg")
    assert list(planned(here, ["in/a.jpg", "in", "in/./a.jpg", "in/b/../a.jpg"])) == ["in/a.jpg", "in/b/c.jpg"]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("keep", {"a.JPG": "a.JPG", "b.x.png": "b.x.png", "v1.2": "v1.2", "none": "none"}),
        ("webp", {"a.JPG": "a.webp", "b.x.png": "b.x.webp", "v1.2": "v1.2.webp", "none": "none.webp"}),
        ("jpeg", {"a.JPG": "a.JPG", "b.x.png": "b.x.jpg", "c.jpeg": "c.jpeg"}),
        ("png", {"a.JPG": "a.png", "b.x.png": "b.x.png"}),
        ("tiff", {"a.JPG": "a.tif", "b.tiff": "b.tiff", ".jpg": ".jpg.tif"}),
    ],
)
def test_the_format_decides_the_suffix(here: Path, form: str, names: dict[str, str]) -> None:
    make(here, *names)
    assert planned(here, list(names), format=form) == {name: f"out/{output}" for name, output in names.items()}


def test_an_unknown_format_is_told(here: Path) -> None:
    make(here, "a.jpg")
    with pytest.raises(BatchError, match=f"--format must be keep or one of {', '.join(FORMATS)}, not eps"):
        planned(here, ["a.jpg"], format="eps")


def test_the_output_folder_is_never_an_input(here: Path) -> None:
    make(here, "a.jpg", "out/old.jpg", "out/deep/old.jpg", "in/b.jpg")
    assert list(planned(here, ["."])) == ["a.jpg", "in/b.jpg"]
    assert list(planned(here, ["in", "out", "a.jpg"])) == ["in/b.jpg", "a.jpg"]
    (here / "link").symlink_to(here / "out")
    assert list(planned(here, ["in", "link"])) == ["in/b.jpg"]
    for only in (["out"], ["link"], ["out/."]):
        with pytest.raises(BatchError, match="is the output folder, which is never an input"):
            planned(here, only)


@pytest.mark.parametrize("existing", ["fail", "skip", "replace"])
def test_a_source_is_never_written_over(here: Path, existing: str) -> None:
    make(here, "out/a.jpg", "in/b.jpg", "in/c.jpg", "in/deep/d.jpg")
    (here / "in/a.jpg").symlink_to(here / "out/a.jpg")
    os.link(here / "in/b.jpg", here / "out/b.jpg")
    (here / "out/c.jpg").symlink_to(here / "in/deep/d.jpg")
    for paths in (["out/a.jpg"], ["in/a.jpg"], ["in/b.jpg"], ["in/c.jpg", "in/deep/d.jpg"]):
        with pytest.raises(BatchError, match="is one of the sources, and those are never written over"):
            planned(here, paths, existing=existing)


def test_the_folder_of_the_source_may_take_another_format(here: Path) -> None:
    make(here, "out/a.jpg")
    assert planned(here, ["out/a.jpg"], format="webp") == {"out/a.jpg": "out/a.webp"}


@pytest.mark.parametrize(
    ("names", "paths", "form", "said"),
    [
        (["in/a.jpg", "in/a.png"], ["in"], "webp", r"in/a.jpg and .*in/a.png would both become .*out/a.webp"),
        (["x/a.jpg", "y/a.jpg"], ["x", "y"], "keep", r"x/a.jpg and .*y/a.jpg would both become .*out/a.jpg"),
        (
            ["x/a.jpg", "y/A.JPG"],
            ["x", "y"],
            "keep",
            r"become .*out/a.jpg and .*out/A.JPG, which many disks take for one",
        ),
        (["x/\u00e9.jpg", "y/e\u0301.jpg"], ["x", "y"], "keep", r"which many disks take for one"),
        (["x/stra\u00dfe.jpg", "y/STRASSE.jpg"], ["x", "y"], "keep", r"which many disks take for one"),
        (["in/a.png", "in/a.webp/b.png"], ["in"], "webp", r"in/a.png would become .*out/a.webp, where the folder"),
        (["in/a.png", "in/a.webp/x/y/b.png"], ["in"], "webp", r"in/a.png would become .*out/a.webp, where the folder"),
    ],
)
def test_collisions_are_found(here: Path, names: list[str], paths: list[str], form: str, said: str) -> None:
    make(here, *names)
    with pytest.raises(BatchError, match=said):
        planned(here, paths, format=form, existing="replace")


def test_a_link_that_leads_out_of_the_output_folder_is_refused(here: Path) -> None:
    make(here, "in/deep/a.jpg", "elsewhere/keep")
    (here / "out").mkdir()
    (here / "out/deep").symlink_to(here / "elsewhere")
    with pytest.raises(BatchError, match="out/deep is a link that leads out of"):
        planned(here, ["in"])
    (here / "out/deep").unlink()
    (here / "out/other").mkdir()
    (here / "out/deep").symlink_to("other")
    assert planned(here, ["in"]) == {"in/deep/a.jpg": "out/deep/a.jpg"}
    make(here, "in/other/a.jpg")
    with pytest.raises(BatchError, match=r"would both become .*out/other/a.jpg"):
        planned(here, ["in"])
    (here / "in/other/a.jpg").unlink()
    (here / "linked").symlink_to(here / "out")
    assert len(plan_outputs(["in"], "linked")) == 1, "the folder itself may be a link"


def test_what_exists_is_told_with_its_flag(here: Path) -> None:
    make(here, *(f"in/{number}.jpg" for number in range(5)), "out/0.jpg")
    with pytest.raises(
        BatchError, match=r"out/0.jpg exists already: use --existing skip or --existing replace, or name"
    ):
        planned(here, ["in"])
    make(here, *(f"out/{number}.jpg" for number in range(5)))
    with pytest.raises(BatchError, match=r"out/0.jpg, .*out/1.jpg, .*out/2.jpg and 2 more exist already"):
        planned(here, ["in"])
    (here / "out/dangling.jpg").symlink_to("nowhere")
    make(here, "in/dangling.jpg")
    with pytest.raises(BatchError, match=r"3 more exist already"):
        planned(here, ["in"], existing="fail")
    for existing in ("skip", "replace"):
        assert len(planned(here, ["in"], existing=existing)) == 6


@pytest.mark.parametrize("existing", ["fail", "skip", "replace"])
def test_files_and_folders_in_the_way(here: Path, existing: str) -> None:
    make(here, "in/a.jpg", "deep/in/er/b.jpg", "out/a.jpg/x", "out/in", "file")
    with pytest.raises(BatchError, match=r"out/a.jpg is a folder, where a picture belongs"):
        planned(here, ["in"], existing=existing)
    with pytest.raises(BatchError, match=r"out/in is a file, where a folder belongs"):
        planned(here, ["deep"], existing=existing)
    with pytest.raises(BatchError, match="file is not a folder: name another one with -o"):
        plan_outputs(["in"], "file", existing=existing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        ([], "Name at least one picture or folder."),
        (["none"], f"There are no pictures in none: safelight reads {', '.join(formats())}."),
        (["gone"], "gone cannot be found: check the name."),
        (["gone", "", "a\0b", "broken", "none"], r"gone, , a\x00b and 1 more cannot be found: check the names."),
        (["gone\x1b[31m", "go\udcffne"], r"gone\x1b[31m and go\xffne cannot be found: check the names."),
    ],
)
def test_nothing_and_missing_paths_are_told(here: Path, paths: list[str], said: str) -> None:
    (here / "none").mkdir()
    (here / "broken").symlink_to("nowhere")
    with pytest.raises(BatchError) as mistake:
        plan_outputs(paths, "out")
    assert str(mistake.value) == said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_told(here: Path) -> None:
    make(here, "in/a.jpg", "in/closed/b.jpg")
    (here / "in/closed").chmod(0)
    with pytest.raises(SafelightError, match="closed"):
        planned(here, ["in"])


parts = st.sampled_from(["a", "b", "A", "é", os.fsdecode(b"\xff"), "a.jpg", "out", "[red]"])
trees = st.lists(st.tuples(st.lists(parts, max_size=2), parts, st.sampled_from([".jpg", ".png", ".webp"])), max_size=8)


@settings(max_examples=60)
@given(trees, st.sampled_from(["keep", "jpeg", "webp"]), st.booleans(), st.sampled_from(["out", "in/out", "in"]))
def test_whatever_the_tree(tree: list[tuple[list[str], str, str]], form: str, filled: bool, output: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        top, sources = Path(name), set()
        for folders, stem, suffix in tree:
            path = Path("in", *folders, stem + suffix)
            try:
                make(top, str(path))
            except OSError:
                continue
            sources.add(str(top / path))
        if filled:
            make(top, f"{output}/z.jpg")
        try:
            tasks = plan_outputs([str(top / "in")], str(top / output), format=form)
        except BatchError as error:
            refusal = str(error)
        else:
            check(top, sources, output, tasks)
            return
        assert refusal.endswith(".")
        assert "\udcff" not in refusal


def check(top: Path, sources: set[str], output: str, tasks: tuple[Task, ...]) -> None:
    """Every source but those in the output folder, each to a new file of its own inside that folder."""
    outputs = [task.output for task in tasks]
    assert len({output.casefold() for output in outputs}) == len(tasks)
    assert all(Path(each).is_relative_to(top / output) for each in outputs)
    assert not any(os.path.lexists(each) for each in outputs)
    inputs = {source for source in sources if not Path(source).is_relative_to(top / output)}
    assert {task.source for task in tasks} == inputs
    make(top, *(os.path.relpath(each, top) for each in outputs))
    assert len({os.stat(each).st_ino for each in outputs}) == len(outputs)


def test_a_slow_disk_is_asked_for_folders_and_not_for_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(here, *(f"in/{number // 50}/{number}.jpg" for number in range(200)))
    make(here, *(f"out/{number // 50}/{number}.jpg" for number in range(0, 200, 2)))
    asked: list[object] = []

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        return lambda path, *words, **options: (asked.append(path), real(path, *words, **options))[1]

    for call in ("stat", "lstat"):
        monkeypatch.setattr(os, call, counted(getattr(os, call)))
    assert len(planned(here, ["in"], existing="skip")) == 200
    folders = len(asked)
    assert 5 < folders < 150
    make(here, *(f"{folder}/0/{number}.jpg" for folder in ("in", "out") for number in range(200, 300)))
    asked.clear()
    assert len(planned(here, ["in"], existing="skip")) == 300
    assert len(asked) == folders
    asked.clear()
    assert len(plan_in_place([str(here / "in")])) == 300
    assert len(asked) < 20


def test_a_pipe_is_no_place_for_a_picture(here: Path) -> None:
    make(here, "in/a.jpg", "out/b.jpg")
    os.mkfifo(here / "out/a.jpg")
    with pytest.raises(BatchError, match="is a pipe or a device, where a picture belongs"):
        planned(here, ["in"], existing="replace")
