"""Pictures of pixels in pieces: the newest wins, those that are given up are ended, those that are kept are few."""

from typing import Literal

from tui.graphics.transfer import Transfer
from tui.output.pictures import KEPT, Pictures


def picture(key: int, pieces: int = 4, protocol: Literal["kitty", "iterm2"] = "iterm2") -> Transfer:
    sequences = tuple(f"<{key}.{each}>" for each in range(pieces))
    return Transfer(protocol, key, 4, 2, sequences, f"<show{key}>", f"<abort{key}>", f"<free{key}>", ())


def everything(pictures: Pictures, room: int = 1000) -> str:
    sent = ""
    while taken := pictures.take(room):
        sent += taken
        pictures.arrived()
    pictures.arrived()
    return sent


def test_pieces_go_as_room_allows_and_then_whoever_waits_is_told() -> None:
    pictures, told = Pictures(), []
    one = picture(1)
    pictures.send(one, told.append)
    assert pictures.take(10) == "<1.0><1.1>"
    pictures.arrived()
    assert not told
    assert pictures.pending
    assert pictures.take(4) == ""
    assert pictures.take(1000) == "<1.2><1.3>"
    assert pictures.arrived()
    assert not pictures.arrived()
    assert told == [one]
    assert not pictures.pending


def test_a_newer_picture_ends_the_one_under_way() -> None:
    pictures, told = Pictures(), []
    pictures.send(picture(1), told.append)
    pictures.take(5)
    newer = picture(2)
    pictures.send(newer, told.append)
    assert everything(pictures) == "<abort1><2.0><2.1><2.2><2.3>"
    assert told == [newer]


def test_what_the_terminal_has_is_not_sent_again_until_it_is_drawn_over() -> None:
    pictures, told = Pictures(), []
    one = picture(1)
    pictures.send(one, told.append)
    everything(pictures)
    pictures.send(one, told.append)
    assert not pictures.pending
    assert told == [one, one]
    assert pictures.shown(1) is one
    pictures.drawn(1)
    assert pictures.shown(1) is None
    assert everything(pictures) == "<1.0><1.1><1.2><1.3>"
    assert pictures.shown(1) is one


def test_old_ones_are_freed_and_leaving_frees_all() -> None:
    pictures, told = Pictures(), []
    for key in range(1, KEPT + 2):
        pictures.send(picture(key, 1), told.append)
        sent = everything(pictures)
    assert sent == f"<{KEPT + 1}.0><free1>"
    pictures.send(picture(99), told.append)
    pictures.take(6)
    left = pictures.leave()
    assert left.startswith("<abort99>")
    assert [left.count(f"<free{key}>") for key in range(1, KEPT + 2)] == [1] * (KEPT + 1)
    assert pictures.leave() == ""


def test_a_picture_without_pieces_arrives_at_once() -> None:
    pictures, told = Pictures(), []
    one = picture(1, 0)
    pictures.send(one, told.append)
    assert everything(pictures) == ""
    assert told == [one]


def test_the_same_picture_made_again_is_not_sent_again() -> None:
    pictures, told = Pictures(), []
    pictures.send(picture(1), told.append)
    everything(pictures)
    pictures.send(picture(1), told.append)
    assert everything(pictures) == ""
    assert len(told) == 2


def test_another_picture_of_the_same_number_takes_its_place() -> None:
    pictures, told = Pictures(), []
    pictures.send(picture(1), told.append)
    everything(pictures)
    pictures.send(picture(1, 3), told.append)
    assert pictures.take(5) == "<1.0>"
    pictures.stop()
    assert everything(pictures) == "<abort1>"
    pictures.send(picture(1), told.append)
    assert everything(pictures) == "<1.0><1.1><1.2><1.3>"


def test_a_picture_that_the_terminal_keeps_is_placed_again_without_being_sent() -> None:
    pictures, told = Pictures(), []
    pictures.send(picture(1, protocol="kitty"), told.append)
    everything(pictures)
    for _ in range(2):
        shown = pictures.shown(1)
        assert shown is not None
        pictures.drawn(1)
    assert not pictures.pending
