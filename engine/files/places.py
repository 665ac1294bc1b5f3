"""Where Safelight keeps its state, cache, settings and sockets: folders of this user, closed to all others."""

import os
import stat
import tempfile
from pathlib import Path

from platformdirs import PlatformDirs

from engine.config import NAME, config_path
from engine.errors import SafelightError
from engine.files.name import show


def state_folder() -> Path:
    """Batches and logs; made if missing, private. SafelightError when it cannot be had."""
    return _private(_folders().user_state_path)


def cache_folder() -> Path:
    """What can be made again; made if missing, private. SafelightError when it cannot be had."""
    return _private(_folders().user_cache_path)


def config_folder() -> Path:
    """Settings and presets; made if missing. It may be a link, as people keep their settings elsewhere."""
    path = config_path()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(path, error.strerror) from None
    return path


def runtime_folder() -> Path:
    """Sockets, with a short path; made if missing, private; in the temporary folder when the system gives no other."""
    for above in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}"):
        if os.path.isabs(above) and _only_mine(above):
            return _private(Path(above, NAME))
    return _private(Path(tempfile.gettempdir(), f"{NAME}-{os.getuid()}"))


def _only_mine(folder: str) -> bool:
    """Whether nobody else could put something else in the place of a folder in it."""
    try:
        facts = os.stat(folder)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & 0o022


def _folders() -> PlatformDirs:
    return PlatformDirs(NAME, appauthor=False)


def _private(path: Path) -> Path:
    """The folder itself, not through a link, owned by this user, mode 0700."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            pass
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            facts = os.fstat(descriptor)
            if facts.st_uid != os.geteuid():
                raise _refusal(path, "it belongs to another user")
            if stat.S_IMODE(facts.st_mode) & 0o077:
                os.fchmod(descriptor, 0o700)
        finally:
            os.close(descriptor)
    except OSError as error:
        reason = "it is a link or a file" if path.is_symlink() or path.is_file() else error.strerror
        raise _refusal(path, reason) from None
    return path


def _refusal(path: Path, reason: str | None) -> SafelightError:
    return SafelightError(
        f"The folder {show(path)} cannot be used ({reason}): move it away, or set the XDG_ variable for it "
        "to a folder of your own."
    )
