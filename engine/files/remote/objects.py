"""Stores of objects such as S3, by fsspec: a file appears whole or not at all, and folders are what names share."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.files.edition import Edition

if TYPE_CHECKING:
    from engine.files.write import Buffer

BLOCK = 8 << 20
"""Bytes of a part of a large file, as it is written."""
SECOND = 1_000_000_000
TIMES = ("LastModified", "mtime", "updated", "last_modified")
MARKS = ("ETag", "etag", "md5Hash", "content_md5")
PATIENCE = {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 3}}
"""Of botocore: seconds, and how often it asks."""


class Objects:
    """One bucket; for any thread."""

    def __init__(self, scheme: str, bucket: str) -> None:
        """Connects to nothing yet. ImportError when the library of this kind of store is not installed."""
        usual: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True}
        if scheme == "s3":
            from s3fs import S3FileSystem

            self._fs: Any = S3FileSystem(**usual, config_kwargs=PATIENCE)
        else:
            import fsspec

            self._fs = fsspec.filesystem(scheme, **usual)
        self._exclusive = scheme == "s3"
        self._bucket = bucket

    def listed(self, path: str) -> list[tuple[str, Edition | None]]:
        """FileNotFoundError when no name begins so."""
        whole = self._whole(path)
        found = []
        for each in self._fs.ls(whole, detail=True, refresh=True):
            name = each["name"].rstrip("/").rpartition("/")[2]
            # Some programs mark a folder by an object of its own name.
            if name and each["name"].strip("/") != whole:
                found.append((name, None if each["type"] == "directory" else _edition(each)))
        return found

    def look(self, path: str) -> Edition | None:
        """As `System.look`."""
        facts = self._fs.info(self._whole(path), refresh=True) if self._exclusive else self._fs.info(self._whole(path))
        return None if facts["type"] == "directory" else _edition(facts)

    def read(self, path: str, start: int, end: int) -> bytes:
        """As `System.read`, in one request."""
        data: bytes = self._fs.cat_file(self._whole(path), start=start, end=end)
        return data

    def begin(self, path: str, data: Buffer) -> Upload:
        """As `System.begin`: its parts, which nobody sees before they are put together."""
        whole = self._whole(path)
        file = self._fs.open(whole, "xb" if self._exclusive else "wb", autocommit=False, block_size=BLOCK)
        try:
            file.write(data)
            file.close()
        except BaseException:
            file.discard()
            raise
        return Upload(self._fs, whole, file, exclusive=self._exclusive)

    def remove(self, path: str) -> None:
        """As `System.remove`."""
        self._fs.rm_file(self._whole(path))

    def _whole(self, path: str) -> str:
        return f"{self._bucket}{path}".rstrip("/")


class Upload:
    """The parts of an object."""

    def __init__(self, fs: Any, path: str, file: Any, *, exclusive: bool) -> None:
        self._fs, self._path, self._file, self._exclusive = fs, path, file, exclusive

    def place(self, *, replaces: bool) -> None:
        """As `Begun.place`: the store itself refuses where it can, as two may look at the same time."""
        if self._exclusive:
            self._file.mode = "wb" if replaces else "xb"
        elif not replaces and self._fs.exists(self._path):
            raise FileExistsError(self._path)
        try:
            self._file.commit()
        except OSError as error:
            if "PreconditionFailed" in f"{error} {error.__cause__!r}" or "pre-conditions" in str(error):
                raise FileExistsError(self._path) from None
            raise

    def discard(self) -> None:
        """As `Begun.discard`."""
        self._file.discard()


def _edition(facts: dict[str, Any]) -> Edition:
    """Stores tell whole seconds: what else marks an edition stands in the place of the rest."""
    written = next((facts[name] for name in TIMES if facts.get(name)), 0)
    if isinstance(written, str):
        written = datetime.fromisoformat(written)
    seconds = int(written.timestamp()) if isinstance(written, datetime) else int(written)
    mark = next((str(facts[name]) for name in MARKS if facts.get(name)), "")
    return Edition(int(facts["size"] or 0), seconds * SECOND + zlib.crc32(mark.strip('"').encode()) % SECOND)
