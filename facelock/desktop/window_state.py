"""What the window says of itself: a small file beside its lock, for `facelock status` and scripts.

It is told and never trusted: nothing decides by it, and it counts only while a window holds the
lock of the folder. Nobody is named in it, and nothing private is.
"""

from __future__ import annotations

import logging
import math
import os
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import msgspec

from facelock.core.atomic_file import private_folder, read_private, write_atomically
from facelock.core.leaving import Reason
from facelock.desktop.window_lock import window_is_open

_NAME = "window.state"
_MAX_BYTES = 4096
_LATEST = 32_503_680_000.0  # the year 3000, where Windows' calendar ends

_log = logging.getLogger(__name__)


class WindowMode(Enum):
    """What the window is doing."""

    NOT_SET_UP = "not-set-up"  # nobody is enrolled
    LOCKED = "locked"
    SCANNING = "scanning"  # locked, and looking for a face that opens
    OPEN = "open"


@dataclass(frozen=True)
class WindowState:
    """What a window said last."""

    mode: WindowMode
    camera: bool  # the camera is on
    since: float  # wall seconds; since when it is in this mode
    pid: int
    reason: Reason | None = None  # why it locked; None if it is open, or began locked


class _StateFile(msgspec.Struct, forbid_unknown_fields=True):
    """What the file may hold."""

    state: WindowMode
    camera: bool
    since: float
    pid: int
    reason: Reason | None


class WindowStateFile:
    """The file of one folder, as the window that holds the folder's lock writes it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME
        self._written: WindowState | None = None

    def write(
        self,
        mode: WindowMode,
        *,
        camera: bool,
        since: float,
        reason: Reason | None = None,
    ) -> None:
        """Say what state the window is in; nothing is written if it was said before.

        Never fails: where it cannot be written, what was said before is taken back.
        """
        state = WindowState(mode, camera, since, os.getpid(), reason)
        if state == self._written:
            return
        record = _StateFile(mode, camera, since, state.pid, reason)
        try:
            private_folder(self._path.parent)
            write_atomically(self._path, msgspec.json.encode(record) + b"\n")
        except OSError as error:
            _log.info("the window's state cannot be written: %s", error.strerror)
            self.clear()
        else:
            self._written = state

    def clear(self) -> None:
        """Say nothing: at the start, where an older window may have left its own, and at the end.

        What cannot be removed is left; it counts for nothing once the window is gone.
        """
        self._written = None
        with suppress(OSError):
            self._path.unlink()


def read_window_state(folder: Path) -> WindowState | None:
    """Return what the window of this folder says; None if none runs, or none can be understood."""
    if not window_is_open(folder):
        return None
    try:
        data = read_private(folder / _NAME, limit=_MAX_BYTES)
        record = msgspec.json.decode(data, type=_StateFile, strict=True)
    except (OSError, msgspec.DecodeError, ValueError):
        return None
    if not (math.isfinite(record.since) and 0 <= record.since <= _LATEST and record.pid > 0):
        return None
    return WindowState(record.state, record.camera, record.since, record.pid, record.reason)
