"""All strategies measured one after the other, told as tables and time lines or as JSON, and drawn."""

import json

from rich.live import Live
from rich.text import Text

from engine.errors import SafelightError
from engine.files.write import write_replacing
from engine.lab.drawing.lanes import lanes_svg
from engine.lab.job import Step
from engine.lab.measuring.measurement import Measurement
from engine.lab.measuring.reason import reason
from engine.lab.measuring.setting import Setting
from engine.lab.measuring.trial import Trial
from engine.lab.picture import picture_of
from engine.lab.strategies import find, strategies
from engine.run.cpu import available_workers
from tui.cli.lab_pages.lanes import lane_lines, legend
from tui.cli.lab_pages.modes import Asked
from tui.cli.lab_pages.tables import costs, speeds
from tui.cli.printing.console import console

INTERRUPTED = 130
FAILED = 1


def compare(asked: Asked) -> int:
    """Measure what is asked for and tell it; 1 when nothing could be measured, 130 after Ctrl-C."""
    chosen = [find(name) for name in dict.fromkeys(asked.strategies)] or list(strategies().values())
    setting = Setting(asked.workers or max(2, available_workers()), asked.runs)
    picture = picture_of(asked.image)
    found: list[Measurement] = []
    interrupted = False
    with Live(console=console(stderr=True), auto_refresh=False, transient=True) as live:
        for place, strategy in enumerate(chosen, start=1):
            live.update(Text(f"{strategy.title} ({place} of {len(chosen)})"), refresh=True)
            trial = Trial(strategy, setting, picture)
            try:
                found.append(trial.measurement())
            except KeyboardInterrupt:
                trial.cancel()
                interrupted = True
                break
    measured = [each for each in found if not each.problem]
    if asked.svg is not None and measured:
        write_replacing(asked.svg, lanes_svg(measured).encode())
    if asked.as_json:
        print(json.dumps({"same_bytes": same(measured), "strategies": [each.to_dict() for each in found]}))
    else:
        _print(found, measured)
    return INTERRUPTED if interrupted else 0 if measured else FAILED


def same(measured: list[Measurement]) -> bool:
    """Whether all made the same bytes of the small job."""
    return len({each.digest for each in measured}) <= 1


def _print(found: list[Measurement], measured: list[Measurement]) -> None:
    screen = console()
    if measured:
        screen.print(speeds(measured))
        screen.print(costs(measured))
        for each in measured:
            if each.timeline is not None:
                for line in lane_lines(each, each.timeline, screen.width):
                    screen.print(line, soft_wrap=True)
            screen.print(Text(reason(each)))
            screen.print()
        screen.print(legend())
        screen.print(Text(_together(measured), style="dim"))
    for each in found:
        if each.problem:
            screen.print(Text(f"{each.title}: {each.problem}", style="yellow"))


def _together(measured: list[Measurement]) -> str:
    """What holds for all of them."""
    if not same(measured):
        raise SafelightError(
            "The strategies made different bytes of the same job, which is a fault of Safelight: report it with --json."
        )
    watched = [each for each in measured if each.timeline is not None]
    runs = len(measured[0].times(Step.TONE).many)
    told = f"All made the same bytes. Figures are medians of {runs} runs, × is against one worker of the same strategy."
    if watched:
        share = max(each.timeline.watching for each in watched if each.timeline is not None)
        told += f" Time lines are sampled 500 times a second by a thread that took {share:.1%} of one core at most."
    return told
