"""Which of the laboratory's questions a line asks, and whether its flags go together. It prints nothing itself."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import SpecError
from engine.files.name import show


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a line."""

    image: str | None
    strategies: tuple[str, ...]
    workers: int | None
    runs: int
    as_json: bool
    svg: str | None
    schedule: bool
    scale: str | None
    explain: str | None


def answer(asked: Asked) -> int:
    """Measure or explain; the exit status."""
    if asked.svg is not None and not asked.svg.lower().endswith(".svg"):
        raise SpecError(f"--svg {show(asked.svg)} would not be known as a picture: give a name that ends in .svg.")
    modes = {"--explain": asked.explain, "--schedule": asked.schedule or None, "--scale": asked.scale}
    given = [flag for flag, value in modes.items() if value is not None]
    if len(given) > 1 or (given and asked.strategies):
        flags = " and ".join([*given, *(["--strategy"] if asked.strategies else [])])
        raise SpecError(f"{flags} ask for different things: give one of them.")
    if asked.explain is not None:
        from tui.cli.lab_pages.explaining import print_page

        print_page(asked.explain)
        return 0
    if asked.schedule:
        from tui.cli.lab_pages.scheduling import schedule

        return schedule(asked)
    if asked.scale is not None:
        from tui.cli.lab_pages.scaling import scale

        return scale(asked, asked.scale)
    from tui.cli.lab_pages.comparing import compare

    return compare(asked)
