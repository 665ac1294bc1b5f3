"""Where the app talks to the engine, and nowhere else: intents in, facts out. It touches no widget and never waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from tui.bridge.annexes import Annexes
from tui.bridge.bringing import Send, nowhere
from tui.bridge.following import Following
from tui.bridge.keeping import Keeping
from tui.bridge.loading import Loaded, load, open_engine
from tui.bridge.own_edits import OwnEdits
from tui.bridge.part import Part
from tui.bridge.presets import Presets
from tui.bridge.preview import Preview
from tui.bridge.stack_rows import rows
from tui.bridge.submitting import plan, reached, retry, specify, submit
from tui.bridge.ticker import Ticker
from tui.bridge.undoing import Undoing
from tui.bridge.watched import watch
from tui.io import Desk, described
from tui.messages import Fact, NoticeGiven, StackChanged
from tui.values import ApplyOptions, Planned, Sheet

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.filter import Filter
    from engine.parameters import Value
    from engine.stack import Stack, Step
    from tui.graphics.way import Way


LEFT = "The stack for all is as you left it: {key} empties it."


class Bridge(Annexes):
    """Holds the stack and the engine; its parts look at one picture and follow one batch."""

    filters: Mapping[str, Filter] = MappingProxyType({})
    """Every filter there is; empty until the engine is loaded."""
    formats: tuple[str, ...] = ()
    """Every format that can be written; empty until then too."""
    stack: Stack | None = None
    """The filters that a person chose; None until the engine is loaded."""
    layers = False
    """Whether the stack is shown with the opacity, blend mode and mask of every filter."""

    def __init__(
        self,
        tell: Callable[[Fact], object],
        wake: Callable[[], object],
        looks: Ticker,
        beats: Ticker,
        make_engine: Callable[[], Engine] | None = None,
        stack: Stack | None = None,
        notice: str = "",
        paths: Sequence[str] = (),
        send: Send = nowhere,
        *,
        restore: bool = False,
        own: bool = True,
    ) -> None:
        """`tell` takes facts; `wake` is called from threads when there is something to `collect`.

        `looks` ticks `preview.tick` while a picture is outstanding, `beats` ticks `batch.tick` while a batch runs.
        The stack and the notice are told of as soon as the engine is loaded. `send` takes escape sequences.
        The stack under development is kept for the next app on the same `paths`; `restore` takes up the one that these
        were left with, unless another is given.
        """
        super().__init__(tell, wake, paths, send)
        self._tell = tell
        self._make_engine, self._beginning = make_engine or open_engine, (stack, notice)
        self._errands, self._network = Desk("errands", wake), Desk("network", wake)
        self._engine: Engine | None = None
        self.preview = Preview(tell, Desk("drawing", wake), looks)
        self.batch = Following(tell, beats, lambda batch: self._errands.ask("watch", lambda: [watch(batch)], _done))
        self.keeping = Keeping(tell, Desk("keeping", wake), paths)
        self.own = OwnEdits(tell, Desk("edits", wake), Desk("writing", wake), self._read_edits)
        self.shared = stack is not None or not own
        """Whether there is one stack for all pictures, instead of each picture's own edits."""
        self._left = self.restoring.stack if restore and stack is None else _none
        self.presets = Presets(tell, self._errands, lambda: self.stack, self.change)
        self._shared_past = Undoing()
        self._parts: tuple[Part, ...] = (
            self._errands,
            self._network,
            self.preview,
            self.keeping,
            self.own,
            *self.annexes,
        )

    def start(self) -> None:
        """Load the engine in the background."""
        self._errands.ask("start", lambda: [load(self._make_engine, self._left)], self._started)

    def _started(self, loaded: Loaded) -> None:
        self._engine, self.filters, self.formats = loaded.engine, loaded.filters, loaded.formats
        stack, notice = self._beginning
        self.stack = stack or loaded.empty
        self.batch.attach(loaded.engine)
        self.jobs.attach(loaded.engine)
        if loaded.running is not None:
            self.batch.follow(loaded.running)
        self.preview.attach(loaded.engine, self.stack)
        self.keeping.look()
        if not self.shared:
            self.own.show(self.preview.path)
        if stack is not None:
            self._tell(self._changed(0))
        if loaded.left is not None:
            self.shared = True
            self.change(loaded.left, 0)
            self._tell(NoticeGiven(LEFT, command="undo"))
        notices = [notice, *loaded.left_out]
        if any(notices):
            self._tell(NoticeGiven(" ".join(filter(None, notices)), alarm=True))

    def collect(self) -> None:
        """Take what the threads have ready."""
        for part in self._parts:
            part.collect()

    def close(self) -> None:
        """Let go of the engine; a batch under way goes on by itself."""
        for part in self._parts:
            part.close()
        if self._engine is not None:
            self._engine.close()

    def show_image(self, path: str, ahead: tuple[str, ...] = ()) -> None:
        """Show another picture, with its own edits or the stack for all; `ahead` are likely to come next."""
        self.watching.path = path
        stack = self.stack
        if stack is not None and not self.shared and path != self.preview.path:
            from engine.stack import Stack

            stack = self.own.show(path) or Stack()
        if stack is None or stack == self.stack:
            self.preview.show_image(path, ahead=ahead)
            return
        self.stack = stack
        self._tell(self._changed(0))
        self.preview.show_image(path, stack, ahead)

    def share(self, shared: bool) -> None:
        """From now on this stack is for all pictures, or each has its own edits again."""
        from engine.stack import Stack

        self.shared = shared
        if self.stack is not None:
            self._tell(self._changed())
            if not shared:
                self._read_edits(self.preview.path, self.own.show(self.preview.path) or Stack())

    def _read_edits(self, path: str, stack: Stack) -> None:
        """The edits of a picture are others than was known."""
        if not self.shared and path == self.preview.path and self.stack is not None and stack != self.stack:
            self.stack = stack
            self._tell(self._changed(0))
            self.preview.apply(stack)

    def _changed(self, step: int | None = None) -> StackChanged:
        steps = () if self.stack is None else rows(self.stack, layers=self.layers)
        return StackChanged(steps, step if steps else None, shared=self.shared)

    @property
    def _undoing(self) -> Undoing:
        return self._shared_past if self.shared else self.own.undoing(self.preview.path)

    def change(self, stack: Stack, step: int | None = None, value: str | None = None) -> None:
        """Take another stack and show what it does; `step` is the one that a person is busy with.

        `value` is the parameter of that step where nothing else has changed.
        """
        if self.stack is not None and stack != self.stack:
            self._undoing.left(self.stack, (step, value) if step is not None and value is not None else None)
            self._take(stack, None if value else step)

    def undo(self) -> bool:
        """Take back the last change; whether there was one."""
        return self._went(self._undoing.undo)

    def redo(self) -> bool:
        """Change again what was taken back; whether there was something."""
        return self._went(self._undoing.redo)

    def _went(self, go: Callable[[Stack], Stack | None]) -> bool:
        stack = None if self.stack is None else go(self.stack)
        if stack is not None:
            self._take(stack, None)
        return stack is not None

    def _take(self, stack: Stack, step: int | None) -> None:
        self.stack = stack
        self._tell(self._changed(step))
        self.preview.apply(stack)
        if self.shared:
            self.keeping.keep(stack)
        elif self.preview.path:
            self.own.changed(self.preview.path, stack)

    def set_value(self, step: int, parameter: str, value: Value) -> None:
        """Give a parameter another value; what the filter refuses is told and changes nothing."""
        if self.stack is None:
            return
        try:
            self.change(self.stack.put(step, self.stack.steps[step].with_value(parameter, value)), step, parameter)
        except SafelightError as error:
            self._tell(NoticeGiven(str(error), alarm=True))

    def show_layers(self, step: int | None) -> None:
        """Show how each step is laid over what is before it, or no longer where it is as by default."""
        self.layers = not self.layers
        if self.stack is not None:
            self._tell(self._changed(step))

    def try_out(self, filters: Sequence[Step] | None) -> None:
        """Show what the stack would do with these filters behind it; None for what it does. Nothing is changed."""
        if self.stack is not None:
            self.try_stack(None if filters is None else type(self.stack)((*self.stack.steps, *filters)))

    def try_stack(self, stack: Stack | None) -> None:
        """Show what another stack would do; None for what this one does. Nothing is changed."""
        if self.stack is not None:
            self.preview.apply(stack or self.stack)

    def switch(self, step: int) -> None:
        """Switch a step on or off."""
        if self.stack is not None:
            self.change(self.stack.toggle(step))

    def plan(
        self, paths: tuple[str, ...], options: ApplyOptions, then: Callable[[Planned], None], stack: Stack
    ) -> None:
        """Find out in the background what applying a stack to these images would do."""
        self._errands.ask("plan", lambda: [plan(paths, stack, options, self.own.edits_of)], then)

    def reach(self, cluster: str, then: Callable[[str], None]) -> None:
        """Find out in the background whether a cluster answers; `then` is given why not, or nothing."""
        self._network.ask("reach", lambda: [reached(cluster)], then)

    def begin_sheet(
        self, paths: tuple[str, ...], options: ApplyOptions, stack: Stack, way: Way, then: Callable[[Sheet], None]
    ) -> None:
        """Try some of these images with a stack in the background."""
        self.sampling.begin(lambda: specify(paths, stack, options, self.own.edits_of), way, then)

    def submit(self, paths: tuple[str, ...], options: ApplyOptions, stack: Stack) -> None:
        """Start a batch that applies a stack to these images, and follow it."""
        engine = self._engine
        if engine is not None:
            self._tell(NoticeGiven("The batch is being started."))
            self._errands.ask(
                "submit", lambda: [submit(engine, paths, stack, options, self.own.edits_of)], self._submitted
            )

    def retry(self, batch: str | None = None) -> None:
        """Start a batch for what one, or the one that is shown, has not done, and follow it."""
        engine, batch = self._engine, batch or self.batch.batch
        if engine is not None and batch is not None:
            self._tell(NoticeGiven("The batch is being started."))
            self._errands.ask("submit", lambda: [retry(engine, batch)], self._submitted)

    def describe(self, path: str, then: Callable[[tuple[tuple[str, str], ...]], None]) -> None:
        """What a picture's file tells, name by name, later."""
        self._errands.ask("describe", lambda: [described(path)], then)

    def _submitted(self, outcome: tuple[str, str]) -> None:
        """Follow the batch, or say why there is none; either way the notice of its start is over."""
        batch, error = outcome
        self._tell(NoticeGiven(error, alarm=bool(error)))
        if not error:
            self.batch.follow(batch)


def _done(_kept: bool) -> None:
    """Nobody waits for it."""


def _none() -> None:
    """No stack is to be taken up."""
