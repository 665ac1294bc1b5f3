"""Who does which files, whatever happens to the workers: without any, step by step."""

from hypothesis import given
from hypothesis import strategies as st

from engine.cluster.dealing import LONGEST, TRIES, Dealing


def test_a_thread_finds_its_next_file_waiting() -> None:
    dealing = Dealing(9)
    dealing.join("a", 1)
    assert [dealing.deal("a"), dealing.deal("a"), dealing.deal("a")] == [(0,), (1,), ()]
    dealing.taken_up("a")
    assert dealing.deal("a") == (2,)


def test_small_files_travel_together() -> None:
    dealing = Dealing(10_000)
    dealing.join("a", 1)
    dealing.over("a", *dealing.deal("a"), seconds=0.001)
    assert len(dealing.deal("a")) == LONGEST


def test_the_last_files_are_shared_out() -> None:
    dealing = Dealing(13)
    dealing.join("a", 1)
    dealing.join("b", 1)
    dealing.over("a", *dealing.deal("a"), seconds=0.001)
    assert len(dealing.deal("a")) == 2


def test_what_is_lost_is_given_again_alone_and_lost_again_set_aside() -> None:
    dealing = Dealing(4)
    for worker in "abc":
        dealing.join(worker, 1)
    assert (dealing.deal("a"), dealing.deal("b")) == ((0,), (1,))
    assert dealing.leave("a", killed=True) == ([0], [])
    assert dealing.deal("b") == ()
    assert dealing.deal("c") == (0,)
    assert dealing.given_before(0)
    assert dealing.deal("c") == ()
    assert dealing.leave("c", killed=True) == ([0], [0])
    dealing.over("b", 1)
    dealing.taken_up("b")
    assert dealing.deal("b") == (2,)


def test_a_worker_that_retires_leaves_no_suspect() -> None:
    dealing = Dealing(2)
    dealing.join("a", 1)
    dealing.join("b", 2)
    assert dealing.deal("a") == (0,)
    assert dealing.leave("a", killed=False) == ([0], [])
    assert (dealing.deal("b"), dealing.deal("b")) == ((0,), (1,))


@given(st.integers(1, 60), st.sets(st.integers(0, 59), max_size=3), st.randoms(use_true_random=False))
def test_every_file_ends_once_and_only_poison_is_set_aside(total: int, poison: set[int], chance: object) -> None:
    """Workers come whenever one is killed; a poisoned file kills whoever takes it up."""
    import random

    assert isinstance(chance, random.Random)
    dealing, ended, aside, number = Dealing(total), list[int](), set[int](), 3
    given_to: dict[str, list[int]] = {f"w{each}": [] for each in range(3)}
    for worker in given_to:
        dealing.join(worker, chance.randint(1, 3))
    for _ in range(40 * total + 200):
        if not dealing.left:
            break
        worker = chance.choice(list(given_to))
        if chunk := dealing.deal(worker):
            given_to[worker] += chunk
            continue
        if not given_to[worker]:
            continue
        index = given_to[worker].pop(0)
        if index not in poison:
            dealing.taken_up(worker)
            assert dealing.over(worker, index, 0.3)
            ended.append(index)
            continue
        _, dead = dealing.leave(worker, killed=True)
        del given_to[worker]
        for each in dead:
            assert dealing.over(worker, each)
            aside.add(each)
        given_to[f"w{number}"] = []
        dealing.join(f"w{number}", chance.randint(1, 3))
        number += 1
    assert dealing.left == 0
    assert sorted(ended) == sorted(set(range(total)) - poison)
    assert aside == poison & set(range(total))


def test_many_threads_get_more_files_at_a_time() -> None:
    dealing, workers = Dealing(1_000_000), [f"w{number}" for number in range(500)]
    for worker in workers:
        dealing.join(worker, 16)
    first = dealing.deal("w0")
    dealing.over("w0", first[0], 0.5)
    assert len(first) == 1
    chunks = [chunk for chunk in (dealing.deal("w1") for _ in range(50)) if chunk]
    assert {len(chunk) for chunk in chunks} == {LONGEST}
    # 8,000 threads take up 16,000 files a second: 250 tasks.
    assert len(chunks) == 2


def test_a_file_has_two_tries() -> None:
    assert TRIES == 2
