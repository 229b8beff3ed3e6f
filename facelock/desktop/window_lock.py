"""Tells whether a window of these folders runs: it holds a lock on a file as long as it does.

The kernel lets go of it however the process ends, so nothing is ever stale. The single instance,
`facelock lock` and `facelock erase` ask here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from facelock.core.atomic_file import private_folder

_NAME = "window.lock"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class WindowLock:
    """The lock of one folder. Not taken before `take`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._descriptor = -1

    def take(self) -> bool:
        """Take it; False if another process, or another object of this one, has it.

        Makes the folder, with mode 0700. Raises OSError if that cannot be or is not ours.
        """
        if self._descriptor >= 0:
            return True
        private_folder(self._path.parent)
        descriptor = os.open(self._path, _FLAGS, 0o600)
        try:
            _lock_exclusively(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let others have it. May be called any number of times."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def window_is_open(folder: Path) -> bool:
    """True if a window holds the lock of this folder. Looking makes nothing."""
    if not (folder / _NAME).exists():
        return False
    lock = WindowLock(folder)
    try:
        return not lock.take()
    except OSError:
        return False  # a folder that is not ours is not the one of our window
    finally:
        lock.release()


if sys.platform == "win32":  # pragma: no cover - the other half runs on POSIX
    import msvcrt

    def _lock_exclusively(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock_exclusively(descriptor: int) -> None:
        """Lock the open file, not the process: a second object in this process is refused too."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
