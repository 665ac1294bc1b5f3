"""`safelight cull` as a person uses it: tables, JSON, rejections when asked, sentences, Ctrl-C."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.sidecars.rating import REJECTED, read_rating, write_rating
from tests.engine.culling.made import blurred, exif, opened
from tests.tui.cli.conftest import Run, Screen


@pytest.fixture
def shoot(tmp_path: Path, photographs: Path) -> Path:
    """A burst of three, of which the second is the sharpest, a stranger, a PNG named JPEG, and a file cut short."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    scene = opened(photographs / "two-dogs.jpg", 900)
    for number, frame in enumerate((blurred(2)(scene), scene, blurred(1)(scene)), 1):
        frame.save(folder / f"DSC_{number}.jpg", quality=90, exif=exif(f"2026:05:01 10:00:0{number}", camera="X100"))
    opened(photographs / "pier-in-fog.jpg", 900).save(folder / "pier.jpg")
    Image.new("RGB", (60, 40), (90, 20, 20)).save(folder / "misnamed.jpg", "PNG")
    (folder / "cut.jpg").write_bytes((folder / "pier.jpg").read_bytes()[:9000])
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_groups_the_best_and_what_is_wrong(safelight: Run, shoot: Path) -> None:
    before = files(shoot)
    ended = safelight("cull", "shoot")
    said, errors = ended.stdout.decode(), ended.stderr.decode()
    lines = [line.split() for line in said.splitlines()]
    assert "1  Burst of 3 in shoot, 2026-05-01 10:00:01" in said
    best = next(line for line in lines if line[:2] == ["★", "DSC_2.jpg"])
    assert best[-1] == "sharpest"
    assert best[4:] == ["0.0%", "0.0%", "900", "×", "599", "sharpest"]
    assert ["shoot/misnamed.jpg", "is", "PNG,", "named", "JPEG"] in lines
    assert "Unreadable\n  shoot/cut.jpg\n" in said
    assert said.endswith("5 pictures scored, 3 of them in 1 group, 1 unreadable.\n")
    assert errors.startswith("shoot/cut.jpg is damaged or cut short")
    assert ended.returncode == 1
    assert files(shoot) == before


