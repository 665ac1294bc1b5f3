"""Watermarks: where they appear, what they leave alone, and what is refused."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from engine import apply
from engine.errors import SpecError
from engine.marks import ANCHORS
from engine.stack import Step


def where(picture: np.ndarray, ground: int = 0) -> tuple[int, int, int, int]:
    """First and last row and column that are no longer the ground."""
    rows, columns = np.nonzero(np.atleast_3d(picture != ground).any(axis=2))
    return rows.min(), rows.max(), columns.min(), columns.max()


@pytest.mark.parametrize("position", ANCHORS)
def test_text_stands_where_it_should(position: str) -> None:
    made = apply(np.zeros((200, 300), np.uint8), [f"watermark:text=HHH,size=10,margin=5,position={position}"])
    top, bottom, left, right = where(made)
    vertical, _, horizontal = position.rpartition("-")
    assert 12 <= bottom - top <= 22
    assert 30 <= right - left <= 66
    assert made.max() == 255
    down = {"top": (10, bottom - top + 10), "bottom": (189 - bottom + top, 189)}.get(vertical or horizontal)
    assert down is None or np.allclose((top, bottom), down, atol=1)
    assert down is not None or abs((top + bottom) / 2 - 99.5) <= 1.0
    across = {"left": left - 10, "right": right - 289}.get(horizontal, (left + right) / 2 - 149.5)
    assert abs(across) <= 1.0


def test_a_long_text_is_made_to_fit_within_the_margins() -> None:
    made = apply(np.zeros((100, 160), np.uint8), [f"watermark:text={'M' * 30},size=50,margin=10,position=centre"])
    top, bottom, left, right = where(made)
    assert left >= 8
    assert right <= 151
    assert right - left > 110
    assert bottom - top < 10


def test_tiles_come_again_after_the_same_distance() -> None:
    made = apply(np.zeros((240, 320), np.uint8), ["watermark:text=o,size=10,margin=10,position=tiled"])
    lit = made.any(axis=1).nonzero()[0]
    columns = made.any(axis=0).nonzero()[0]
    firsts = [each[np.diff(each, prepend=-9) > 1] for each in (lit, columns)]
    assert all(len(each) >= 5 and len(set(np.diff(each))) == 1 for each in firsts)


def test_what_no_letter_covers_stays_as_it_is_and_what_one_does_has_its_colour() -> None:
    picture = np.random.default_rng(1).integers(0, 65536, (90, 120, 3), dtype=np.uint16)
    made = apply(picture, ["watermark:text=##,size=30,colour=#ff8000,position=centre"])
    changed = (made != picture).any(axis=2)
    assert 0.01 < changed.mean() < 0.2
    assert (made[changed] == [65535, 32896, 0]).all(axis=1).mean() > 0.25


def test_colour_comes_to_grey_pictures_only_from_coloured_marks() -> None:
    grey = np.full((40, 60), 90, np.uint8)
    assert apply(grey, ["watermark:text=Hi"]).shape == (40, 60)
    assert apply(grey, ["watermark:text=Hi,colour=#ff0000"]).shape == (40, 60, 3)
    assert apply(grey, ["watermark:text=Hi,outline=5,outline-colour=#ff0000"]).shape == (40, 60, 3)


def test_letters_are_seen_where_a_picture_is_transparent() -> None:
    clear = np.zeros((60, 80, 4), np.uint8)
    clear[..., 2] = 200
    made = apply(clear, ["watermark:text=H,size=60,margin=0,colour=#40ff00,position=centre"])
    assert (made[made[..., 3] > 0][:, :3] == [64, 255, 0]).all()
    assert made[..., 3].max() == 255
    np.testing.assert_array_equal(made[made[..., 3] == 0], clear[made[..., 3] == 0])


def test_a_cut_shows_its_part_of_the_mark() -> None:
    picture = np.random.default_rng(2).random((120, 150, 4), np.float32)
    whole = "watermark:text=Proof,size=12,position=tiled,angle=20"
    np.testing.assert_array_equal(
        apply(picture, [whole, "crop:left=20,top=20,right=34,bottom=30"]), apply(picture, [whole])[24:84, 30:99]
    )
    alone = apply(np.ascontiguousarray(picture[24:84, 30:99]), [whole])
    np.testing.assert_array_equal(apply(picture, ["crop:left=20,top=20,right=34,bottom=30", whole]), alone)


def test_an_outline_surrounds_the_letters() -> None:
    ground = np.full((100, 100), 128, np.uint8)
    made = apply(ground, ["watermark:text=I,size=60,outline=10,position=centre,margin=0"])
    middle = made[50]
    assert middle[np.abs(middle.astype(int) - 128) > 100].tolist().count(255) >= 3
    assert (middle == 0).sum() >= 6
    assert where(made, 128)[0] < where(apply(ground, ["watermark:text=I,size=60,position=centre,margin=0"]), 128)[0]


def test_letters_that_the_font_lacks_are_named() -> None:
    with pytest.raises(SpecError, match=r"lacks ë 漢; choose a font file that has them"):
        apply(np.zeros((50, 50), np.uint8), ["watermark:text=Zoë 漢"])


def test_a_file_that_is_no_font_is_refused() -> None:
    with pytest.raises(SpecError, match="choose a TrueType or OpenType file"):
        apply(np.zeros((50, 50), np.uint8), [Step.of("watermark", {"font": __file__}).specification()])


@pytest.mark.parametrize("text", ["a" * 201, "both ' and \"", "two\nlines"])
def test_what_cannot_be_written_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match="text"):
        Step.of("watermark", {"text": text})


@pytest.mark.parametrize("text", ["Anna: prints, 20 x 30", "[a] b", "it's", 'the "best"', "a=b;c"])
def test_any_text_survives_its_specification(text: str) -> None:
    step = Step.of("watermark", {"text": text})
    assert Step.parse(step.specification()) == step


def test_a_picture_is_laid_over_as_pillow_does_it(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    logo, ground = random.integers(0, 256, (40, 30, 4), np.uint8), random.integers(0, 256, (100, 120, 4), np.uint8)
    Image.fromarray(logo).save(tmp_path / "logo.png")
    found = apply(ground, [f"watermark-image:file={tmp_path}/logo.png,size=40,margin=0,position=top-left"])
    expected = Image.fromarray(ground)
    expected.alpha_composite(Image.fromarray(logo))
    seen = found[..., 3] > 0
    assert np.abs(found[seen].astype(int) - np.asarray(expected)[seen].astype(int)).max() <= 1


def test_a_mark_stands_upright(tmp_path: Path) -> None:
    half = np.zeros((20, 40, 3), np.uint8)
    half[:, :20] = 255, 0, 0
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(half).save(tmp_path / "turned.png", exif=exif)
    path = f"watermark-image:file={tmp_path}/turned.png,size=40,margin=0,position=top-left"
    made = apply(np.full((100, 100, 3), 9, np.uint8), [path])
    assert (made[:20, :20] == [255, 0, 0]).all()
    assert (made[20:40, :20] == 0).all()
    assert (made[40:] == 9).all()
    assert apply(np.full((100, 100), 9, np.uint8), [path]).shape == (100, 100, 3)


def test_a_marks_profile_counts(photographs: Path) -> None:
    path = photographs / "paint-brushes.jpg"
    made = apply(np.zeros((300, 300, 3), np.uint8), [f"watermark-image:file={path},size=100,margin=0,position=centre"])
    with Image.open(path) as picture:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        right = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), renderingIntent=1)
    assert right is not None
    found = made[made.any(axis=(1, 2))].astype(int)
    expected, unconverted = (np.asarray(each.resize(found.shape[1::-1])).astype(int) for each in (right, picture))
    assert np.abs(found - expected).mean() < 3
    assert np.abs(found - unconverted).mean() > 6


def test_a_grey_picture_stays_grey_under_the_mark_that_comes_along() -> None:
    made = apply(np.zeros((100, 100), np.uint8), ["watermark-image:size=50,position=centre"])
    assert made.shape == (100, 100)
    top, bottom, left, right = where(made)
    assert abs(bottom - top - 49) <= 1
    assert abs(right - left - 49) <= 1
    assert made[50, 50] == 0
    assert made[50, 25:34].max() > 200


def test_a_picture_that_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(SpecError, match="is no AVIF"):
        apply(np.zeros((50, 50), np.uint8), [Step.of("watermark-image", {"file": __file__}).specification()])
