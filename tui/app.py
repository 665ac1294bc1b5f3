"""The app: theme, main screen, bridge and commands put together. It draws nothing and knows nothing of pixels."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events

from tui.commands import palette
from tui.graphics.sight import Sight
from tui.intents import Intents
from tui.io import Desk, Found, find_images, folder_of, look_around
from tui.messages import (
    BatchMoved,
    Delivered,
    Fact,
    ImagesFound,
    PictureDrawn,
    PictureSharpened,
    RunCommand,
    StackChanged,
)
from tui.noticing import notice
from tui.output.credit import Credit
from tui.screens.main import MainScreen
from tui.screens.type_ahead import TypeAhead
from tui.settings.chosen import Settings
from tui.terminal.questions import questions
from tui.theme import PALETTES, ground, textual_theme
from tui.values import ApplyOptions
from tui.widgets.title_bar import place

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.command import Provider
    from textual.driver import Driver

    from engine.engine import Engine
    from engine.stack import Stack
    from tui.output.colours import Colours
    from tui.terminal.replies import Reply
    from tui.terminal.surroundings import Surroundings

LOOKS_PER_SECOND = 120
"""How often the engine is asked for a picture while one is outstanding."""
FIRST_NAMES = 0.05
"""Seconds that the first frame waits for a folder's names: without them it would be sent twice, and be no sooner."""
BEATS_PER_SECOND = 10
"""How often it is asked whether a running batch is to be drawn again."""


