"""Asks the terminal everything and waits for its answers: for a command line, never for the app."""

import os
import select
import sys
import termios
import time
import tty
from collections.abc import Mapping

from tui.terminal.answers import Answers
from tui.terminal.questions import questions
from tui.terminal.replies import Replies

PATIENCE = 2.0
"""Seconds for all answers: a terminal far away needs some."""


def interview(environ: Mapping[str, str]) -> Answers:
    """What the terminal answers; nothing where standard input or output is none, or is in somebody else's hands."""
    asked = questions(environ)
    if not (asked and sys.stdin.isatty() and sys.stdout.isatty() and os.tcgetpgrp(0) == os.getpgrp()):
        return Answers()
    before = termios.tcgetattr(0)
    try:
        tty.setcbreak(0, termios.TCSADRAIN)
        sys.stdout.write(asked)
        sys.stdout.flush()
        return _hear(0)
    finally:
        # What else came in meanwhile was typed by a person who cannot have meant this program.
        termios.tcsetattr(0, termios.TCSAFLUSH, before)


def _hear(descriptor: int) -> Answers:
    answers, replies = Answers(), Replies()
    deadline = time.monotonic() + PATIENCE
    while not answers.complete and (left := deadline - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            for reply in replies.feed(os.read(descriptor, 4096).decode(errors="replace"))[1]:
                answers = answers.heard(reply)
    return answers
