"""Object code kept in a folder: written whole or not at all, and checked when it is read. Runs and compiles nothing."""

import hashlib
import os
import threading
from pathlib import Path

FORMAT = 2
SUFFIX = ".o"


class ObjectFolder:
    """Object code by name, made for one processor. Another process may use the same folder at the same time."""

    def __init__(self, folder: Path, processor: str) -> None:
        """`processor` names all that the code takes for granted; what was made for another is not read."""
        self._folder, self._processor = folder, processor

    def read(self, name: str, sources: str) -> bytes | None:
        """The code; None when it is not there, is damaged, or was made for something else or from other sources."""
        try:
            header, _, code = self._path(name).read_bytes().partition(b"\n")
        except OSError:
            return None
        return code if header == self._header(name, sources, code) else None

    def write(self, name: str, sources: str, code: bytes) -> bool:
        """Keep the code; False when it cannot be written."""
        path = self._path(name)
        fresh = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            # Another process may have removed it: to that one, this version of Safelight looked old.
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh.write_bytes(self._header(name, sources, code) + b"\n" + code)
            os.replace(fresh, path)
        except OSError:
            try:
                fresh.unlink()
            except OSError:
                pass
            return False
        return True

    def count(self) -> int:
        """How many there are, whole or not."""
        return sum(1 for _ in self._folder.glob(f"*{SUFFIX}"))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _header(self, name: str, sources: str, code: bytes) -> bytes:
        digest = hashlib.sha256(code).hexdigest()
        return f"safelight object {FORMAT} {self._processor} {name} {sources} {digest}".encode()
