"""Rejections of what was culled: only what nobody has rated, only while the best is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.confinement import READ_ONLY
from engine.culling.groups import Group
from engine.culling.score import Score
from engine.files.limits import Limits
from engine.sidecars.rating import REJECTED, read_rating, write_rating
from engine.sidecars.rejecting import ratings, reject_others

LIMITS = Limits()


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """Four pictures, of which `a.jpg` is the best and `d.jpg` the worst."""
    members = []
    for name, sharpness in (("a.jpg", 40.0), ("b.jpg", 30.0), ("c.jpg", 20.0), ("d.jpg", 10.0)):
        Image.new("RGB", (6, 4)).save(tmp_path / name)
        flat = (0.0,) * 3
        path = str(tmp_path / name)
        members.append(Score(path, 6, 4, "JPEG", "", False, sharpness, 0.0, flat, flat, 0, bytes(192), None, ""))
    return Group("burst", tuple(members), members[0], "sharpest")


def told(group: Group) -> dict[str, int | None]:
    return {Path(each.path).name: read_rating(each.path) for each in group.members}


def test_all_but_the_best_are_rejected(group: Group) -> None:
    assert all(each.rejected for each in reject_others([group], LIMITS))
    assert told(group) == {"a.jpg": None, "b.jpg": REJECTED, "c.jpg": REJECTED, "d.jpg": REJECTED}
    assert not any(each.rejected for each in reject_others([group], LIMITS))


def test_what_a_person_has_rated_stays(group: Group) -> None:
    write_rating(group.members[2].path, 1)
    write_rating(group.members[3].path, 0)
    before = Path(group.members[2].path + ".xmp").read_bytes()
    done = list(reject_others([group], LIMITS))
    # The one star is the only one there is, so it counts as the best.
    assert told(group) == {"a.jpg": REJECTED, "b.jpg": REJECTED, "c.jpg": 1, "d.jpg": REJECTED}
    assert Path(group.members[2].path + ".xmp").read_bytes() == before
    assert len(done) == 3
    assert ratings((each.path for each in group.members), LIMITS)[group.members[2].path] == 1


def test_stars_given_to_more_than_one_all_stay(group: Group) -> None:
    write_rating(group.members[1].path, 4)
    write_rating(group.members[2].path, 2)
    done = {Path(each.path).name: each.rejected for each in reject_others([group], LIMITS)}
    assert done == {"a.jpg": True, "c.jpg": False, "d.jpg": True}
    assert told(group) == {"a.jpg": REJECTED, "b.jpg": 4, "c.jpg": 2, "d.jpg": REJECTED}


def test_a_group_whose_best_is_gone_is_left_alone(group: Group) -> None:
    Path(group.best.path).unlink()
    assert list(reject_others([group], LIMITS)) == []
    assert set(told(group).values()) == {None}


def test_a_damaged_sidecar_is_named_and_stays(group: Group) -> None:
    sidecar = Path(group.members[1].path + ".xmp")
    sidecar.write_text("<no xmp")
    first, *others = reject_others([group], LIMITS)
    assert not first.rejected
    assert "b.jpg.xmp" in first.error
    assert sidecar.read_text() == "<no xmp"
    assert all(each.rejected for each in others)


def test_nothing_is_written_where_nothing_may_be(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    assert all("read-only" in each.error for each in reject_others([group], LIMITS))
    assert set(told(group).values()) == {None}
