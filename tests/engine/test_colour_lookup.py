"""Tables of colours: what a .cube file may say, what is refused with its line, and that what is looked up is true."""

from pathlib import Path

import numpy as np
import pytest

from docs.looks import FOLDER, LOOKS, cube
from engine.batch.specification import Specification
from engine.errors import SpecError
from engine.files.cube import read_cube
from engine.filters.colour_lookup import FILE
from engine.job import Task
from engine.library import apply
from engine.presets.reading import read_preset
from engine.run.prospect import Prospects
from engine.stack import Stack

CORNERS = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"
SMALLEST = f"LUT_3D_SIZE 2\n{CORNERS}"


def written(folder: Path, text: str, name: str = "table.cube") -> str:
    path = folder / name
    path.write_bytes(text.encode("latin-1"))
    return str(path)


def test_a_table_may_have_all_that_the_standard_tells(tmp_path: Path) -> None:
    text = (
        "\ufeff# a remark\r\n\r\nTITLE \"Caf\xe9, # no remark: 'here'\"\r\n  DOMAIN_MIN -1 0 0.5\r\n"
        "DOMAIN_MAX 1 2e0 1.5\r\nLUT_3D_SIZE 2\r\n"
    )
    path = tmp_path / "table.cube"
    path.write_bytes(text.encode("utf-8") + CORNERS.replace("\n", "\r\n# more\r\n\r\n").encode())
    found = read_cube(str(path))
    assert (found.dimensions, found.size, found.low, found.high) == (3, 2, (-1.0, 0.0, 0.5), (1.0, 2.0, 1.5))
    assert found.table[1, 0, 1].tolist() == [1.0, 0.0, 1.0]
    assert not found.table.flags.writeable


