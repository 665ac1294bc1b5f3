"""A result in the place of its source, which stays under another name until the result is safe. It decodes nothing.

The steps, after those of `engine.files.write` up to the sync: the original gets a second name, or a copy where the disk
knows no second names, which is whole and synced before it is called so; the folder is synced; the result takes the
first name; the folder is synced; the result is looked at; the batch's journal tells of it; the second name goes. Where
a process is killed, the second name tells how far it came: as long as it is there, the original is put back before
anything else is done with the file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from dataclasses import dataclass

from engine.confinement import unwritable
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.edition import Edition
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.write import NO_LINKS, Buffer, Unplaced, begin, make_temporary, place_new, sync_folder

BACKUP_SUFFIX = ".safelight-original"
"""Of the second name; no format has it, so that no batch takes the file for a picture."""


def backup_of(path: str) -> str:
    """The second name of an original."""
    return path + BACKUP_SUFFIX


def refuse_link(path: str) -> None:
    """ImageError for a symbolic link, in whose place a file would come."""
    if os.path.islink(path):
        raise ImageError(f"{show(path)} is a link, which is not replaced: name {show(os.path.realpath(path))} itself.")


def put_back(path: str) -> None:
    """Undo what a killed process left half done, if it did; ImageError when the file was changed since."""
    backup = backup_of(path)
    try:
        original = os.lstat(backup)
    except OSError:
        return
    admit(path, unwritable(os.path.dirname(path)))
    try:
        now = os.lstat(path)
    except FileNotFoundError:
        now = None
    # The result was written before the original got its second name, which counts as a change of that.
    if now is not None and now.st_ino != original.st_ino and now.st_mtime_ns > original.st_ctime_ns:
        raise ImageError(
            f"{show(path)} was changed after a batch was interrupted, and {show(backup)} is what it was before: "
            "move one of them away."
        )
    try:
        os.rename(backup, path)
        # Where both were names of one file, nothing was renamed.
        if os.path.lexists(backup):
            os.unlink(backup)
    except OSError as error:
        raise ImageError(f"{show(backup)} cannot be put back ({error.strerror}): rename it to {show(path)}.") from None


def other_names(path: str) -> tuple[str, ...]:
    """What to say of a source that has other names, on the same disk, before its result takes its place."""
    try:
        more = os.lstat(path).st_nlink - 1
    except OSError:
        return ()
    names = "another name, which keeps" if more == 1 else f"{more} other names, which keep"
    return (f"The file had {names} the picture as it was.",) if more > 0 else ()


def settle(path: str) -> None:
    """The journal tells of the result: the original goes. Whoever cannot remove it leaves it."""
    try:
        os.unlink(backup_of(path))
    except OSError:
        return


def begin_in_place(path: str, data: Buffer, read: Edition | None) -> Unplaced:
    """The first half of putting a result in the place of its source, which was of edition `read` then.

    ImageError when it cannot be written, or here or later because the source is another by now.
    """
    refuse_link(path)
    return begin(path, data, _InPlace(path, read, len(data)), lambda file: _dress(path, file))


@dataclass(frozen=True, slots=True)
class _InPlace:
    """Gives a result its name."""

    path: str
    read: Edition | None
    size: int

    def __call__(self, folder: int, temporary: str, name: str) -> None:
        """Keeps the original until `settle`; puts it back when the result cannot be read."""
        backup = name + BACKUP_SUFFIX
        self._check_unchanged(folder, name)
        _keep(folder, name, backup)
        try:
            sync_folder(folder)
            os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
            sync_folder(folder)
            self._look(folder, name)
        except (OSError, ImageError):
            _undo(folder, name, backup)
            raise

    def _check_unchanged(self, folder: int, name: str) -> None:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISREG(facts.st_mode) or Edition(facts.st_size, facts.st_mtime_ns) != self.read:
            raise ImageError(f"{show(self.path)} was changed meanwhile and stays as it is: begin again.")

    def _look(self, folder: int, name: str) -> None:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if facts.st_size != self.size:
            raise ImageError(f"{show(self.path)} was not written whole, and its original was put back: check the disk.")
        read_header(self.path, Limits(max_pixels=1 << 62, max_bytes=1 << 62))


def _keep(folder: int, name: str, backup: str) -> None:
    """A second name for the original, or a copy where the disk has no links: whole before it has that name."""
    try:
        os.link(name, backup, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _copy(folder, name, backup)


def _copy(folder: int, name: str, backup: str) -> None:
    temporary, file = make_temporary(folder, 0o600)
    try:
        with (
            open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder), "rb") as original,
            open(file, "wb") as copy,
        ):
            facts = os.fstat(original.fileno())
            shutil.copyfileobj(original, copy, 1 << 20)
            copy.flush()
            _dress(original.fileno(), file)
            os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))
            os.fsync(file)
            place_new(folder, temporary, backup)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        raise


def _undo(folder: int, name: str, backup: str) -> None:
    """The original under its own name again, and under no other; where that fails, `put_back` tries once more."""
    with contextlib.suppress(OSError):
        os.rename(backup, name, src_dir_fd=folder, dst_dir_fd=folder)
        # Where both were names of one file, nothing was renamed.
        os.unlink(backup, dir_fd=folder)


def _dress(original: int | str, file: int) -> None:
    """The original's attributes, owner and permissions, as far as this user may give them."""
    facts = os.stat(original) if isinstance(original, int) else os.stat(original, follow_symlinks=False)
    if hasattr(os, "listxattr"):
        _copy_attributes(original, file)
    try:
        os.fchown(file, facts.st_uid, facts.st_gid)
    except OSError:
        # Another's file in a folder of one's own: what its group and others may do stays closed to them.
        os.fchmod(file, stat.S_IMODE(facts.st_mode) & 0o700)
    else:
        os.fchmod(file, stat.S_IMODE(facts.st_mode))


def _copy_attributes(original: int | str, file: int) -> None:
    """Each by itself: some belong to the system, and not every disk has room for all."""
    with contextlib.suppress(OSError):
        for name in os.listxattr(original):
            with contextlib.suppress(OSError):
                os.setxattr(file, name, os.getxattr(original, name))
