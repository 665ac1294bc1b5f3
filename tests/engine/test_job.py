"""The table of states and the events, without threads."""

import json
import os
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BatchError
from engine.job import (
    TRANSITIONS,
    Event,
    Failed,
    Finished,
    LaneTotal,
    Skipped,
    Started,
    State,
    Summary,
    Verb,
    event_from_dict,
    event_to_dict,
    move,
    path_from_dict,
    path_to_dict,
)

LEGAL = {
    State.WAITING: {Verb.START: State.RUNNING, Verb.CANCEL: State.CANCELLED, Verb.DRAIN: State.CANCELLED},
    State.RUNNING: {
        Verb.PAUSE: State.PAUSED,
        Verb.DRAIN: State.DRAINING,
        Verb.CANCEL: State.CANCELLED,
        Verb.END: State.DONE,
    },
    State.PAUSED: {
        Verb.RESUME: State.RUNNING,
        Verb.DRAIN: State.DRAINING,
        Verb.CANCEL: State.CANCELLED,
        Verb.END: State.DONE,
    },
    State.DRAINING: {Verb.CANCEL: State.CANCELLED, Verb.END: State.CANCELLED},
    State.DONE: {},
    State.CANCELLED: {},
    State.BROKEN: {},
}
paths = st.binary(min_size=1, max_size=30).filter(lambda raw: b"\0" not in raw).map(os.fsdecode)
numbers = st.floats(0, 1e9)
texts = st.text(max_size=20)
lanes = st.builds(LaneTotal, st.just("worker 1"), numbers, numbers, numbers)
events = st.one_of(
    st.builds(Started, st.integers(0), paths),
    st.builds(Finished, st.integers(0), paths, paths, numbers, numbers, st.lists(texts, max_size=2).map(tuple)),
    st.builds(Skipped, st.integers(0), paths, paths),
    st.builds(Failed, st.integers(0), paths, texts),
    st.builds(
        Summary,
        state=st.sampled_from(State),
        done=st.integers(0),
        failed=st.integers(0),
        skipped=st.integers(0),
        left=st.integers(0),
        seconds=numbers,
        megapixels=numbers,
        megapixels_per_second=numbers,
        process_cpu_seconds=numbers,
        workers=st.lists(lanes, max_size=3).map(tuple),
        note=texts,
    ),
)


@pytest.mark.parametrize(("state", "verb"), product(State, Verb))
def test_every_verb_in_every_state(state: State, verb: Verb) -> None:
    if verb in LEGAL[state]:
        assert move(state, verb) is LEGAL[state][verb]
    else:
        with pytest.raises(BatchError, match=f"The batch is {state}: it cannot {verb}"):
            move(state, verb)


def test_nothing_leaves_what_is_over_and_all_else_can_end() -> None:
    assert not any(state.over for state, _ in TRANSITIONS)
    for state in State:
        reached = {state}
        for _ in State:
            reached |= {after for (before, _), after in TRANSITIONS.items() if before in reached}
        assert any(each.over for each in reached)


@given(events)
def test_events_come_back_from_json_that_any_program_can_read(event: Event) -> None:
    text = json.dumps(event_to_dict(event))
    json.dumps(event_to_dict(event), ensure_ascii=False).encode()
    assert event_from_dict(json.loads(text)) == event


@given(paths)
def test_a_path_is_the_same_bytes_again(path: str) -> None:
    values = path_to_dict("path", path)
    assert path_from_dict("path", json.loads(json.dumps(values))) == path
    raw = os.fsencode(path)
    assert ("path_bytes" in values) == (raw.decode("utf-8", "replace").encode() != raw)


def test_unknown_fields_are_left_out_and_unknown_events_refused() -> None:
    assert event_from_dict({"event": "started", "index": 1, "path": "a", "later": 2}) == Started(1, "a")
    for wrong in ({}, {"event": "thought"}, {"event": "started"}, {"event": "started", "index": 1, "path": None}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            event_from_dict(wrong | {"path_bytes": "?"} if "path" in wrong else wrong)
