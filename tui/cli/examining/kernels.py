"""The compiled kernels: where they are kept and how many there are. It compiles none."""

from engine.run.compiler import compiler
from engine.warm import is_warm
from tui.cli.examining import Facts


def examine() -> Facts:
    """The folder for the sources and versions at hand, the functions compiled in it, and whether none is missing."""
    native = compiler()
    return {"folder": str(native.folder), "compiled": native.kept, "complete": is_warm()}
