"""The preview on real files: coarse, sharp, filtered; the newest look wins; no compiling in the caller."""

import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import apply
from engine.files.limits import Limits
from engine.kernels.compiled import Compiler
from engine.run import kernel_loader, proxies, showing
from engine.run.compiler import compiler
from engine.run.look import Look, Looked
from engine.run.preview import Preview
from engine.stack import Stack
from tests.engine.pictures import made
from tests.engine.run.conftest import Gate, until

STACK = Stack.parse(["exposure:ev=1"])
Open = Callable[[], Preview]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Previews that are closed, and whose threads are gone, when the test is over."""
    open_ones: list[Preview] = []
    before = set(threading.enumerate())

    def opened() -> Preview:
        open_ones.append(Preview())
        return open_ones[-1]

    yield opened
    for each in open_ones:
        each.close()
    # Those that help `engine.apply`, which tests call beside previews, stay for the next call.
    for thread in {each for each in set(threading.enumerate()) - before if each.name != "apply"}:
        thread.join(30.0)
        assert not thread.is_alive(), f"{thread.name} was left behind"


@pytest.fixture
def saved(tmp_path: Path) -> Callable[..., str]:
    def saved(name: str, size: tuple[int, int] = (300, 400), **options: Any) -> str:
        pixels = made("ramp", (*size, 3), "uint8", seed=1)
        Image.fromarray(pixels).save(tmp_path / name, **options)
        return str(tmp_path / name)

    return saved


def answer(shown: Preview, generation: int) -> Looked:
    """The final answer to that look."""

    def settled() -> bool:
        looked = shown.looked()
        final = looked is not None and (bool(looked.error) or (looked.filtered and not looked.coarse))
        return final and looked is not None and looked.generation == generation

    until(settled)
    looked = shown.looked()
    assert looked is not None
    return looked


def test_a_picture_comes_coarse_then_sharp_then_filtered(
    opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sharp, kernels = Gate(), Gate()
    reduce, native = proxies.proxy, compiler()

    def reduced(*arguments: Any, coarse: bool) -> Any:
        if not coarse:
            sharp.pass_through()
        return reduce(*arguments, coarse=coarse)

    def compiled() -> Compiler:
        kernels.pass_through()
        return native

    monkeypatch.setattr(proxies, "proxy", reduced)
    monkeypatch.setattr(kernel_loader, "compiler", compiled)
    shown = opened()
    assert shown.readiness() == "loading the engine"
    assert shown.looked() is None
    shown.look(Look(1, saved("a.jpg", (1200, 1600), progressive=True, quality=90), 160, 120, STACK))
    seen: list[Looked] = []
    for gate in (sharp, kernels):
        until(lambda: shown.looked() is not None and shown.looked() not in seen)
        seen.append(shown.looked())  # type: ignore[arg-type]
        gate.open()
    seen.append(answer(shown, 1))
    assert [(looked.coarse, looked.filtered) for looked in seen] == [(True, False), (False, False), (False, True)]
    assert {looked.pixels.shape for looked in seen} == {(120, 160, 3)}
    assert {(looked.source_width, looked.source_height) for looked in seen} == {(1600, 1200)}
    assert shown.readiness() == ""


def test_the_preview_is_what_the_stack_makes_of_the_reduced_picture(opened: Open, saved: Any) -> None:
    path, shown = saved("a.png", (400, 600)), opened()
    shown.look(Look(1, path, 150, 1000, Stack.parse(["gaussian-blur:sigma=8", "sepia"])))
    looked = answer(shown, 1)
    reduced = proxies.proxy(path, 150, 1000, Limits(), coarse=False)
    assert reduced.scale == 0.25
    np.testing.assert_array_equal(looked.pixels, apply(reduced.pixels, ["gaussian-blur:sigma=2", "sepia"]))
    assert looked.notes == ()


def test_a_size_under_half_a_pixel_is_said_so(opened: Open, saved: Any) -> None:
    shown = opened()
    shown.look(Look(1, saved("a.png", (400, 600)), 150, 100, Stack.parse(["gaussian-blur:sigma=1", "median:radius=1"])))
    assert answer(shown, 1).notes == (
        "gaussian-blur: sigma 1 px is under half a pixel here",
        "median: radius 1 px is under half a pixel here",
    )


def test_transparency_shows_a_dark_chequered_ground(opened: Open, tmp_path: Path) -> None:
    pixels = np.zeros((16, 16, 4), np.uint8)
    pixels[:8] = 255
    Image.fromarray(pixels).save(tmp_path / "a.png")
    shown = opened()
    shown.look(Look(1, str(tmp_path / "a.png"), 50, 50, Stack()))
    looked = answer(shown, 1)
    assert looked.pixels.shape == (16, 16, 3)
    assert (looked.pixels[:8] == 255).all()
    assert set(np.unique(looked.pixels[8:])) == {24, 40}


def test_the_newest_look_wins(opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, reduce = Gate(), proxies.proxy

    def reduced(path: str, *arguments: Any, coarse: bool) -> Any:
        if path.endswith("slow.png"):
            gate.pass_through()
        return reduce(path, *arguments, coarse=coarse)

    monkeypatch.setattr(proxies, "proxy", reduced)
    shown, slow, quick = opened(), saved("slow.png"), saved("quick.png")
    shown.look(Look(1, slow, 100, 100, STACK))
    gate.wait()
    for generation in range(2, 30):
        shown.look(Look(generation, quick, 100, 100, STACK))
    gate.open()
    assert answer(shown, 29).path == quick


def test_while_a_key_is_held_down_the_picture_still_changes(
    opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer comes after the next look: each is shown, unless another picture is wanted by then."""
    gates = [Gate(), Gate(), Gate()]
    lay, left = showing.on_ground, iter(gates)

    def laid(pixels: Any) -> Any:
        next(left).pass_through()
        return lay(pixels)

    monkeypatch.setattr(showing, "on_ground", laid)
    shown, path, other = opened(), saved("a.png"), saved("b.png")
    shown.look(Look(1, path, 100, 100, Stack()))
    gates[0].wait()
    shown.look(Look(2, path, 100, 100, Stack()))
    gates[0].open()
    gates[1].wait()
    first = shown.looked()
    assert first is not None
    assert first.generation == 1
    shown.look(Look(3, other, 100, 100, Stack()))
    gates[1].open()
    gates[2].wait()
    assert shown.looked() is first
    gates[2].open()
    assert answer(shown, 3).path == other


