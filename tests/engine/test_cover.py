"""Masks that are pictures: against the truth at any size and place, their texts, and what is refused."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import apply
from engine.errors import SpecError
from engine.files.cover import read_cover
from engine.plan import LightMode
from engine.planner import make_plan
from engine.presets.reading import read_preset
from engine.stack import Stack, Step
from tests.engine.oracle import assert_true
from tests.engine.pictures import made

NAME = "my mask, soft: 1.png"


def saved(folder: Path, mode: str = "RGBA", size: tuple[int, int] = (37, 23), name: str = NAME) -> str:
    channels = len(mode)
    pixels = np.random.default_rng(3).integers(0, 256, (size[1], size[0], channels), np.uint8)
    path = folder / name
    Image.fromarray(pixels if channels > 1 else pixels[..., 0], mode).save(path)
    return str(path)


@pytest.mark.parametrize("inverted", ["", "not "])
@pytest.mark.parametrize("light", ["linear", "encoded"])
@pytest.mark.parametrize(
    ("depth", "shape"),
    [
        ("uint8", (40, 90, 3)),
        ("uint16", (200, 311, 3)),
        ("float32", (30, 33, 4)),
        ("uint8", (5, 7, 1)),
        ("uint16", (1, 1, 2)),
    ],
)
def test_a_step_acts_where_the_picture_is_light(
    tmp_path: Path, depth: str, shape: tuple[int, ...], light: LightMode, inverted: str
) -> None:
    mask = f'mask="{inverted}picture {saved(tmp_path)}"'
    stack = Stack.parse(["exposure:ev=-0.4", f"gaussian-blur:sigma=1.5,opacity=0.8,{mask}"])
    pixels = made("noise", shape, depth, seed=5)
    assert_true(apply(pixels, stack, workers=2, light=light), pixels, stack, light)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB"])
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (700, 500)])
def test_pictures_of_any_kind_and_size(tmp_path: Path, mode: str, size: tuple[int, int]) -> None:
    mask = f'mask="picture {saved(tmp_path, mode, size)}"'
    stack = Stack.parse([f"invert:{mask}", "crop:left=20", f"sepia:{mask}", "rotate-90", f"vignette:{mask}"])
    pixels = made("noise", (150, 217, 3), "uint8", seed=6)
    whole = apply(pixels, stack, workers=1)
    assert_true(whole, pixels, stack, "linear")
    np.testing.assert_array_equal(apply(pixels, stack, workers=5), whole)


def test_its_path_is_whole_wherever_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path)
    monkeypatch.chdir(tmp_path)
    step = Step.parse(f'invert:mask="not  picture   {NAME} "')
    assert step.mix.mask == f"not picture {path}"
    monkeypatch.chdir("/")
    stack = Stack((step,))
    assert Step.parse(step.specification()) == step
    assert Stack.from_list(stack.to_list()) == stack
    assert list(stack.stamps()) == [path]
    preset = tmp_path / "mine.toml"
    preset.write_text(
        'name = "mine"\ndescription = "Mine."\n[[steps]]\nfilter = "invert"\n'
        f'values = {{ mask = "not picture {NAME}" }}\n'
    )
    assert read_preset(preset).stack == stack


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        ("picture", "a picture mask is written as picture PATH"),
        ("not picture", "a picture mask is written as picture PATH"),
        ("picture none.png", "none.png does not exist; check its name and folder."),
    ],
)
def test_what_is_no_file_is_refused_at_once(mask: str, said: str) -> None:
    with pytest.raises(SpecError, match=r"^invert: mask: ") as refusal:
        Step.parse(f'invert:mask="{mask}"')
    assert said in str(refusal.value)


def test_what_is_no_picture_is_refused_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "words.png").write_text("no picture")
    stack = Stack.parse([f"invert:mask=picture {tmp_path / 'words.png'}"])
    with pytest.raises(SpecError, match=r"words\.png"):
        stack.read_files()
    with pytest.raises(SpecError, match=r"words\.png"):
        make_plan(stack, (10, 10, 3), "uint8")


def test_of_a_large_picture_squares_are_averaged(tmp_path: Path) -> None:
    path = saved(tmp_path, "L", (701, 503))
    with Image.open(path) as picture:
        levels = np.asarray(picture, np.float64) / 255.0
    found = read_cover(path, most=50_000).codes
    assert found.shape == (168, 234)
    assert found[1, 2] / 65535.0 == pytest.approx(levels[3:6, 6:9].mean(), abs=1e-5)
    assert found[-1, -1] / 65535.0 == pytest.approx(levels[501:, 699:].mean(), abs=1e-5)
    assert not found.flags.writeable
