"""What every test stands on: folders of its own for state, settings and sockets; the kernel cache is shared."""

import os
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

SLOW = [HealthCheck.too_slow]
# The same source passes or fails every time; tests/long looks for examples that nobody has seen yet.
settings.register_profile("same", deadline=None, print_blob=True, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("new", deadline=None, print_blob=True, suppress_health_check=SLOW)
settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Point state, settings and sockets at a folder that goes away; the cache stays, so kernels compile once."""
    scratch = tempfile.TemporaryDirectory(prefix="safelight-tests-")
    config.add_cleanup(scratch.cleanup)
    for kind in ("STATE", "CONFIG", "DATA", "RUNTIME"):
        folder = Path(scratch.name, kind.lower())
        folder.mkdir(mode=0o700)
        os.environ[f"XDG_{kind}_HOME" if kind != "RUNTIME" else "XDG_RUNTIME_DIR"] = str(folder)
    # Tests begin where nobody has been, know their way, and leave nothing beside the photographs.
    os.environ |= {"SAFELIGHT_TOUR": "off", "SAFELIGHT_RESTORE": "off", "SAFELIGHT_EDITS": "off"}
    # What the terminal of whoever runs them can do is not what they look at.
    os.environ["TERM"] = "xterm-256color"
    # A run in the background ignores Ctrl-C, and so would every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"):
        os.environ.pop(name, None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def photographs() -> Path:
    """The photographs that come with Safelight."""
    return ROOT / "images"