@pytest.mark.parametrize("name", ["missing.jpg", "garbage.jpg", "", "nul\0.jpg", "folder.jpg"])
def test_what_cannot_be_shown_is_a_sentence_and_the_next_look_works(
    name: str, opened: Open, saved: Any, tmp_path: Path
) -> None:
    (tmp_path / "garbage.jpg").write_bytes(b"no picture")
    (tmp_path / "folder.jpg").mkdir()
    shown = opened()
    shown.look(Look(1, str(tmp_path / name), 100, 100, STACK))
    looked = answer(shown, 1)
    assert looked.error.endswith(".")
    assert Path(name).stem.partition("\0")[0] in looked.error
    assert looked.pixels.shape == (0, 0, 3)
    shown.look(Look(2, saved("good.png"), 100, 100, STACK))
    assert answer(shown, 2).error == ""


def test_a_changed_file_is_read_again(opened: Open, tmp_path: Path) -> None:
    path, shown = tmp_path / "a.png", opened()
    colours = []
    for generation, grey in enumerate((20, 200), start=1):
        data = BytesIO()
        Image.new("RGB", (10 + generation, 10), (grey,) * 3).save(data, "PNG")
        path.write_bytes(data.getvalue())
        shown.look(Look(generation, str(path), 100, 100, Stack()))
        colours.append(int(answer(shown, generation).pixels[0, 0, 0]))
    assert colours == [20, 200]


