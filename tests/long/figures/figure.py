"""A number to reach and what was measured of it. It measures nothing itself."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number, measured several times."""

    name: str
    """What a person calls it."""
    unit: str
    limit: float
    bound: Literal["at most", "at least"]
    values: tuple[float, ...]
    """One for each repetition."""
    judged: Literal["median", "worst"] = "median"
    """What is held against the limit."""
    note: str = ""
    """What else a reader should know of the circumstances."""

    @property
    def median(self) -> float:
        """The middle of the values."""
        return statistics.median(self.values)

    @property
    def worst(self) -> float:
        """The value furthest on the wrong side."""
        return max(self.values) if self.bound == "at most" else min(self.values)

    @property
    def result(self) -> float:
        """The number held against the limit."""
        return self.median if self.judged == "median" else self.worst

    @property
    def reached(self) -> bool:
        """Whether it is on the right side of the limit."""
        return self.result <= self.limit if self.bound == "at most" else self.result >= self.limit

    @property
    def verdict(self) -> str:
        """`PASS`, or how far it is."""
        if self.reached:
            return "PASS"
        over = abs(self.result - self.limit)
        share = f" ({over / self.limit:.0%})" if self.limit else ""
        return f"{over:.3g} {self.unit} {'too much' if self.bound == 'at most' else 'too little'}{share}"

    def to_dict(self) -> dict[str, Any]:
        """What the documents show of it, as JSON values."""
        return {
            "name": self.name,
            "unit": self.unit,
            "bound": self.bound,
            "limit": self.limit,
            "judged": self.judged,
            "result": round(self.result, 4),
            "least": round(min(self.values), 4),
            "most": round(max(self.values), 4),
            "times": len(self.values),
            "reached": self.reached,
            "note": self.note,
        }
