"""Where a person's own presets and filters lie. It makes no folder and reads none."""

from pathlib import Path

from platformdirs import PlatformDirs

NAME = "safelight"


def config_path() -> Path:
    """The folder of this user's settings, whether it is there or not; never one that depends on the working folder."""
    path = PlatformDirs(NAME, appauthor=False).user_config_path
    # The standard of these folders (XDG) has relative names ignored: they would lead into whatever is browsed.
    return path if path.is_absolute() else Path.home() / ".config" / NAME


def filters_path() -> Path:
    """Filters of a person's own: one `.py` file each."""
    return config_path() / "filters"


def presets_path() -> Path:
    """Presets of a person's own: one `.toml` file each."""
    return config_path() / "presets"