class Safelight(Intents, inherit_bindings=False):
    """Browse images, stack filters, apply them and watch the threads."""

    TITLE = "safelight"
    CSS_PATH = "app.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {palette}

    def __init__(
        self,
        paths: Sequence[str],
        stack: Stack | None = None,
        notice: str = "",
        *,
        make_engine: Callable[[], Engine] | None = None,
        driver_class: type[Driver] | None = None,
        colours: Colours | None = None,
        settings: Settings | None = None,
    ) -> None:
        """On files and folders, which are being read from now on; the engine is made after the first frame.

        The stack is the one to begin with, the notice what a person should know of it. `make_engine` gives another
        engine than the real one; driver and colours are the terminal's unless given. Without settings all is as the
        environment says.
        """
        super().__init__(driver_class=driver_class, colours=colours)
        self._folder = Desk("folder", self._wake)
        self._headers = Desk("headers", self._wake)
        self.place_number = 0
        """Counts the places that were gone to: what was asked of another means nothing here."""
        self._scan(paths)
        self._make_engine, self._beginning = make_engine, (stack, notice, paths)
        self._beaten = 0.0
        self.last_options: ApplyOptions | None = None
        """With which a stack was applied last."""
        self.last_folder = ""
        """That images were copied or moved to last."""
        self.has_started = False
        """Whether the first frame is out and the bridge is there."""
        self._typed = TypeAhead(self, self._press, super().on_event)
        for name in PALETTES:
            self.register_theme(textual_theme(name))
        self.settings = settings or Settings()
        self.theme = self.settings.word("theme")
        self.sight = Sight(os.environ, self.colours, Credit(), self.settings.origin("graphics"), ground(self.theme))
        self.animation_level = "none"
        self.main = MainScreen(place(paths))

    def _scan(self, paths: Sequence[str]) -> None:
        number = self.place_number
        self.folder = folder_of(paths)
        self._folder.ask("scan", lambda: find_images(paths), lambda found: self._found(found, number))

    def open_folder(self, folder: str) -> None:
        """Show the images of another folder instead."""
        self.place_number += 1
        self.main.go_to(place([folder]))
        self.bridge.culling.leave()
        self.bridge.watching.move([folder])
        self._scan([folder])

    def get_default_screen(self) -> MainScreen:
        """The main screen, from the first frame on."""
        return self.main

    def on_mount(self) -> None:
        """Show the names that are there in a moment; all else comes after the first frame."""
        self._folder.wait(FIRST_NAMES)
        self._folder.collect()
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        """After the first frame: load the engine, show the keys, read what the list wants to know."""
        from tui.beginning import begin
        from tui.bridge import Bridge

        self.bridge = Bridge(
            self.tell,
            self._wake,
            self.set_interval(1 / LOOKS_PER_SECOND, self._look, pause=True),
            self.set_interval(1 / BEATS_PER_SECOND, self._beat, pause=True),
            self._make_engine,
            *self._beginning,
            send=self.send_pieces,
            restore=self.settings.is_on("restore"),
            own=self.settings.is_on("edits"),
        )
        self.has_started = True
        self.bridge.start()
        self.bridge.watching.begin(lambda seen: notice(self, seen))
        begin(self, plain=self._beginning[0] is None)
        self.show_hints()
        self.ask_terminal()
        self.survey()
        self.main.images.announce()
        self._typed.go_on()

    def on_unmount(self) -> None:
        """Let go of threads and engine."""
        for desk in (self._folder, self._headers):
            desk.close()
        if self.has_started:
            self.bridge.close()

    def tell(self, fact: Fact) -> None:
        """Give a fact to the main screen; the keys that matter may be others afterwards."""
        if isinstance(fact, PictureSharpened):
            self.send_picture(fact.transfer, lambda sent: self.main.picture.show(sent.strips))
            return
        if isinstance(fact, PictureDrawn) and fact.strips is not None:
            self.stop_picture()
        self.main.receive(fact)
        if isinstance(fact, BatchMoved | StackChanged):
            self.show_hints()

    def ask_terminal(self) -> None:
        """Ask the terminal what it is; what it answers comes when it comes."""
        if self.credit is not None:
            self.sight.attach(self.credit)
            self.ask(questions(os.environ), self._answered)

    def _looked_around(self, around: Surroundings) -> None:
        if self.sight.look(around):
            self.forget_terminal()
            self.ask_terminal()
            self.bridge.preview.again()
        self.survey()

    def _answered(self, reply: Reply) -> None:
        self.sight.heard(reply)
        self.call_later(self.bridge.home.heard, reply)
        self.survey()

    def survey(self) -> None:
        """Go by what is known of terminal and line now."""
        if self.sight.is_due(time.monotonic()):
            self._headers.ask("surroundings", lambda: [look_around()], self._looked_around)
        self.use_colours(self.sight.depth)
        self.use_hover(self.sight.link.profile().hover)
        self.main.title_bar.measure(self.sight.link.text())
        self._fit()

    def _fit(self) -> None:
        self.bridge.preview.fit(*self.main.picture.size, self.sight.way())

    def show_hints(self) -> None:
        """Offer the keys that matter where a person is now."""
        from tui.commands.hints import hints

        self.main.key_bar.show(hints(self))

    def _wake(self) -> None:
        """From any thread: there is something to collect. What comes before the app runs is collected when it does."""
        if self.is_running:
            self.post_message(Delivered())

    def on_delivered(self) -> None:
        """Collect it."""
        self._folder.collect()
        self._headers.collect()
        if self.has_started:
            self.bridge.collect()
            self._typed.go_on()

    def _look(self) -> None:
        self._fit()
        self.bridge.preview.tick(self.sight.quiet)

    def _beat(self) -> None:
        """Look at the batch as often as the line allows."""
        if time.monotonic() - self._beaten > 0.9 / self.sight.link.profile().beats:
            self._beaten = time.monotonic()
            self.survey()
            self.bridge.batch.tick()

    def _found(self, found: Found, number: int) -> None:
        if number == self.place_number:
            self.tell(ImagesFound(found.entries, found.complete, found.error))

    def on_run_command(self, message: RunCommand) -> None:
        """A hint or the palette asked for a command."""
        self.run_command(message.command)

    async def on_event(self, event: events.Event) -> None:
        """Keys wait their turn."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self._typed.add(event)
        else:
            await super().on_event(event)

    def _press(self, key: events.Key) -> bool:
        """Do what a key means on the main screen; false when it must wait for the first frame or the engine."""
        if not self.has_started:
            return False
        from tui.commands import command_for

        if self.main.images.type(key):
            return True
        command = command_for(self.main.pane, key.key)
        if command is not None and command.needs_engine and self.bridge.stack is None:
            self.main.key_bar.say(f"{command.title}: as soon as the engine is loaded; esc forgets it.")
            return False
        self.main.key_bar.say("")
        self.main.slides.end()
        flickered = self.main.flicker.end()
        self.survey()
        if command is not None and not (flickered and command.name == "flicker"):
            self.run_command(command.name)
        return True

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        from tui.screens.palette import Palette

        if self.screen is self.main:
            self.push_screen(Palette(placeholder="type a few letters of a command"))

    def pop_screen(self) -> AwaitComplete:
        """Close a dialog and show what it has covered."""
        self.main.uncover(self.screen, self.sight.way())
        return super().pop_screen()

    def run_command(self, name: str) -> None:
        """Do what a command does, unless it would write where nothing may be, then offer the keys that matter now."""
        from tui.commands import perform

        perform(name, self)
        self.show_hints()
