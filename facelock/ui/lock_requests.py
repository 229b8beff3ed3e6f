"""Watches for `facelock lock`: a request in a private folder, which can only ever lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from facelock.desktop.lock_request import LockRequest

_LOOK_EVERY = 500  # milliseconds, should the system tell nothing about the folder


class LockRequests(QObject):
    """`lock_wanted` for each request; call `answer` on it once it is locked."""

    lock_wanted = Signal()

    def __init__(self, request: LockRequest, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = request
        self._told = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to watch. A request that lies there already counts: it locks."""
        if self._request.folder.is_dir():
            self._watcher.addPath(str(self._request.folder))
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        if folders := self._watcher.directories():
            self._watcher.removePaths(folders)

    def answer(self) -> None:
        """Tell who asked that it is locked now."""
        self._request.answer()

    @Slot()
    def _look(self) -> None:
        asked = self._request.is_there
        if asked and not self._told:
            self._told = True  # one that cannot be removed must not lock twice a second
            self.lock_wanted.emit()
            asked = self._request.is_there
        self._told = asked
