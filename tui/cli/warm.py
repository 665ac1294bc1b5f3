"""`safelight warm`: compiles all kernels now, so that no picture waits for it later."""

from typing import Annotated

from cyclopts import Parameter
from rich.live import Live
from rich.text import Text

from tui.cli.printing.console import console


def warm(
    *, assembly: Annotated[bool, Parameter(help="Keep the assembly of what is compiled, in the same folder.")] = False
) -> int:
    """Compile all kernels ahead, into the cache folder."""
    from engine.warm import warm as compile_all

    screen = console()
    with Live(console=screen, auto_refresh=False, transient=True) as live:
        fresh = compile_all(
            lambda done, total: live.update(Text(f"compiling kernels: {done} of {total}"), refresh=True),
            assembly=assembly,
        )
    screen.print(Text(f"{fresh} compiled." if fresh else "All kernels were compiled already."))
    return 0
