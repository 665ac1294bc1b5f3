"""The commands as Textual's palette asks for them. It runs none: it sends the message that does."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.commands import Command, commands
from tui.commands.keys import shown_keys
from tui.messages import RunCommand


class CommandProvider(Provider):
    """Every command by its title, with keys and help."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in commands().values():
            yield DiscoveryHit(command.title, self._runner(command), help=_help(command))

    async def search(self, query: str) -> Hits:
        """Those whose title has the letters typed, the best first."""
        matcher = self.matcher(query)
        for command in commands().values():
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), self._runner(command), help=_help(command))

    def _runner(self, command: Command) -> partial[bool]:
        return partial(self.app.post_message, RunCommand(command.name))


def _help(command: Command) -> str:
    return f"{shown_keys(command)}   {command.help}"
