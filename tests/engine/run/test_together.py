"""Threads that help with one picture after another: the same ones, off the leader's processor, and left for others."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine import apply
from engine.run import together
from engine.run.processor import keep_clear
from tests.engine.pictures import made

WORKERS = 3


def test_partners_stay_for_the_next_picture() -> None:
    picture = made("noise", (300, 400, 3), "uint8", 1)
    apply(picture, ["gaussian-blur:sigma=1"], workers=WORKERS)
    before = {partner.thread for partner in together._partners}
    apply(picture, ["gaussian-blur:sigma=2"], workers=WORKERS)
    assert len(before) >= WORKERS - 1
    assert {partner.thread for partner in together._partners} == before


def test_pictures_made_at_the_same_time_do_not_share_partners() -> None:
    pictures = [made("noise", (200, 300, 3), "uint8", seed) for seed in range(6)]
    stack = ["exposure:ev=-0.3", "gaussian-blur:sigma=3"]
    alone = [apply(picture, stack, workers=1) for picture in pictures]
    with ThreadPoolExecutor(len(pictures)) as pool:
        together_made = list(pool.map(lambda picture: apply(picture, stack, workers=WORKERS), pictures))
    for one, other in zip(alone, together_made, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_child_process_has_partners_of_its_own() -> None:
    picture = made("noise", (100, 200, 3), "uint8", 1)
    expected = apply(picture, ["gaussian-blur:sigma=1"], workers=2)
    child = os.fork()
    if child == 0:
        same = np.array_equal(apply(picture, ["gaussian-blur:sigma=1"], workers=2), expected)
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets one say where a thread may run")
def test_a_thread_is_kept_off_the_processor_of_its_leader() -> None:
    allowed = os.sched_getaffinity(0)
    if len(allowed) < 2:
        pytest.skip("one processor leaves no choice")
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        here = min(allowed)
        os.sched_setaffinity(0, {here})
        keep_clear([thread])
        # Where the leader may run on one processor alone, there is no other to choose.
        assert os.sched_getaffinity(thread.native_id or 0) == allowed
        os.sched_setaffinity(0, allowed)
        keep_clear([thread])
        kept = os.sched_getaffinity(thread.native_id or 0)
        assert kept < allowed
        assert len(kept) == len(allowed) - 1
    finally:
        os.sched_setaffinity(0, allowed)
        ended.set()
        thread.join()
