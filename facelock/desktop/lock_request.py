"""How another program of this user asks the window to lock: an empty file in a private folder.

It can say nothing but "lock": nobody opens it, its content is never read. The window removes it
once it is locked, which is the answer. (The single-instance socket says `show` and nothing else.)
"""

from __future__ import annotations

import contextlib
import os
import time
from enum import Enum
from pathlib import Path

from facelock.core.atomic_file import private_folder
from facelock.desktop.window_lock import window_is_open

_NAME = "lock.request"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_LOOK_EVERY = 0.02  # seconds


class LockAnswer(Enum):
    """What came of a request."""

    LOCKED = "locked"  # the window says so
    NOTHING_RUNS = "nothing-runs"  # so there is no key in any memory
    NO_ANSWER = "no-answer"


class LockRequest:
    """The request of one folder, as the window sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / _NAME

    @property
    def is_there(self) -> bool:
        """True if somebody asks. Never follows a link."""
        return os.path.lexists(self._path)

    def answer(self) -> None:
        """Remove it: what was asked is done. Whatever cannot be removed is left where it is."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def put(self) -> None:
        """Ask. Somebody else's request does as well. Raises OSError."""
        private_folder(self.folder)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, _FLAGS, 0o600))


def ask_to_lock(folder: Path, seconds: float = 3.0) -> LockAnswer:
    """Ask the window of this folder to lock, and wait for its answer so long at most.

    Raises OSError if the request cannot be written.
    """
    if not window_is_open(folder):
        LockRequest(folder).answer()  # one that nobody took: the next window begins locked anyway
        return LockAnswer.NOTHING_RUNS
    request = LockRequest(folder)
    request.put()
    until = time.monotonic() + seconds
    while request.is_there:
        if time.monotonic() > until:
            if not window_is_open(folder):  # it ended meanwhile, and its key with it
                request.answer()
                return LockAnswer.NOTHING_RUNS
            request.answer()  # or it would lock at some later moment, when nobody expects it
            return LockAnswer.NO_ANSWER
        time.sleep(_LOOK_EVERY)
    return LockAnswer.LOCKED