def test_one_dimension_and_the_ranges_of_resolve(tmp_path: Path) -> None:
    found = read_cube(written(tmp_path, "LUT_1D_SIZE 2\nLUT_1D_INPUT_RANGE 0.25 0.75\n1 0 .5\n0 +1 -5e-1"))
    assert (found.dimensions, found.low, found.high) == (1, (0.25,) * 3, (0.75,) * 3)
    assert found.table.tolist() == [[1.0, 0.0, 0.5], [0.0, 1.0, -0.5]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("TITLE only\n", "line 1: no LUT_3D_SIZE or LUT_1D_SIZE comes before the numbers"),
        ("# all\n0 0 0\n", "line 2: no LUT_3D_SIZE or LUT_1D_SIZE comes before the numbers"),
        ("LUT_3D_SIZE 1\n", "line 1: LUT_3D_SIZE must be a whole number from 2 to 129."),
        ("LUT_3D_SIZE 130\n", "line 1: LUT_3D_SIZE must be a whole number from 2 to 129."),
        ("LUT_1D_SIZE 65537\n", "line 1: LUT_1D_SIZE must be a whole number from 2 to 65536."),
        ("LUT_1D_SIZE " + "9" * 5000, "line 1: LUT_1D_SIZE must be a whole number"),
        ("LUT_3D_SIZE two\n", "line 1: LUT_3D_SIZE must be"),
        ("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n", "line 2: a table has one dimension or three"),
        ("LUT_3D_SIZE 2\n\nLUT_3D_SIZE 2\n", "line 3: LUT_3D_SIZE is given twice; keep one."),
        ("DOMAIN_MIN 0 0\n", "line 1: there must be 3 numbers"),
        ("DOMAIN_MAX 1 1 nan\n", "line 1: there must be 3 numbers"),
        ("GAMMA 2\n", "line 1: GAMMA is no word of a .cube file; remove the line."),
        (f"DOMAIN_MAX 0 1 1\n{SMALLEST}", "every number of DOMAIN_MIN must be below that of DOMAIN_MAX"),
        (SMALLEST.replace("1 1 0", "1 1"), "line 5: there must be 3 numbers of at most 65504 in magnitude."),
        (SMALLEST.replace("1 1 0", "1 1 nan"), "line 5: there must be 3 numbers"),
        (SMALLEST.replace("1 1 0", "1 1 1e9"), "line 5: there must be 3 numbers"),
        (f"{SMALLEST}TITLE late\n", "line 10: there must be 3 numbers"),
        (SMALLEST[:-6], "has 7 rows of numbers, and LUT_3D_SIZE 2 needs 8; copy it again from its source."),
        (f"{SMALLEST}0 0 0\n", "has 9 rows of numbers, and LUT_3D_SIZE 2 needs 8"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SpecError) as refusal:
        read_cube(path)
    assert str(refusal.value).startswith(path)
    assert said in str(refusal.value)


def test_a_broken_table_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    stack = Stack.parse([f"colour-lookup:file={written(tmp_path, 'GAMMA 2')}"])
    for refuse in (stack.read_files, lambda: apply(np.zeros((2, 2, 3), np.uint8), stack)):
        with pytest.raises(SpecError, match="line 1: GAMMA"):
            refuse()


def test_the_smallest_cube_changes_nothing_and_largest_parts_go_first(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).random((5, 70, 3), np.float32)
    same = apply(pixels, [f"colour-lookup:file={written(tmp_path, SMALLEST)}"])
    assert np.abs(same - pixels).max() < 1e-6
    # Red is 1 where red and green are both full: of (0.75, 0.5, 0.25) the second and third corner's share is 0.5.
    text = "LUT_3D_SIZE 2\n" + "0 0 0\n" * 3 + "1 0 0\n" + "0 0 0\n" * 3 + "1 0 0\n"
    pixel = np.array([[[0.75, 0.5, 0.25]]], np.float32)
    made = apply(pixel, [f"colour-lookup:file={written(tmp_path, text)}"])
    assert made[0, 0].tolist() == [0.5, 0.0, 0.0]


def test_other_domains_and_content_that_changes(tmp_path: Path) -> None:
    pixels = np.array([[[-3.0, 0.5, 9.0]]], np.float32)
    path = written(tmp_path, f"DOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 3 3 3\n{SMALLEST}")
    stack = Stack.parse([f"colour-lookup:file={path}"])
    assert apply(pixels, stack)[0, 0].tolist() == [0.0, 0.375, 1.0]
    written(tmp_path, "LUT_1D_SIZE 2\n0 0 0\n2 2 2\n")
    assert apply(pixels, stack)[0, 0].tolist() == [0.0, 1.0, 2.0]


def test_a_preset_counts_from_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    path, preset = written(tmp_path / "mine", SMALLEST), tmp_path / "mine" / "look.toml"
    preset.write_text(
        'name = "look"\ndescription = "A look."\n[[steps]]\nfilter = "colour-lookup"\n'
        'values = { file = "table.cube" }\n'
    )
    monkeypatch.chdir(tmp_path)
    found = read_preset("mine/look.toml").stack
    assert found.to_list()[0]["values"] == {"file": path}
    assert Stack.parse(found.specifications()) == Stack.from_list(found.to_list()) == found
    assert list(found.stamps()) == [path]
    Path(path).unlink()
    with pytest.raises(SpecError, match=r"line 5: colour-lookup: file: .*mine/table\.cube does not exist"):
        read_preset(preset)


def test_a_batch_notices_that_a_file_has_changed(tmp_path: Path) -> None:
    stack = Stack.parse([f"colour-lookup:file={written(tmp_path, SMALLEST)}"])
    prospects = Prospects(Specification((), stack, files=stack.stamps()), 1)
    written(tmp_path, f"# other\n{SMALLEST}")
    with pytest.raises(SpecError, match=r"table\.cube has changed since the batch was started"):
        prospects.of(Task("a.png", "b.png"))


def test_grey_stays_grey_where_the_table_s_greys_are(tmp_path: Path) -> None:
    grey = np.linspace(0, 255, 100).astype(np.uint8).reshape(10, 10)
    assert apply(grey, ["colour-lookup:file=bleach-bypass"]).shape == (10, 10)
    assert apply(grey, ["colour-lookup:file=warm-film"]).shape == (10, 10, 3)


def test_the_looks_are_those_that_are_computed() -> None:
    assert FILE.shipped == tuple(sorted(each.__name__.replace("_", "-") for each in LOOKS))
    assert all(name in FILE.allowed for name in FILE.shipped)
    for look, dimensions in LOOKS.items():
        path = FOLDER / f"{look.__name__.replace('_', '-')}.cube"
        assert path.read_text("ascii") == cube(look, dimensions)
