"""Stores of objects such as S3, by fsspec: a file appears whole or not at all, and folders are what names share."""

from __future__ import annotations

import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.files.edition import Edition
from engine.files.remote.system import Told

if TYPE_CHECKING:
    from engine.files.write import Buffer

REFUSED = "pre-conditions"
"""In what S3 says of a name that is taken."""
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
        self._fresh = {"refresh": True} if scheme == "s3" else {}
        self._bucket = bucket

    def listed(self, path: str) -> list[Told]:
        """FileNotFoundError when no name begins so."""
        whole = self._whole(path)
        found = []
        for each in self._fs.ls(whole, detail=True, **self._fresh):
            name = each["name"].rstrip("/").rpartition("/")[2]
            # Some programs mark a folder by an object of its own name.
            if name and each["name"].strip("/") != whole:
                found.append(Told(name, None if each["type"] == "directory" else _edition(each)))
        return found

    def look(self, path: str) -> Edition | None:
        """As `System.look`."""
        facts = self._fs.info(self._whole(path), **self._fresh)
        return None if facts["type"] == "directory" else _edition(facts)

    def read(self, path: str, start: int, end: int) -> bytes:
        """As `System.read`, in one request."""
        data: bytes = self._fs.cat_file(self._whole(path), start=start, end=end)
        return data

    def write(self, path: str, data: Buffer, *, replaces: bool) -> None:
        """As `System.write`: the store itself refuses what is there, as two may look at the same time."""
        try:
            self._fs.pipe_file(self._whole(path), bytes(data), mode="overwrite" if replaces else "create")
        except OSError as error:
            if REFUSED in f"{error} {error.__cause__}":
                raise FileExistsError(path) from None
            raise

    def remove(self, path: str) -> None:
        """As `System.remove`."""
        self._fs.rm_file(self._whole(path))

    def _whole(self, path: str) -> str:
        return f"{self._bucket}{path}".rstrip("/")


def _edition(facts: dict[str, Any]) -> Edition:
    """Stores tell whole seconds: what else marks an edition stands in the place of the rest."""
    written = next((facts[name] for name in TIMES if facts.get(name)), 0)
    if isinstance(written, str):
        written = datetime.fromisoformat(written)
    seconds = int(written.timestamp()) if isinstance(written, datetime) else int(written)
    mark = next((str(facts[name]) for name in MARKS if facts.get(name)), "")
    return Edition(int(facts["size"] or 0), seconds * SECOND + zlib.crc32(mark.strip('"').encode()) % SECOND)
