"""The two ways in from other programs of this user: "show yourself", and "lock". None opens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from facelock.desktop.lock_request import LockRequest
from facelock.desktop.window_state import WindowStateFile
from facelock.ui.lock_requests import LockRequests
from facelock.ui.single_instance import SingleInstance, Standing


class Entrances(QObject):
    """Of one folder. `decided` is told once whether this start is the first: `is_first`."""

    def __init__(self, folder: Path, decided: Callable[[bool], None]) -> None:
        super().__init__()
        self._decided = decided
        self._instance = SingleInstance(folder, self)
        self._requests = LockRequests(LockRequest(folder), self)
        self._said = WindowStateFile(folder)
        self._instance.show_wanted.connect(self._on_show)
        self._requests.lock_wanted.connect(self._on_lock)
        self._show: Callable[[], None] = _nothing
        self._lock: Callable[[], None] = _nothing

    def open(self, show: Callable[[], None], lock: Callable[[], None]) -> Standing:
        """Become the one window. Both callables are called in the GUI thread, any number of times.

        `lock` must have locked when it returns, and must not raise.
        """
        self._show, self._lock = show, lock
        standing = self._instance.claim()
        is_first = standing is Standing.FIRST
        self._decided(is_first)
        if is_first:
            self._said.clear()  # by a window that was killed: it must not speak for this one
            self._requests.start()
        return standing

    def close(self) -> None:
        """Take no more messages; the next start is the first again."""
        self._requests.stop()
        self._instance.release()

    @Slot()
    def _on_show(self) -> None:
        self._show()

    @Slot()
    def _on_lock(self) -> None:
        self._lock()
        self._requests.answer()


def _nothing() -> None:
    """Before `open` there is nothing to show and nothing to lock."""
