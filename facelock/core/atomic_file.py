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

_POSIX = os.name == "posix"
# Windows knows neither flag, and has no O_BINARY elsewhere; its profile folders are private by ACL.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_TEMPORARY = ".tmp"
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
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}{_TEMPORARY}")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _COMMON
        descriptor = os.open(temporary, flags, 0o600)
        try:
            _write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)  # noqa: PTH105 - tests stand in for os, where the kernel fails
    finally:
        # Gone already if all went well; a killed process leaves it to `sweep`.
        with contextlib.suppress(OSError):
            temporary.unlink()
    # The new file stands: a file system that cannot sync folders must not make it look otherwise.
    with contextlib.suppress(OSError):
        sync_folder(path.parent)


def _old_content(path: Path) -> bytes | None:
    try:
        return read_private(path, limit=_MAX_PREVIOUS_BYTES)
    except OSError:
        return None


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


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
    # Non-blocking: a pipe put in the file's place must not hang the lock screen.
    descriptor = os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _COMMON)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
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
