"""The log: one rotated file in the state folder, lines that are harmless to print. It writes nothing to a terminal."""

import logging
import logging.handlers
from pathlib import Path

from engine.errors import SafelightError
from engine.files.name import show
from engine.files.places import state_folder

MAX_BYTES = 1_000_000
OLD_FILES = 3
OURS = ("safelight", "engine", "tui")


class HarmlessFormatter(logging.Formatter):
    """Escapes what a terminal would obey: names and errors in a log come from outside."""

    def format(self, record: logging.LogRecord) -> str:
        """One record, its traceback included, line by line."""
        return "\n".join(show(line) for line in super().format(record).splitlines())


def start_log(name: str) -> Path | None:
    """Sends this process's log, and Python's warnings, to `logs/NAME.log` in the state folder.

    Gives the file, or None when it cannot be written: a log is never a reason to stop. Two processes must not share a
    name, as they would rotate the file under each other.
    """
    root = logging.getLogger()
    logging.captureWarnings(True)
    try:
        path = state_folder() / "logs" / f"{name}.log"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except (OSError, SafelightError):
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(
        HarmlessFormatter("%(asctime)s %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s")
    )
    handler.addFilter(_counts)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path


def _counts(record: logging.LogRecord) -> bool:
    """Libraries tell whom they talk to, and as whom: of theirs only what went wrong is kept."""
    return record.levelno >= logging.WARNING or record.name.partition(".")[0] in OURS
