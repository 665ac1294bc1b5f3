"""When a batch that is told to end does what, by a clock of our own."""

from engine.batch.ending import DRAINS_FOR, ENDS_WITHIN, Ending
from engine.job import State, Verb


def test_nobody_asked() -> None:
    ending = Ending()
    assert ending.due(1e9) is None
    assert not ending.overdue(1e9, State.RUNNING)


def test_first_drain_and_after_a_while_cancel() -> None:
    ending = Ending()
    ending.terminate()
    assert ending.due(100.0) is Verb.DRAIN
    assert ending.due(100.0 + DRAINS_FOR - 0.1) is None
    assert ending.due(100.0 + DRAINS_FOR) is Verb.CANCEL
    assert ending.due(1e9) is None


def test_the_second_request_cancels_at_once() -> None:
    ending = Ending()
    ending.terminate()
    ending.terminate()
    assert (ending.due(5.0), ending.due(5.0), ending.due(5.0)) == (Verb.DRAIN, Verb.CANCEL, None)


def test_threads_have_their_time_whoever_cancelled() -> None:
    for terminated in (False, True):
        ending = Ending()
        if terminated:
            ending.terminate()
            ending.terminate()
            ending.due(7.0)
            ending.due(7.0)
        assert not ending.overdue(7.0, State.CANCELLED)
        assert not ending.overdue(7.0 + ENDS_WITHIN - 0.01, State.CANCELLED)
        assert ending.overdue(7.0 + ENDS_WITHIN, State.CANCELLED)
        assert not ending.overdue(99.0, State.DONE)