def test_memory_of_reduced_pictures_is_bounded(opened: Open, saved: Any) -> None:
    path, shown = saved("a.png"), opened()
    for generation in range(1, proxies.KEPT + 6):
        shown.look(Look(generation, path, 20 + generation, 100, Stack()))
        answer(shown, generation)
    assert len(shown._showing._proxies._kept) == proxies.KEPT


def test_nothing_is_compiled_in_the_callers_thread(opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    native, where = Compiler(compiler().folder), set()
    obtain = Compiler._obtain

    def stage(self: Compiler, kernel: Any) -> int:
        where.add(threading.current_thread().name)
        return obtain(self, kernel)

    monkeypatch.setattr(Compiler, "_obtain", stage)
    monkeypatch.setattr(kernel_loader, "compiler", lambda: native)
    shown = opened()
    shown.look(Look(1, saved("a.png"), 100, 100, Stack.parse(["gaussian-blur", "sepia", "sobel"])))
    answer(shown, 1)
    assert where == {"kernels"}


def test_kernels_that_cannot_be_had_are_said_so_and_pictures_are_shown_all_the_same(
    opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Compiler:
        raise RuntimeError("no compiler here")

    monkeypatch.setattr(kernel_loader, "compiler", broken)
    shown = opened()
    shown.look(Look(1, saved("a.png"), 100, 100, STACK))
    until(lambda: (looked := shown.looked()) is not None and not looked.coarse)
    until(lambda: shown.readiness() == "filters cannot be shown: RuntimeError: no compiler here")
    looked = shown.looked()
    assert looked is not None
    assert not looked.filtered


def test_closing_ends_both_threads_even_while_one_waits(opened: Open, saved: Any) -> None:
    names = {"preview", "kernels"}
    before = [thread for thread in threading.enumerate() if thread.name in names]
    shown = opened()
    started = [thread for thread in threading.enumerate() if thread.name in names and thread not in before]
    assert {thread.name for thread in started} == names
    shown.look(Look(1, saved("a.png"), 100, 100, STACK))
    answer(shown, 1)
    shown.close()
    shown.close()
    for thread in started:
        thread.join(30.0)
        assert not thread.is_alive()
    shown.look(Look(2, saved("b.png"), 100, 100, STACK))
    looked = shown.looked()
    assert looked is not None
    assert looked.generation == 1


@pytest.mark.parametrize(
    ("specification", "whole"),
    [
        ("crop:left=50", (1200, 800)),
        ("crop:left=1", (1200, 1584)),
        ("crop:left=70,top=60", (480, 480)),
        ("resize:width=800", (600, 800)),
        ("resize:scale=200", (2400, 3200)),
        ("rotate-90", (1600, 1200)),
    ],
)
def test_the_result_fills_its_place_whatever_its_size(
    opened: Open, saved: Any, specification: str, whole: tuple[int, int]
) -> None:
    place = (270, 300)
    shows = opened()
    shows.look(Look(1, saved("large.png", (1200, 1600)), place[1], place[0], Stack.parse([specification])))
    looked = answer(shows, 1)
    assert (looked.height, looked.width) == whole
    assert (looked.source_height, looked.source_width) == (1200, 1600)
    filled = max(np.divide(looked.pixels.shape[:2], place))
    assert 0.8 <= filled <= 1.01


def test_a_small_change_of_a_crop_reads_no_file_again(
    opened: Open, saved: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, shows, path = [], opened(), saved("large.png", (1200, 1600))
    reduce = proxies.proxy
    monkeypatch.setattr(proxies, "proxy", lambda *arguments, **options: read.append(1) or reduce(*arguments, **options))
    for generation, left in enumerate((3, 4, 5, 6, 7, 8), start=1):
        shows.look(Look(generation, path, 300, 270, Stack.parse([f"crop:left={left}"])))
        answer(shows, generation)
    assert len(read) == 1
