"""When Ctrl-C becomes which request, told without signals and clocks; and once with real signals."""

import os
import signal

from engine.job import Verb
from tui.cli.following.stopping import PATIENCE, Stopping


def test_nothing_is_asked_of_its_own() -> None:
    assert Stopping().verb(0.0) is None


def test_the_first_drains_until_the_batch_has_heard() -> None:
    stopping = Stopping()
    stopping.ask()
    assert [stopping.verb(1.0), stopping.verb(2.0)] == [Verb.DRAIN, Verb.DRAIN]
    stopping.grant(Verb.DRAIN)
    assert stopping.verb(3.0) is None


def test_the_second_cancels_once() -> None:
    stopping = Stopping()
    stopping.ask()
    stopping.verb(1.0)
    stopping.grant(Verb.DRAIN)
    stopping.ask()
    assert stopping.verb(1.1) is Verb.CANCEL
    stopping.grant(Verb.CANCEL)
    assert stopping.verb(99.0) is None


def test_two_at_once_cancel() -> None:
    stopping = Stopping()
    stopping.ask()
    stopping.ask()
    assert stopping.verb(0.0) is Verb.CANCEL


def test_patience_ends() -> None:
    stopping = Stopping()
    stopping.ask()
    stopping.verb(5.0)
    stopping.grant(Verb.DRAIN)
    assert stopping.verb(5.0 + PATIENCE - 0.01) is None
    assert stopping.verb(5.0 + PATIENCE) is Verb.CANCEL


def test_signals_count_while_it_is_entered_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGHUP)
    with Stopping() as stopping:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(os.getpid(), number)
        assert stopping.asked == 3
    assert signal.getsignal(signal.SIGHUP) is before
