"""Files that are either the old ones or the new ones, never neither, and never somebody else's.

Standard library only and below every adapter, because the sealed store and the preferences both
write this way. Errors stay `OSError`; each adapter translates them into its own.

The recipe (threat-model rows 17 and 25): a temporary file in the same folder, made with O_EXCL and
O_NOFOLLOW under a random name and mode 0600 before the first byte; fsync; rename over the old file;
fsync of the folder, without which the rename itself may be lost in a power cut.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path
from types import TracebackType
from typing import Self

_POSIX = os.name == "posix"
# Windows knows neither flag, and has no O_BINARY elsewhere; its profile folders are private by ACL.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TEMPORARY = ".tmp"
_TEMPORARY_NAME_BYTES = 64  # of the target's name; file systems end at 255
_MAX_PREVIOUS_BYTES = 64 * 1024 * 1024


def private_folder(folder: Path) -> None:
    """Make `folder` (and what leads to it) with mode 0700; tighten it if it is ours and wider.

    Raises PermissionError if it belongs to somebody else, NotADirectoryError if it is a link or a
    file, and any OSError of making it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, "not a real folder", str(folder))
    if not _POSIX:
        return
    if status.st_uid != os.geteuid():
        raise PermissionError(errno.EPERM, "the folder belongs to somebody else", str(folder))
    if status.st_mode & _OTHERS:
        folder.chmod(0o700)


def write_atomically(path: Path, data: bytes, *, keep_previous: bool = False) -> None:
    """Replace `path` by `data`, mode 0600. On any OSError the old file stands untouched.

    `keep_previous` first copies the old content to `<name>.previous`, just as carefully; whatever
    is not a file of ours (a link, a pipe) is not followed and not kept.
    """
    if keep_previous and (old := _old_content(path)) is not None:
        write_atomically(previous_copy(path), old)
    with StagedFile(path) as staged:
        staged.write(data)
        staged.commit()


class StagedFile:
    """A new content of `path`, written bit by bit, that counts only once it is committed.

    Several can be staged and then committed one after the other: whatever a full disk can refuse
    has then happened before the first of them counts. Used as a context manager, it leaves nothing
    behind unless it was committed; a killed process leaves its temporary file to `sweep`.
    Every method may raise OSError; nothing of `path` has changed then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.temporary = path.with_name(f".{_short(path.name)}{secrets.token_hex(8)}{_TEMPORARY}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _COMMON
        self._descriptor = os.open(self.temporary, flags, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()

    def write(self, data: bytes) -> int:
        """Append `data`, all of it; return its length."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        return len(data)

    def write_at(self, offset: int, data: bytes) -> None:
        """Write over what was written before, without moving the end."""
        os.lseek(self._descriptor, offset, os.SEEK_SET)
        self.write(data)
        os.lseek(self._descriptor, 0, os.SEEK_END)

    def finish(self) -> None:
        """Bring everything written onto the disk. Nothing can be written afterwards."""
        if self._descriptor >= 0:
            os.fsync(self._descriptor)
            self._close()

    def commit(self) -> None:
        """Put it in the place of `path`."""
        self.finish()
        os.replace(self.temporary, self.path)  # noqa: PTH105 - tests stand in for os
        self._sync_name()

    def commit_as(self, path: Path) -> None:
        """Put it where there is nothing yet. Raises FileExistsError if there is something."""
        self.finish()
        try:
            os.link(self.temporary, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links (FAT, some network drives): the next best
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _COMMON, 0o600))
            try:
                os.replace(self.temporary, path)  # noqa: PTH105 - as above
            except OSError:
                path.unlink()  # the name was only held for it
                raise
        self.path = path
        self._sync_name()

    def discard(self) -> None:
        """Leave no trace, unless it was committed. Never fails; may be called again."""
        with contextlib.suppress(OSError):
            self._close()
        # Gone already if all went well.
        with contextlib.suppress(OSError):
            self.temporary.unlink()

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _sync_name(self) -> None:
        # It stands: a file system that cannot sync folders must not make it look otherwise.
        with contextlib.suppress(OSError):
            sync_folder(self.path.parent)


def _short(name: str) -> str:
    """Return what a temporary file's name says of its target's, which may be of full length."""
    return name.encode()[:_TEMPORARY_NAME_BYTES].decode(errors="ignore") + "."


def open_regular(path: Path) -> tuple[int, os.stat_result]:
    """Open a plain file for reading, whoever's; return the descriptor and what it was then.

    Raises OSError if it is a link or no regular file.
    """
    # Non-blocking: a pipe put in the file's place must not hang the lock screen.
    descriptor = os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _COMMON)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return descriptor, status


def _old_content(path: Path) -> bytes | None:
    try:
        return read_private(path, limit=_MAX_PREVIOUS_BYTES)
    except OSError:
        return None


def sync_folder(folder: Path) -> None:
    """Make renames and deletions in `folder` last through a power cut."""
    if not _POSIX:  # Windows cannot open folders; NTFS journals its names
        return
    descriptor = os.open(folder, os.O_RDONLY | _COMMON)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_private(path: Path, *, limit: int) -> bytes:
    """Return the bytes of a file that only this user can write, `limit` bytes at most.

    Raises FileNotFoundError; or OSError if it is a link, no regular file, too large, somebody
    else's, or writable by others. One that others may only read is tightened and read.
    """
    descriptor, status = open_regular(path)
    try:
        if status.st_size > limit:
            raise OSError(errno.EFBIG, "larger than any file of ours", str(path))
        if _POSIX:
            _check_owner(descriptor, status, path)
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def _check_owner(descriptor: int, status: os.stat_result, path: Path) -> None:
    if status.st_uid != os.geteuid() or status.st_mode & _OTHERS_WRITE:
        raise PermissionError(errno.EPERM, "somebody else can write this file", str(path))
    if status.st_mode & _OTHERS:  # a restored backup, say; what is in it is sealed
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, 0o600)


def previous_copy(path: Path) -> Path:
    """Return where the last content of `path` is kept."""
    return path.with_name(path.name + ".previous")


def sweep(folder: Path) -> None:
    """Delete temporary files that a killed process left. Only while no other process writes."""
    for left_over in folder.glob(f".*{_TEMPORARY}"):
        left_over.unlink(missing_ok=True)
