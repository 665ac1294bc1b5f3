"""Copying, moving and binning pictures with their sidecars. Nothing is written over, and nothing deleted for good."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
from pathlib import PurePath

from engine.confinement import barred, unwritable
from engine.errors import ImageError, SafelightError
from engine.files.admission import admit
from engine.files.formats import picture_suffixes
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.files.source import read
from engine.files.write import begin_new
from engine.sidecars.edits import beside, read_edits, write_edits
from engine.sidecars.rating import places

OTHER_DISK = (errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)


def family(picture: str) -> tuple[str, ...]:
    """The picture and its sidecars; of `NAME.xmp` only where no other picture of that name shares it."""
    darktable, lightroom = places(picture)
    sidecars = [beside(picture), darktable]
    if lightroom not in sidecars and not _shares(picture):
        sidecars.append(lightroom)
    return (picture, *(path for path in sidecars if os.path.isfile(path)))


def copy(picture: str, folder: str) -> str:
    """The path of a copy in that folder, with its sidecars; ImageError where one is there or cannot be written.

    Then nothing of it is left there.
    """
    return _carried(picture, folder, moves=False)


def move(picture: str, folder: str) -> str:
    """The picture's new path; ImageError as for `copy`: then all is where it was, or in both places."""
    _refuse_far(picture, "move")
    admit(picture, unwritable(os.path.dirname(os.path.abspath(picture))))
    if os.path.islink(picture):
        raise ImageError(f"{show(picture)} is a link: move {show(os.path.realpath(picture))} itself.")
    target = _carried(picture, folder, moves=True)
    for path in (*family(picture)[1:], picture):
        try:
            os.unlink(path)
        except OSError as error:
            raise ImageError(
                f"{show(path)} cannot be taken away ({error.strerror}): it is in {show(folder)} and here."
            ) from None
    return target


def bin_picture(picture: str) -> None:
    """Puts the picture and its sidecars into the system's bin; ImageError where there is none, or it is refused.

    The freedesktop.org trash specification, by Send2Trash.
    """
    from send2trash import send2trash

    _refuse_far(picture, "bin")
    admit(picture, unwritable(os.path.dirname(os.path.abspath(picture))))
    # The picture first: one that stays keeps its sidecars.
    for path in family(picture):
        try:
            send2trash(path)
        except OSError as error:
            reason = error.strerror or " ".join(str(error).split()) or type(error).__name__
            raise ImageError(
                f"{show(path)} cannot be put into the bin ({show(reason, 100)}): move it elsewhere instead."
            ) from None


def _refuse_far(picture: str, verb: str) -> None:
    if is_url(picture):
        name = show(os.path.basename(picture))
        raise ImageError(f"{name} lies on another machine: copy it to a disk first, to {verb} it.")


def _carried(picture: str, folder: str, *, moves: bool) -> str:
    """Everything is in the folder, too, or nothing of it."""
    admit(folder, unwritable(folder))
    admit(picture, barred(picture))
    target = os.path.join(folder, os.path.basename(picture))
    edits, made = read_edits(picture).stack, list[str]()
    try:
        for path in family(picture):
            there = os.path.join(folder, os.path.basename(path))
            _place(path, there, links=moves)
            made.append(there)
        if edits.steps and not os.path.isfile(beside(picture)):
            write_edits(target, edits, None)
    except SafelightError:
        for there in made:
            with contextlib.suppress(OSError):
                os.unlink(there)
        raise
    return target


def _place(path: str, there: str, *, links: bool) -> None:
    """The same file at another place, where there must be none; ImageError otherwise."""
    try:
        if is_url(path):
            begin_new(there, read(path, Limits())).place()
            return
        if links and not is_url(there):
            try:
                os.makedirs(os.path.dirname(os.path.abspath(there)), exist_ok=True)
                os.link(path, there, follow_symlinks=False)
                return
            except OSError as error:
                if error.errno not in OTHER_DISK:
                    raise
        facts = os.stat(path)
        with open(path, "rb") as file:
            if facts.st_size:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data, memoryview(data) as view:
                    begin_new(there, view).place()
            else:
                begin_new(there, b"").place()
        if not is_url(there):
            os.utime(there, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    except FileExistsError:
        raise ImageError(f"{show(there)} exists already: choose another folder.") from None
    except OSError as error:
        raise ImageError(f"{show(there)} cannot be made ({error.strerror}): choose another folder.") from None


def _shares(picture: str) -> bool:
    """Whether another picture has the same name but for its suffix."""
    path = PurePath(picture)
    try:
        names = os.listdir(path.parent)
    except OSError:
        return True
    suffixes = picture_suffixes()
    others = (PurePath(name) for name in names if name != path.name)
    return any(each.stem == path.stem and each.suffix.lower() in suffixes for each in others)
