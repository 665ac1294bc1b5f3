"""The compiled kernels: where they are kept and how many there are. It compiles none."""

from engine.run.compiler import compiler
from engine.warm import is_warm
from tui.cli.examining import Facts


def examine() -> Facts:
    """The folder for the sources and versions at hand, the functions compiled in it, and whether none is missing."""
    folder = compiler().folder
    return {"folder": str(folder), "compiled": sum(1 for _ in folder.rglob("*.nbc")), "complete": is_warm()}