def test_without_a_path_it_is_this_folder(safelight: Run, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        Image.new("RGB", (60, 40), (90, 20, 20)).save(tmp_path / name)
    ended = safelight("cull")
    assert ended.returncode == 0
    assert "★  a.png" in ended.stdout.decode()
    assert "Near duplicates of 2" in ended.stdout.decode()


def test_json_for_programs(safelight: Run, shoot: Path) -> None:
    ended = safelight("cull", "shoot", "--json", "--workers", "2")
    told: dict[str, list[dict[str, Any]]] = {}
    for line in ended.stdout.splitlines():
        event = json.loads(line)
        told.setdefault(event["event"], []).append(event)
    assert {kind: len(events) for kind, events in told.items()} == {
        "picture": 5,
        "unreadable": 1,
        "group": 1,
        "summary": 1,
    }
    assert told["group"] == [
        {
            "event": "group",
            "kind": "burst",
            "best": "shoot/DSC_2.jpg",
            "reason": "sharpest",
            "members": [{"path": f"shoot/DSC_{n}.jpg", "rating": None} for n in (1, 2, 3)],
        }
    ]
    picture = {each["path"]: each for each in told["picture"]}
    assert picture["shoot/misnamed.jpg"]["format"] == "PNG"
    assert picture["shoot/misnamed.jpg"]["named"] == "JPEG"
    assert picture["shoot/DSC_2.jpg"]["sharpness"] > picture["shoot/DSC_3.jpg"]["sharpness"] > 0
    assert picture["shoot/DSC_1.jpg"]["camera"] == "X100"
    assert told["summary"][0] | {"event": ""} == {
        "event": "", "total": 6, "scored": 5, "unreadable": 1, "groups": 1, "rejected": 0, "interrupted": False,
    }  # fmt: skip
    assert ended.returncode == 1


def test_rejections_only_when_asked_and_never_over_a_rating(safelight: Run, shoot: Path) -> None:
    write_rating(str(shoot / "DSC_3.jpg"), REJECTED)
    before = files(shoot)
    ended = safelight("cull", "shoot", "--reject")
    assert "1 rejected." in ended.stdout.decode()
    assert {each: read_rating(str(shoot / f"DSC_{each}.jpg")) for each in (1, 2, 3)} == {1: -1, 2: None, 3: -1}
    after = files(shoot)
    assert after.keys() - before.keys() == {"DSC_1.jpg.xmp"}
    assert {name: after[name] for name in before} == before
    assert "rated best" in safelight("cull", "shoot", "--reject").stdout.decode()
    assert files(shoot) == after


def test_a_person_s_stars_make_the_best(safelight: Run, shoot: Path) -> None:
    write_rating(str(shoot / "DSC_1.jpg"), 5)
    safelight("cull", "shoot", "--reject")
    assert {each: read_rating(str(shoot / f"DSC_{each}.jpg")) for each in (1, 2, 3)} == {1: 5, 2: -1, 3: -1}


def test_how_alike_is_asked_for(safelight: Run, tmp_path: Path, photographs: Path) -> None:
    scene = opened(photographs / "rowing-boats.jpg", 600)
    scene.save(tmp_path / "a.jpg", quality=95)
    scene.crop((24, 0, scene.width, scene.height - 12)).save(tmp_path / "b.jpg", quality=60)
    assert "1 group" in safelight("cull", "--distance", "16").stdout.decode()
    assert "no two alike" in safelight("cull", "--distance", "0").stdout.decode()


def test_paths_from_a_list_and_names_of_any_bytes(safelight: Run, tmp_path: Path) -> None:
    odd = os.path.join(os.fsencode(tmp_path), b"\xff\x1b.png")
    Image.new("RGB", (60, 40)).save(tmp_path / "a.png")
    os.link(tmp_path / "a.png", odd)
    ended = safelight("cull", "--files-from", "-", "--json", stdin=b"a.png\0" + odd)
    (group,) = (event for line in ended.stdout.splitlines() if (event := json.loads(line))["event"] == "group")
    assert group["best"] == "a.png"
    assert "path_bytes" in group["members"][0]
    assert b"\x1b" not in safelight("cull", "--files-from", "-", stdin=b"a.png\0" + odd).stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("cull", "empty"), "There is no picture in empty: name another place."),
        (("cull", "--distance", "17"), "--distance"),
        (("cull", "--workers", "0"), "--workers"),
        (("cull", "--max-bytes", "much"), "--max-bytes must be a size"),
        (("cull", "--files-from", "nothing.txt"), "--files-from: nothing.txt cannot be read"),
    ],
)
def test_bad_input_is_a_sentence(safelight: Run, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "empty").mkdir()
    ended = safelight(*words)
    assert ended.returncode == 2
    assert sentence in ended.stderr.decode()
    assert ended.stdout == b""


def test_a_name_that_is_no_file_is_named(safelight: Run) -> None:
    ended = safelight("cull", "nowhere.jpg")
    assert ended.returncode == 1
    assert ended.stderr.decode() == "nowhere.jpg does not exist: check its name.\n"


def test_in_a_terminal_the_threads_are_seen_and_ctrl_c_keeps_what_is_done(
    in_terminal: Callable[..., Screen], tmp_path: Path, photographs: Path
) -> None:
    for number in range(300):
        os.symlink(photographs / "nuthatch.jpg", tmp_path / f"{number}.jpg")
    screen = in_terminal("cull", "--reject", "--workers", "2", columns=120)
    shown = screen.read(until=b"MP/s")
    assert b"worker 2" in shown + screen.read(until=b"300 files")
    os.kill(screen.process.pid, signal.SIGINT)
    rest = screen.read()
    assert screen.process.wait() == 130
    assert b"left undone" in rest
    assert b"Stopped: nothing was rejected." in rest
    assert not list(tmp_path.glob("*.xmp"))
