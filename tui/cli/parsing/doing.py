"""The flags of a sub-command that say what is done with a batch, and how it is told. It does nothing."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from engine.errors import SafelightError


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What is done, and how it is told."""

    detach: Annotated[bool, Parameter(negative=())] = False
    """Start and return; `safelight jobs` shows and stops it."""
    dry_run: Annotated[bool, Parameter(negative=())] = False
    """Only say what would be done."""
    predict: Annotated[bool, Parameter(negative=())] = False
    """Try twelve of them in memory; only say what all would take: time, bytes, memory."""
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False
    """One JSON object a line, for programs."""
    stats: Annotated[bool, Parameter(negative=())] = False
    """A line of numbers a second: files, speed, threads."""

    def check(self) -> None:
        """SafelightError where two of them contradict each other."""
        if self.predict and (self.dry_run or self.detach):
            raise SafelightError("--predict starts no batch: leave it out, or the flag beside it.")
        if self.stats and (self.as_json or self.detach or self.dry_run or self.predict):
            raise SafelightError(
                "--stats shows a batch to a person while it runs: leave it out, or the flag beside it."
            )
