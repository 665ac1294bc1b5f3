"""How much may be on its way to the terminal: counts what it has not answered for. Writes nothing, has no clock."""

# A pseudo-terminal, sshd and a router's queue take hundreds of kilobytes at once and deliver them seconds later. Only
# what the terminal answers tells what has arrived: each piece of output ends with a question (CSI 5n).

from collections import deque
from statistics import median
from typing import NamedTuple

QUESTION = "\x1b[5n"
"""DSR, operating status: every terminal answers CSI 0n once it has read as far (ECMA-48, 8.3.35)."""
LEAST = 4000
"""Bytes that may be unanswered on any line."""
PIECE = 3000
"""Bytes of the longest piece of a picture or a file: between any two a key's echo may go."""
SECONDS = 0.1
"""Of what the line drains may be unanswered, where that is more."""
BESIDE, BESIDE_TRIP = 1_500_000, 0.02
"""Bytes a second that a terminal on this machine takes at least, and the round trip that shows that it is there.

Small pieces, all that a plain picture gives, measure its next repainting instead.
"""
MOST = 1_000_000
SAMPLES = 12
"""Measurements remembered; their median counts."""
WORTH = 600
"""A smaller piece says nothing of the drain: its time is the round trip's."""
SPAN = 0.01
"""Seconds that answers of pieces behind each other are counted together, at least: a terminal that was busy answers
several at once, and the time between two of those says nothing of the line."""
SHORTEST = 0.001
"""Seconds that no terminal takes less than, as far as clocks here can tell."""
SILENCE = 2.0
"""Seconds without any answer ever after which a terminal counts as one that does not answer."""
LOST = 30.0
"""Seconds after which an answer counts as lost: somebody else read it, or another terminal was attached."""


class _Piece(NamedTuple):
    """Output that ends with a question."""

    size: int
    sent: float


class Credit:
    """Bytes written and not answered for, the round trip, and what the line drains, all in seconds and bytes.

    The drain of pieces that waited behind others is their size over the time between the answers; of one that waited
    behind none, its size over what its answer took beyond the shortest round trip.
    """

    def __init__(self, near: bool = False) -> None:
        """`near` is whether the terminal is on this machine and nothing answers in its place, as far as is known."""
        self._near = near
        self._pieces: deque[_Piece] = deque()
        self._trips: deque[float] = deque(maxlen=SAMPLES)
        self._drains: deque[float] = deque(maxlen=SAMPLES)
        self._answered = 0.0
        self._counted = 0
        """Bytes answered for since a drain was measured, while the line was never idle."""
        self._since = 0.0
        self._shortest = 0.0
        self._small = False
        """Whether the trips are of small pieces."""
        self.answers = False
        """Whether the terminal has ever answered."""
        self.deaf = False
        """Whether it has been silent for so long that nothing is asked of it any more."""

    @property
    def unanswered(self) -> int:
        """Bytes on their way."""
        return sum(piece.size for piece in self._pieces)

    @property
    def round_trip(self) -> float:
        """Seconds from a question to its answer when nothing else was on its way: the shortest; 0 when unknown."""
        return self._shortest

    @property
    def drain(self) -> float:
        """Bytes a second that the line takes, 0 when unknown."""
        return median(self._drains) if self._drains else 0.0

    @property
    def measured(self) -> int:
        """How many measurements the drain rests on."""
        return len(self._drains)

    @property
    def window(self) -> int:
        """Bytes that may be unanswered."""
        beside = self._near and 0 < self._shortest <= BESIDE_TRIP
        return min(MOST, max(LEAST, int(SECONDS * max(self.drain, BESIDE * beside))))

    def room(self, now: float) -> int:
        """Bytes that may be sent now."""
        self._forgive(now)
        return MOST if self.deaf else max(0, self.window - self.unanswered)

    def patience(self, now: float) -> float:
        """Seconds after which `room` may change without an answer; 0 when nothing is unanswered."""
        if not self._pieces:
            return 0.0
        return max(0.01, self._pieces[0].sent + (LOST if self.answers else SILENCE) - now)

    def sent(self, size: int, now: float) -> None:
        """So many bytes were written, a question at their end."""
        if not self.deaf:
            self._pieces.append(_Piece(size, now))

    def answered(self, now: float) -> None:
        """The terminal has answered the oldest question."""
        self.answers, self.deaf = True, False
        if not self._pieces:
            return
        piece = self._pieces.popleft()
        trip = max(now - piece.sent, SHORTEST / 10)
        alone = piece.sent >= self._answered
        if alone:
            self._travelled(piece.size, trip)
            if piece.size >= WORTH and (self._small or len(self._trips) > 1):
                self._drains.append(piece.size / max(trip - self._shortest, SHORTEST))
            self._counted, self._since = 0, now
        else:
            self._counted += piece.size
            if self._counted >= WORTH and now - self._since >= SPAN:
                self._drains.append(self._counted / (now - self._since))
                self._counted, self._since = 0, now
        self._answered = now

    def _travelled(self, size: int, trip: float) -> None:
        """A piece that waited behind none took so long. Large ones take longer than the line is: while a picture is on
        its way they are all that there is, and their shortest is no round trip.
        """
        small = size < WORTH
        if small and not self._small:
            self._trips.clear()
        if small or not self._small:
            self._small = small
            self._trips.append(trip)
            self._shortest = min(self._trips)

    def forget(self) -> None:
        """Another terminal, or one that was away: nothing is on its way, and nothing is known of the line."""
        self._pieces.clear()
        self._trips.clear()
        self._drains.clear()
        self._shortest, self._small = 0.0, False

    def _forgive(self, now: float) -> None:
        if self._pieces and now - self._pieces[0].sent >= (LOST if self.answers else SILENCE):
            self._pieces.clear()
            self.deaf = not self.answers
