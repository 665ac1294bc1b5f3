"""Folders on other machines, for the tests beside it."""

from tests.engine.batch.conftest import state_folder
from tests.far import bucket, far, server, sftp, store

__all__ = ["bucket", "far", "server", "sftp", "state_folder", "store"]
