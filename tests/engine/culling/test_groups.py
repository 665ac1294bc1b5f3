"""Bursts, near duplicates and the best of each: in plain values, and in files as cameras and programs make them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.culling.bursts import GAP
from engine.culling.groups import DISTANCE, best_of, groups, regarding
from engine.culling.score import Outcome, Score, Unreadable
from engine.run.culling import Culling
from tests.engine.culling.made import blurred, brighter, exif, make, moved, opened, smaller

IMAGES = Path(__file__).parents[3] / "images"
ALL_BITS = (1 << 64) - 1


def score(
    path: str,
    waves: int = 0,
    seconds: float | None = None,
    *,
    sharpness: float = 30.0,
    white: float = 0.0,
    size: tuple[int, int] = (600, 400),
    camera: str = "A",
    level: int = 100,
) -> Score:
    """A picture that nobody took."""
    fields = bytes([level]) * 192
    lost, none = (white,) * 3, (0.0,) * 3
    return Score(path, *size, "JPEG", "", False, sharpness, 0.0, none, lost, waves, fields, seconds, camera)


def scored(paths: list[Path]) -> list[Outcome]:
    culling = Culling([str(path) for path in paths])
    culling.start()
    assert culling.wait(300)
    return list(culling.outcomes())


def members(outcomes: list[Outcome], distance: int = DISTANCE) -> list[list[str]]:
    return [[Path(each.path).name for each in group.members] for group in groups(outcomes, distance)]


def test_a_burst_is_by_one_camera_one_after_the_other_of_one_scene() -> None:
    loose, strange = (1 << 20) - 1, ALL_BITS
    found = groups(
        [
            score("b", loose, 11.0),
            score("a", 0, 10.0),
            score("c", 0, 11.0 + GAP),
            score("late", 0, 11.1 + 2 * GAP, level=20),
            score("other camera", loose, 10.5, camera="B", level=20),
            score("elsewhere", strange, 10.2, level=20),
            score("no time", loose, level=250),
        ]
    )
    assert [(group.kind, [each.path for each in group.members]) for group in found] == [("burst", ["a", "b", "c"])]


def test_a_camera_that_was_turned_elsewhere_meanwhile_begins_another_burst() -> None:
    outcomes = [score("1", 0, 1.0), score("2", ALL_BITS, 1.5, level=20), score("3", (1 << 20) - 1, 2.0, level=60)]
    assert groups(outcomes) == ()


@pytest.mark.parametrize(("bits", "alike"), [(DISTANCE, True), (DISTANCE + 1, False)])
def test_duplicates_differ_in_few_bits(bits: int, alike: bool) -> None:
    found = groups([score("a"), score("b", (1 << bits) - 1)])
    assert [group.kind for group in found] == ["duplicates"] * alike


def test_colours_and_shapes_tell_false_friends() -> None:
    assert groups([score("a"), score("other colours", level=250)]) == ()
    assert groups([score("a"), score("cropped", size=(600, 520))]) == ()


def test_small_steps_lead_to_no_stranger() -> None:
    steps = [score(str(number), (1 << 10 * number) - 1) for number in range(4)]
    assert [[each.path for each in group.members] for group in groups(steps)] == [["0", "1"], ["2", "3"]]


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ([score("soft", sharpness=20)], "sharpest"),
        ([score("hard whites", sharpness=33, white=0.4)], "best exposed"),
        ([score("small", sharpness=60, size=(120, 80))], "largest"),
        ([score("a little smaller", size=(580, 390))], "largest"),
        ([score("copy of best")], "first of equals"),
        ([score("soft", sharpness=10), score("hard whites", sharpness=31, white=0.3)], "best exposed"),
    ],
)
def test_why_one_is_the_best(others: list[Score], reason: str) -> None:
    best = score("best")
    for order in ([best, *others], [*others, best]):
        assert best_of(order) == (best, reason)


def test_what_a_person_thinks_comes_first() -> None:
    (group,) = groups([score("a", sharpness=50), score("b"), score("c", sharpness=10)])
    assert group.best.path == "a"
    assert regarding(group, {}) == group
    assert regarding(group, {"c": 3}).best.path == "c"
    assert regarding(group, {"c": 3}).reason == "rated best"
    assert regarding(group, {"a": -1}).best.path == "b"
    assert regarding(group, {"a": -1, "b": -1, "c": -1}) == group
    assert [each.path for each in group.others] == ["b", "c"]


@given(
    st.lists(st.tuples(st.integers(0, 255), st.none() | st.integers(0, 9), st.integers(0, 60)), max_size=12),
    st.randoms(),
)
def test_each_is_in_one_group_at_most_whatever_the_order(
    told: list[tuple[int, int | None, int]], random: object
) -> None:
    scores: list[Outcome] = [score(str(n), bits, at, sharpness=sharp) for n, (bits, at, sharp) in enumerate(told)]
    found = groups([*scores, Unreadable("broken", "It is broken.")])
    shuffled = list(scores)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert groups(shuffled) == found
    taken = Counter(each.path for group in found for each in group.members)
    assert max(taken.values(), default=1) == 1
    assert all(len(group.members) > 1 and group.best in group.members for group in found)


def test_the_best_of_a_burst_of_real_files_is_the_sharp_one_that_is_well_exposed(tmp_path: Path) -> None:
    scene = opened(IMAGES / "rowing-boats.jpg")
    frames = [blurred(2)(scene), scene, brighter(1.5)(moved(0.02, 0.01)(scene)), blurred(1)(scene)]
    paths = [tmp_path / f"DSC_{number}.jpg" for number in range(len(frames))]
    for number, (frame, path) in enumerate(zip(frames, paths, strict=True)):
        frame.save(path, quality=90, exif=exif("2026:05:01 10:00:00", f"{number * 20:02}", camera="X100"))
    stranger = tmp_path / "stranger.jpg"
    opened(IMAGES / "pier-in-fog.jpg").save(stranger, exif=exif("2026:05:01 10:00:01", camera="X100"))
    (group,) = groups(scored([*paths, stranger]))
    assert group.kind == "burst"
    assert [Path(each.path).name for each in group.members] == [path.name for path in paths]
    assert Path(group.best.path).name == "DSC_1.jpg"


def test_a_reduced_copy_is_found_and_not_proposed(tmp_path: Path) -> None:
    scene = opened(IMAGES / "two-dogs.jpg")
    scene.save(tmp_path / "a.jpg", quality=85)
    smaller(0.3)(scene).save(tmp_path / "b.png")
    (group,) = groups(scored([tmp_path / "a.jpg", tmp_path / "b.png"]))
    assert (group.kind, Path(group.best.path).name, group.reason) == ("duplicates", "a.jpg", "largest")


def test_most_variants_of_a_scene_are_found_and_no_strangers(tmp_path: Path) -> None:
    """As `docs/culling.md` says, of fewer files: its figures are made by `figures.py`."""
    of = make(IMAGES, tmp_path, 20)
    found = groups(scored([Path(path) for path in of]))
    pairs = [pair for group in found for pair in combinations(group.members, 2)]
    wanted = sum(count * (count - 1) // 2 for count in Counter(of.values()).values())
    assert all(of[one.path] == of[other.path] for one, other in pairs)
    assert len(pairs) > 0.85 * wanted


def test_the_hash_is_the_same_for_what_is_turned(tmp_path: Path) -> None:
    scene = opened(IMAGES / "fig-bowl.png")
    scene.save(tmp_path / "a.png")
    turned = scene.rotate(90, expand=True)
    turned.save(tmp_path / "b.jpg", quality=95, exif=exif(orientation=6))
    one, other = sorted(
        (each for each in scored([tmp_path / "a.png", tmp_path / "b.jpg"]) if isinstance(each, Score)),
        key=lambda each: each.path,
    )
    assert (one.width, one.height) == (other.width, other.height)
    assert np.bitwise_count(np.uint64(one.waves ^ other.waves)) <= 2
