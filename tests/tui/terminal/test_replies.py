"""Answers are taken out of the input however it is cut, and not a key is lost or added."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from tui.terminal.replies import MOST, Alive, Attributes, CellSize, Graphics, Replies, Reply, Transferred, Version

ANSWERS: dict[str, Reply] = {
    "\x1b[0n": Alive(),
    "\x1b[?62;4;22c": Attributes((62, 4, 22)),
    "\x1bP>|kitty(0.36.4)\x1b\\": Version("kitty(0.36.4)"),
    "\x1b_Gi=31;OK\x1b\\": Graphics(31, True),
    "\x1b_Gi=31;ENOTSUPPORTED: no\x1b\\": Graphics(31, False),
    "\x1b[6;20;10t": CellSize(10, 20),
}
KEYS = (
    *("a", "ä", "漢", "\x1b[A", "\x1b[1;5D", "\x1bOP", "\x1b[<0;10;20M", "\x1b[97;5u", "\r", "\x7f", "0n", "[0n"),
    *("\x1b[200~pasted \x1b[0n and more\x1b[201~", "\x1b[48;50;120;1000;1200t", "\x1b[?2026;2$y", "\x1b[I"),
)
INPUT = st.lists(st.sampled_from([*ANSWERS, *KEYS]), max_size=12)


@given(INPUT, st.randoms(use_true_random=False))
def test_any_input_cut_anywhere_gives_the_same_keys_and_answers(parts: list[str], chance: object) -> None:
    text = "".join(parts)
    cuts = sorted(chance.randrange(len(text) + 1) for _ in range(chance.randrange(6)))  # type: ignore[attr-defined]
    replies = Replies()
    typed, heard = "", []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        keys, answers = replies.feed(text[start:end])
        typed += keys
        heard += answers
    typed += replies.release()
    assert typed == "".join(part for part in parts if part not in ANSWERS)
    assert heard == [ANSWERS[part] for part in parts if part in ANSWERS]


def test_escape_alone_is_held_for_a_moment_only() -> None:
    replies = Replies()
    assert replies.patience is None
    assert replies.feed("\x1b") == ("", ())
    assert replies.patience is not None
    assert replies.patience < 0.05
    assert replies.release() == "\x1b"
    assert replies.patience is None


def test_an_answer_without_end_is_dropped() -> None:
    replies = Replies()
    assert replies.feed("a\x1b_G" + "x" * MOST) == ("a", ())
    assert replies.feed("more" * 1000) == ("", ())
    assert replies.feed("\x1b\\b\x1b[0n") == ("b", (Alive(),))


def test_controls_in_a_version_are_left_out() -> None:
    assert Replies().feed("\x1bP>|x\x07\x9by\x1b\\")[1] == (Version("xy"),)


def test_what_becomes_of_a_transfer_is_told_in_any_pieces() -> None:
    status = base64.b64encode(b"EPERM:not \x07 allowed").decode()
    told = f"\x1b]5113;ac=status;id=s1;fid=3;st={status}\x1b\\x\x1b]5113;id=s1;st=T0s=\x07\x1b]5113;id=s1;st=%\x1b\\"
    wanted = (Transferred("s1", "3", "EPERM:not  allowed"), Transferred("s1", "", "OK"), Transferred("s1", "", ""))
    for size in (1, 2, 3, 7, len(told)):
        replies = Replies()
        fed = [replies.feed(told[start : start + size]) for start in range(0, len(told), size)]
        assert "".join(typed for typed, _ in fed) == "x"
        assert tuple(reply for _, some in fed for reply in some) == wanted
