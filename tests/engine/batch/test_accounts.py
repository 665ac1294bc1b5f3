"""All batches as lines of a list: running, queued, over, killed; and one taken from the list."""

from collections.abc import Callable

import pytest

from engine.account import Account
from engine.batch.accounts import Accounts
from engine.batch.client import Batch
from engine.batch.shelf import Shelf
from engine.errors import BatchError
from engine.job import State
from tests.engine.batch.conftest import Begin, started, summary, until
from tests.engine.batch.test_queue import kill

LetGo = Callable[[str], None]


def of(accounts: Accounts, batch: Batch) -> Account:
    return next(each for each in accounts.all() if each.id == batch.id)


def test_what_runs_what_waits_and_what_is_over(begin: Begin, let_go: LetGo) -> None:
    over = begin("a", "bad")
    summary(over)
    runs = begin("held-b", turn=1)
    started(runs, "held-b")
    second, first = begin("c", turn=1), begin("d", turn=1, priority=2)
    until(lambda: second.queued and first.queued)
    accounts = Accounts()
    told = accounts.all()
    assert [each.id for each in told] == [first.id, second.id, runs.id, over.id]
    assert [each.state for each in told] == [State.WAITING, State.WAITING, State.RUNNING, State.DONE]
    assert [each.place for each in told] == [1, 2, 0, 0]
    assert [each.priority for each in told] == [2, 0, 0, 0]
    assert (told[3].done, told[3].failed, told[3].left, told[3].seconds) == (1, 1, 0, 1.0)
    assert told[2].left == 1
    let_go("held-b")
    summary(second)
    assert [each.state for each in accounts.all()] == [State.DONE] * 4
    assert [each.done for each in accounts.all()] == [1] * 4


def test_one_that_was_killed_is_told_by_its_journal(begin: Begin) -> None:
    batch = begin("a", "held-b")
    started(batch, "held-b")
    accounts = Accounts()
    assert of(accounts, batch).state is State.RUNNING
    kill(batch)
    told = of(accounts, batch)
    assert (told.state, told.done, told.left) == (State.BROKEN, 1, 1)


def test_one_that_is_over_can_be_forgotten(begin: Begin, let_go: LetGo) -> None:
    batch, other = begin("held-a"), begin("b")
    started(batch, "held-a")
    summary(other)
    shelf, accounts = Shelf(), Accounts()
    assert len(accounts.all()) == 2
    with pytest.raises(BatchError, match="is not over: cancel it first"):
        shelf.remove(batch.id)
    shelf.remove(other.id)
    assert [each.id for each in accounts.all()] == [batch.id]
    assert not other.folder.path.exists()
    let_go("held-a")
    assert summary(batch).done == 1
