"""When and by what a picture was taken, as EXIF tells it; whatever else stands there is nothing told."""

from __future__ import annotations

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from engine.culling.capture import Capture, captured
from tests.engine.culling.made import exif

NOON = calendar.timegm((2026, 5, 1, 12, 0, 0))


def block(taken: str, fraction: str = "", camera: str = "") -> bytes:
    return exif(taken, fraction, camera).tobytes().removeprefix(b"Exif\0\0")


@pytest.mark.parametrize(
    ("taken", "fraction", "seconds"),
    [
        ("2026:05:01 12:00:00", "", NOON),
        ("2026:05:01 12:00:01", "25", NOON + 1.25),
        ("2026:05:01 12:00:01", "007", NOON + 1.007),
        ("2026:05:01 12:00:01", "no", NOON + 1),
        ("2026:05:01 12:00:01", "²", NOON + 1),
        ("    :  :     :  :  ", "", None),
        ("2026:13:01 12:00:00", "", None),
        ("2026:05:01 24:00:00", "", None),
        ("2026-05-01 12:00:00", "", None),
        ("", "", None),
    ],
)
def test_the_time_by_the_camera_s_clock(taken: str, fraction: str, seconds: float | None) -> None:
    assert captured(block(taken, fraction)).seconds == (None if seconds is None else pytest.approx(seconds, abs=1e-6))


def test_the_camera_is_maker_model_and_number() -> None:
    tags = exif("2026:05:01 12:00:00", camera="X100  ")
    tags[ExifTags.Base.Make] = "FUJI\0"
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "42"
    assert captured(tags.tobytes().removeprefix(b"Exif\0\0")).camera == "FUJI X100 42"
    assert captured(Image.Exif().tobytes()) == Capture(None, "")


@given(st.binary(max_size=200), st.integers(0, 60))
def test_damaged_blocks_tell_something_or_nothing(garbage: bytes, cut: int) -> None:
    whole = block("2026:05:01 12:00:00", "5", "X100")
    for data in (garbage, whole[:cut] + garbage, whole[: len(whole) - cut]):
        found = captured(data)
        assert isinstance(found.camera, str)
        assert found.seconds is None or isinstance(found.seconds, int | float)
