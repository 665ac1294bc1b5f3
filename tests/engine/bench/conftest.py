"""Settings small enough for a test: what is measured means nothing, that it is measured does."""

from collections.abc import Iterator

import pytest

from engine.bench import peers
from engine.bench.setting import Setting
from engine.errors import SafelightError


@pytest.fixture
def setting() -> Iterator[Setting]:
    """Two workers, no peers."""
    small = Setting(2, megapixels=0.05, fewer=0.02, crop=0.02, rounds=2)
    yield small
    small.close()


@pytest.fixture
def beside(setting: Setting) -> Setting:
    """The same with all peers; the test is left out where they are not installed."""
    try:
        setting.peers = peers.use(2)
    except SafelightError as error:
        pytest.skip(str(error))
    return setting
