"""Following a batch and showing it, with batches made up here: what is said when, and that names stay harmless."""

import io
import json

import pytest
from rich.console import Console

from engine.errors import BatchError
from engine.job import Event, Failed, Finished, LaneTotal, Skipped, Started, State, Summary, Task, Verb
from engine.telemetry import Lane, Snapshot, Stage
from tui.cli.following.bars import Bars
from tui.cli.following.lines import Lines
from tui.cli.following.loop import Follower
from tui.cli.following.objects import Objects
from tui.cli.following.running import status
from tui.cli.following.stopping import Stopping
from tui.cli.printing.figures import duration, outcome

HOSTILE = "/p/\x1b[31m[bold]\u202egpj.\udcff.jpg"
TASKS = (Task("/p/a.jpg", "/o/a.jpg"), Task(HOSTILE, "/o/b.jpg"))


def lane(file: int, stage: Stage = Stage.FILTER) -> Lane:
    return Lane("worker 1", stage, file, 0.5, 12.0, 34.5, 0.97, 1.0, 0.9)


def snapshot(state: State = State.RUNNING, lanes: int = 2) -> Snapshot:
    shown = tuple(lane(index % 2) for index in range(lanes))
    return Snapshot("b", state, 2.0, shown, (0.5, 0.5), 2, 1, 0, 0, 12.0, 69.0, 3.0)


def summary(state: State = State.DONE, *, failed: int = 0, left: int = 0) -> Summary:
    totals = (LaneTotal("worker 1", 1.5, 1.4, 12.0),)
    return Summary(state, 2 - failed - left, failed, 0, left, 2.5, 12.0, 4.8, 1.5, totals)


class Made:
    """A batch that tells one list of events a look."""

    def __init__(self, *looks: list[Event], grants: bool = True) -> None:
        self.looks = list(looks)
        self.told: list[Event] = []
        self.asked: list[Verb] = []
        self.grants = grants

    def snapshot(self, batch: str) -> Snapshot | None:
        if self.looks:
            self.told += self.looks.pop(0)
        return snapshot(State.RUNNING if self.looks else State.BROKEN)

    def events(self, batch: str, start: int) -> tuple[tuple[int, Event], ...]:
        return tuple(enumerate(self.told))[start:]

    def ask(self, batch: str, verb: Verb) -> None:
        self.asked.append(verb)
        if not self.grants:
            raise BatchError("The batch is not ready yet.")


class Heard:
    """A display that keeps what it is given, or one whose reader has gone."""

    def __init__(self, *, gone: bool = False) -> None:
        self.kept: list[object] = []
        self.gone = gone

    def event(self, event: Event) -> None:
        self._keep(event)

    def snapshot(self, snapshot: Snapshot) -> None:
        self._keep(snapshot)

    def say(self, sentence: str) -> None:
        self._keep(sentence)

    def end(self, summary: Summary) -> None:
        self._keep(summary)

    def close(self) -> None:
        self._keep("closed")

    def _keep(self, thing: object) -> None:
        if self.gone:
            raise BrokenPipeError
        self.kept.append(thing)


def test_every_event_is_shown_once_and_the_summary_ends_it() -> None:
    events: list[Event] = [Started(0, "/p/a.jpg"), Finished(0, "/p/a.jpg", "/o/a.jpg", 1.0, 12.0)]
    heard = Heard()
    ended = Follower(Made(events[:1], [], events[1:], [summary()]), "b", heard, Stopping()).follow()
    assert ended == summary()
    assert [each for each in heard.kept if isinstance(each, Started | Finished)] == events


def test_a_batch_that_breaks_has_no_summary() -> None:
    assert Follower(Made([]), "b", Heard(), Stopping()).follow() is None


def test_the_first_interrupt_says_what_it_waits_for() -> None:
    batch, heard, stopping = Made([Started(0, "/p/a.jpg")], [], [summary()]), Heard(), Stopping()
    stopping.ask()
    Follower(batch, "b", heard, stopping).follow()
    assert batch.asked == [Verb.DRAIN]
    (sentence,) = (each for each in heard.kept if isinstance(each, str))
    assert "1 file under way (a.jpg)" in sentence


def test_what_the_batch_did_not_hear_is_asked_again_and_said_once() -> None:
    batch, heard, stopping = Made([], [], [], [summary()], grants=False), Heard(), Stopping()
    stopping.ask()
    Follower(batch, "b", heard, stopping).follow()
    assert batch.asked == [Verb.DRAIN] * 3
    assert sum(isinstance(each, str) for each in heard.kept) == 1


