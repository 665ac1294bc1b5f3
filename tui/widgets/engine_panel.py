"""The engine at work: lanes, cores, throughput, done and left; one quiet line while nothing runs. It asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.messages import RunCommand
from tui.theme import inks
from tui.widgets.line import Line

if TYPE_CHECKING:
    from engine.telemetry import Snapshot
    from tui.widgets.engine_lines import EngineLines
    from tui.widgets.machine_rows import MachineRows
    from tui.widgets.past import Past
    from tui.widgets.round_plot import RoundPlot

SAMPLE_SECONDS = 0.5
"""Between two samples of the plot; a column has two."""
LEAST_ROWS = 5
"""Of the panel while a batch runs, however low the screen."""


class EnginePanel(Widget):
    """What a batch is doing, from one snapshot after another."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.snapshot: Snapshot | None = None
        self.files: tuple[str, ...] = ()
        """The name of each lane's file."""
        self.past: Past | None = None
        self._mirror: Callable[[], object] | None = None
        self._plot: RoundPlot | None = None
        self._machines: MachineRows | None = None
        self._lines: EngineLines | None = None
        self._sampled = 0.0

    def show(self, snapshot: Snapshot, files: tuple[str, ...]) -> None:
        """Show a batch at another moment; `files` has the name of each lane's file."""
        from tui.widgets.engine_lines import EngineLines
        from tui.widgets.machine_rows import MachineRows
        from tui.widgets.past import Past
        from tui.widgets.round_plot import RoundPlot

        self.past = self.past or Past()
        if self._plot is None or self.snapshot is None or self.snapshot.batch != snapshot.batch:
            self._plot, self._sampled = RoundPlot(), 0.0
        if snapshot.seconds - self._sampled >= SAMPLE_SECONDS and not snapshot.state.over:
            self._sampled = snapshot.seconds
            self._plot.add(snapshot.rate)
        self.snapshot, self.files = snapshot, files
        self.past.add(snapshot)
        self._machines = self._machines or MachineRows()
        self._machines.show(snapshot, files)
        stragglers = self.past.stragglers.found
        self._lines = EngineLines(snapshot, files, self._plot, inks(self.app.theme), self._machines, stragglers)
        if self._mirror is not None:
            self._mirror()
            return
        self.fit()
        self.refresh()

    def mirror(self, mirror: Callable[[], object] | None) -> None:
        """What covers the panel is called whenever there is another snapshot, and the panel rests; None ends that."""
        self._mirror = mirror
        if mirror is None:
            self.fit()
            self.refresh()

    def fit(self) -> None:
        """Take the lines that the batch needs, at most a third of the screen."""
        height, machines = 1, self._machines
        if self.snapshot is not None and machines is not None and not self.snapshot.state.over:
            from tui.widgets.engine_lines import rows_wanted

            width, most = self.app.size.width, max(self.app.size.height // 3, LEAST_ROWS)
            height = rows_wanted(self.snapshot, machines, width, most)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    def on_click(self, event: events.Click) -> None:
        """What failed, by name, from the line that counts it; from all else, the monitor."""
        event.stop()
        if self.snapshot and self.snapshot.failed and event.y <= 1:
            self.post_message(RunCommand("show_failures"))
        elif self.snapshot:
            self.post_message(RunCommand("monitor"))

    def render_line(self, y: int) -> Strip:
        """A line of the panel."""
        width, height = self.size
        if self._lines is not None:
            return self._lines.draw(y, width, height)
        ink = inks(self.app.theme)
        line = Line().add(" ENGINE ", ink.muted).add(" idle: no batch is running", ink.faint)
        return line.strip(width, ink.raised)
