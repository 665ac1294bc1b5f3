"""A sequence as it passes through tmux to the terminal behind it (tmux, allow-passthrough). Sends nothing."""

LONGEST = 1 << 20
"""Bytes of a sequence that tmux drops without a word; pieces stay far below."""


def wrapped(sequence: str) -> str:
    """The sequence in the envelope that tmux opens and hands on."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