def test_a_reader_that_has_gone_ends_the_batch() -> None:
    batch, stopping = Made([], [], [], [summary()]), Stopping()
    Follower(batch, "b", Heard(gone=True), stopping).follow()
    assert batch.asked == [Verb.DRAIN]
    assert stopping.asked == 1


@pytest.mark.parametrize(
    ("ended", "interrupted", "expected"),
    [
        (summary(), False, 0),
        (summary(failed=1), False, 1),
        (summary(State.BROKEN, left=1), False, 1),
        (summary(State.CANCELLED, left=1), False, 130),
        (summary(), True, 130),
        (summary(failed=1), True, 130),
    ],
)
def test_exit_status(ended: Summary, interrupted: bool, expected: int) -> None:
    assert status(ended, interrupted=interrupted) == expected


def test_objects_are_one_a_line_and_carry_bytes_that_are_no_text() -> None:
    stream = io.StringIO()
    objects = Objects(TASKS, stream)
    objects.event(Failed(1, HOSTILE, "b.jpg is broken."))
    objects.snapshot(snapshot())
    objects.snapshot(snapshot())
    objects.end(summary())
    assert not any(ord(character) < 32 or ord(character) > 126 for character in stream.getvalue().replace("\n", ""))
    failed, progress, last = map(json.loads, stream.getvalue().splitlines())
    assert failed["event"] == "failed"
    assert failed["path_bytes"]
    assert progress["workers"][0]["path"] == "/p/a.jpg"
    assert progress["workers"][0]["stage"] == "filter"
    assert {"cores", "gil_free_share", "seconds_per_file", "memory_bytes", "memory_limit_bytes"} <= set(progress)
    assert {"read_bytes_per_second", "written_bytes_per_second"} <= set(progress)
    assert {"load", "decode_seconds", "filter_seconds", "encode_seconds", "failed"} <= set(progress["workers"][0])
    assert {"done", "failed", "skipped", "seconds", "megapixels_per_second", "workers"} <= set(last)
    assert set(last["workers"][0]) == {"name", "busy_seconds", "cpu_seconds", "megapixels"}


def test_lines_hold_no_control_codes() -> None:
    out, errors = io.StringIO(), io.StringIO()
    lines = Lines(Console(file=out, width=40), Console(file=errors, width=40))
    lines.event(Finished(1, HOSTILE, HOSTILE, 1.0, 12.0, ("16 bits became 8",)))
    lines.event(Skipped(0, "/p/a.jpg", "/o/a.jpg"))
    lines.event(Failed(0, "/p/a.jpg", "a.jpg is broken."))
    lines.snapshot(snapshot())
    lines.end(summary(failed=1))
    assert "\x1b" not in out.getvalue() + errors.getvalue()
    assert "[bold]" in out.getvalue()
    assert "\u202e" not in out.getvalue()
    assert errors.getvalue().splitlines()[-1] == "a.jpg is broken."


@pytest.mark.parametrize(("width", "height", "lanes"), [(100, 24, 2), (40, 12, 2), (60, 12, 64)])
def test_bars_fit_the_terminal(width: int, height: int, lanes: int) -> None:
    stream = io.StringIO()
    screen = Console(file=stream, width=width, height=height, force_terminal=True)
    bars = Bars(TASKS, screen)
    drawn = screen.render_lines(bars._draw(snapshot(lanes=lanes)), pad=False)
    shown = "".join(segment.text for line in drawn for segment in line)
    assert len(drawn) < height
    assert "worker 1" in shown
    assert "filtering" in shown
    assert "1 of 2 files" in shown
    assert "\x1b" not in shown


def test_bars_give_the_cursor_back() -> None:
    stream = io.StringIO()
    bars = Bars(TASKS, Console(file=stream, width=80, height=24, force_terminal=True))
    bars.snapshot(snapshot())
    bars.close()
    bars.close()
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")


def test_figures_read_well() -> None:
    assert [duration(seconds) for seconds in (0.04, 59.9, 200, 7500)] == ["0.0 s", "59.9 s", "3 min 20 s", "2 h 5 min"]
    assert outcome(summary(failed=1)) == "1 file done, 1 failed in 2.5 s, 4.8 MP/s."
