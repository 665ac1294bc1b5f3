"""How many filters there are, and which of a person's own cannot be used."""

from engine.filters import built_in, left_out, origins
from tui.cli.examining import Facts


def examine() -> Facts:
    """Counts, and a sentence for each that was left out."""
    return {"built in": len(built_in()), "your own": ", ".join(origins()), "left out": " ".join(left_out())}
