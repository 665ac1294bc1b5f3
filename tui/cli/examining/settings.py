"""What counts of the settings, who chose it, and what is wrong with them."""

from engine.config import config_path
from tui.cli.examining import Facts
from tui.settings.chosen import Settings
from tui.settings.declared import names
from tui.settings.reading import read_config


def examine() -> Facts:
    """The word of each setting with where it is from, and a sentence on each mistake."""
    settings = Settings(read_config(config_path()))
    facts: Facts = {name: _told(*settings.origin(name)) for name in names()}
    return facts | {f"problem {number}": told for number, told in enumerate(settings.problems(), start=1)}


def _told(word: str, place: str) -> str:
    return f"{word} ({place or 'default'})"
