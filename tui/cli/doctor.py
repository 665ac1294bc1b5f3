"""`safelight doctor`: what Safelight finds on this machine. It mends the terminal and empties caches only if asked."""

import importlib
import json
import pkgutil
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from engine.files.cleaning import clean as empty_caches
from engine.files.name import show
from tui.cli import examining
from tui.cli.examining import Facts
from tui.cli.opening.mending import mend
from tui.cli.printing.console import console


def doctor(
    *,
    restore: Annotated[bool, Parameter(help="Mend the terminal after Safelight was killed.")] = False,
    clean: Annotated[bool, Parameter(help="Empty the caches: filters are compiled anew when they are used.")] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object, for programs.")] = False,
) -> int:
    """Tell versions, cores, terminal, folders and the state of the kernels; or mend the terminal, or empty caches."""
    if restore:
        print(mend())
        return 0
    if clean:
        print(f"The caches are empty: {empty_caches() / 1e6:.1f} MB are free again. `safelight warm` fills them.")
        return 0
    report = {module.name: _examine(module.name) for module in pkgutil.iter_modules(examining.__path__)}
    if as_json:
        print(json.dumps(report, indent=2))
        return 0
    screen = console()
    for section, facts in report.items():
        screen.print(Text(section.capitalize(), style="bold"))
        width = max(map(len, facts))
        for name, value in facts.items():
            line = Text.assemble((f"  {name:<{width}}", "cyan"), f"  {show(_in_words(value))}")
            screen.print(line, soft_wrap=True)
    return 0


def _examine(section: str) -> Facts:
    facts: Facts = importlib.import_module(f"{examining.__name__}.{section}").examine()
    return facts


def _in_words(value: str | float | bool | None) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else f"{value:g}"
