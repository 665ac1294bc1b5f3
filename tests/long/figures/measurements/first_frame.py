"""From the command to the first frame that shows the folder's names, against the import of Textual alone."""

import subprocess
import sys
import time

from tests.long.figures.figure import Figure
from tests.long.figures.photographs import IMAGES
from tests.long.figures.terminal import APP, Session, environment

ROUNDS = 11
NAMES = ("astronaut.png", "nuthatch.jpg", "Århus cups.jpg")


def measure(rounds: int) -> list[Figure]:
    """The two in turn, so that both meet the same machine; one ratio for each turn."""
    once()
    turns = [(once(), importing()) for _ in range(rounds)]
    ratios = tuple(frame / alone for frame, alone in turns)
    frames, imports = (sorted(column)[rounds // 2] for column in zip(*turns, strict=True))
    return [
        Figure(
            name="First frame with the folder's names, over `import textual.app`",
            unit="times",
            bound="at most",
            limit=1.5,
            values=ratios,
            note=f"{frames:.2f} s against {imports:.2f} s",
        )
    ]


def once() -> float:
    """Seconds from starting the app to the write that completed the names."""
    with Session([*APP, str(IMAGES)], environment()) as session:
        return session.wait(lambda: session.shows(*NAMES)) - session.began


def importing() -> float:
    """Seconds that a Python takes which only imports Textual's app."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import textual.app"], env=environment(), check=True)
    return time.perf_counter() - began
