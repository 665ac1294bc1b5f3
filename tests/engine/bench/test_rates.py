"""Rows: who takes part, who counts, what is reached."""

import json
from typing import Any

import numpy as np
import pytest

from engine.bench import peers
from engine.bench.comparison import Rival
from engine.bench.contest import ALL, DEFAULT, ONE
from engine.bench.growth import measure_radii, measure_sizes
from engine.bench.photographs import measure_photographs
from engine.bench.rates import Peer, Rates, measure_rates
from engine.bench.scaling import Intense, Scaling, measure_scaling
from engine.bench.setting import Setting
from engine.bench.timing import Timing
from engine.errors import SpecError


def timing(rate: float) -> Timing:
    return Timing((24.0 / rate,), 24.0)


def rates(
    ours: float, *others: Peer, copy: float = 0.001, aim: float | None = 1.0, least: float | None = None
) -> Rates:
    same = dict.fromkeys((ALL, ONE, DEFAULT), timing(ours))
    return Rates("row", "uint8", ("invert",), same, copy, 0.5, others, (), True, aim, least)


def test_the_fastest_that_counts_is_compared_with() -> None:
    close, wrong = Peer("close", timing(100.0), 2.0), Peer("wrong", timing(900.0), 2.1)
    row = rates(150.0, wrong, close)
    assert row.fastest is close
    assert row.times == pytest.approx(1.5)
    assert row.reached


def test_where_none_counts_the_fastest_of_all_stands_in() -> None:
    row = rates(150.0, Peer("slow", timing(100.0), 3.0), Peer("fast", timing(200.0), 9.0))
    assert row.fastest is not None
    assert row.fastest.title == "fast"
    assert not row.reached
    assert not row.to_dict()["peers"][0]["counts"]


def test_as_fast_as_a_copy_is_fast_enough_for_a_filter_but_not_for_a_chain() -> None:
    peer = Peer("peer", timing(2400.0), 0.0)
    assert rates(2000.0, peer, copy=0.0105).reached
    assert not rates(2000.0, peer, copy=0.0104).reached
    assert not rates(2000.0, peer, copy=1.0, aim=2.5).reached


def test_without_peers_only_a_rate_can_be_asked() -> None:
    assert rates(30.0).reached is None
    assert rates(30.0, aim=None, least=20.0).reached
    assert rates(10.0, aim=None, least=20.0).reached is False


def test_a_row_is_measured_without_peers(setting: Setting) -> None:
    row = measure_rates(setting, "blur", ("gaussian-blur:sigma=1",), "uint16", (Rival("opencv", "gaussian", (1,)),))
    assert row.error is None
    assert row.others == ()
    assert len(row.ours[ALL].seconds) == 2
    assert row.ours[DEFAULT].seconds != row.ours[ALL].seconds
    assert json.loads(json.dumps(row.to_dict()))["all"]["megapixels"] == pytest.approx(0.05, rel=0.1)


def test_slow_work_gets_a_smaller_picture(setting: Setting) -> None:
    setting.slow = 0.0
    row = measure_rates(setting, "invert", ("invert",), "uint8")
    assert row.ours[ALL].megapixels == pytest.approx(0.02, rel=0.1)


def test_an_unknown_filter_is_one_sentence(setting: Setting) -> None:
    with pytest.raises(SpecError, match="no-such-filter"):
        measure_rates(setting, "none", ("no-such-filter",), "uint8")


def test_a_peer_that_fails_is_left_out_with_a_sentence(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(rival: Rival, source: Any, target: Any) -> Any:
        if rival.function == "breaks":
            raise RuntimeError("not\nfor this")
        return lambda: 255 - source

    monkeypatch.setattr(peers, "build", build)
    setting.peers = {"opencv": "OpenCV"}
    rivals = (Rival("opencv", "breaks"), Rival("opencv", "works"), Rival("other", "works"))
    row = measure_rates(setting, "invert", ("invert",), "uint8", rivals, aim=1.0)
    assert row.notes == ("OpenCV cannot: not for this",)
    assert [(peer.title, peer.error) for peer in row.others] == [("OpenCV", pytest.approx(0.0, abs=1e-9))]
    assert row.error == pytest.approx(0.0, abs=1e-9)


def test_growth_is_told_by_size_and_by_each_radius_that_is_allowed(setting: Setting) -> None:
    assert list(measure_sizes(setting, "median").costs) == ["1", "4", "24", "100"]
    radii = measure_radii(setting, "median").costs
    assert list(radii)[:3] == ["1", "2", "5"]
    assert all(cost > 0.0 for cost in radii.values())


def test_scaling_is_held_to_the_loop_in_registers(setting: Setting) -> None:
    row = measure_scaling(setting, Intense("blur", ("gaussian-blur:sigma=2",), "uint8", 0.05), turns=1000)
    assert row.share == row.ours / row.spinning


@pytest.mark.parametrize(("ours", "spinning", "reached"), [(1.9, 1.95, True), (1.8, 1.95, False), (1.1, 1.0, None)])
def test_scaling_is_not_judged_where_others_take_the_cores(ours: float, spinning: float, reached: bool | None) -> None:
    row = Scaling("row", 2, ours, spinning).to_dict()
    assert row["reached"] is reached
    assert bool(row["notes"]) == (reached is None)


def test_photographs_are_made_from_file_to_file(setting: Setting) -> None:
    made = measure_photographs(setting)
    assert made.scripts == {}
    assert made.times is None
    assert made.over_codecs > 0.0


def test_scripts_make_the_same_photographs(beside: Setting) -> None:
    row = measure_photographs(beside).to_dict()
    assert set(row["scripts"]) == {"OpenCV", "libvips"}
    assert row["times"] > 0.0


def test_scripts_sharpen_as_we_do(beside: Setting, tmp_path: Any) -> None:
    from engine.bench.peers import libvips, opencv
    from engine.bench.photographs import QUALITY, STACK
    from engine.files.decode import decode, decode_bytes
    from engine.files.encode import encode
    from engine.files.limits import Limits
    from engine.image import Image
    from engine.library import apply

    path = tmp_path / "photograph.jpg"
    path.write_bytes(encode(Image(beside.picture(0.05, "uint8")), "jpeg", QUALITY))
    ours = apply(decode(path, Limits()).image.pixels, STACK, light="encoded").astype(int)
    for library in (opencv, libvips):
        made = decode_bytes("made", library.photograph_maker(STACK, QUALITY)(str(path)), Limits()).image.pixels
        assert np.abs(made - ours).mean() < 3.0
