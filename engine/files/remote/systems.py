"""The connections of this process: one for each server or bucket, shared by all threads, made anew when it broke."""

from __future__ import annotations

import functools
import threading
from collections import defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from engine.confinement import barred
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.name import show
from engine.files.remote.faults import broken, understood
from engine.files.remote.url import FOLDERS, Url, parsed

if TYPE_CHECKING:
    from engine.files.remote.system import System

T = TypeVar("T")
ADVICE = "pip install 'safelight[remote]'"


class _Systems:
    def __init__(self) -> None:
        self._known: dict[tuple[str, str], System] = {}
        self._doors: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    def of(self, url: Url) -> System:
        """Connected by one thread at a time."""
        key = url[:2]
        with self._doors[key]:
            if key not in self._known:
                self._known[key] = _connected(url)
            return self._known[key]

    def forget(self, url: Url, system: System) -> None:
        """Unless another thread has connected anew already."""
        with self._doors[url[:2]]:
            if self._known.get(url[:2]) is system:
                del self._known[url[:2]]


@functools.cache
def _systems() -> _Systems:
    return _Systems()


def asked(text: str, question: Callable[[System, str], T], *, again: bool = True) -> T:
    """What the question gives, which takes the other machine and the path there; asked once more on a new connection
    where the old one broke, unless `again` is false.

    ImageError with a sentence; FileNotFoundError and FileExistsError pass.
    """
    url = parsed(text)
    admit(text, barred(text))
    with understood(url):
        system = _systems().of(url)
        try:
            return question(system, url.path)
        except Exception as error:
            if not broken(error):
                raise
            _systems().forget(url, system)
            if not again:
                raise
        return question(_systems().of(url), url.path)


def _connected(url: Url) -> System:
    for module in ("fsspec", "paramiko") if url.scheme in FOLDERS else ("fsspec",):
        if find_spec(module) is None:
            raise ImageError(f"{show(str(url))} takes more packages: {ADVICE}.")
    if url.scheme in FOLDERS:
        from engine.files.remote.sftp import Sftp

        return Sftp(url.authority)
    if url.scheme == "s3" and find_spec("s3fs") is None:
        raise ImageError(f"{show(str(url))} takes more packages: {ADVICE}.")
    from engine.files.remote.objects import Objects

    return Objects(url.scheme, url.authority)
