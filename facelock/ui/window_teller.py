"""Tells other programs of this user what state the window is in (`desktop.window_state`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from facelock.core.leaving import Reason
from facelock.desktop.window_state import WindowMode, WindowStateFile

if TYPE_CHECKING:
    from pathlib import Path

    from facelock.services.access import Access
    from facelock.ui.main_window import MainWindow
    from facelock.workers.eyes import Eyes

_LOOK_EVERY = 1000  # milliseconds: a look begins and ends without a word to the window


class WindowTeller(QObject):
    """Belongs to the window. Writes when something changed, and nothing else."""

    def __init__(
        self,
        window: MainWindow,
        access: Access,
        eyes: Eyes,
        folder: Path,
        wall: Callable[[], float],
    ) -> None:
        super().__init__(window)
        self._window, self._access, self._eyes = window, access, eyes
        self._file = WindowStateFile(folder)
        self._wall = wall
        self._mode: WindowMode | None = None
        self._since = 0.0
        self._stopped = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.tell)
        window.state_changed.connect(self.tell)
        eyes.camera_on_changed.connect(self.tell)
        self._timer.start()
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Write what holds now, if it is not what was written last."""
        if self._stopped:
            return
        mode = self._mode_now()
        if mode is not self._mode:
            # Looking and not looking for a face are both locked: that began when it locked.
            if mode is WindowMode.OPEN or self._mode in {None, WindowMode.OPEN}:
                self._since = self._wall()
            self._mode = mode
        reason: Reason | None = None if mode is WindowMode.OPEN else self._window.locked_for
        self._file.write(mode, camera=self._eyes.camera_is_on, since=self._since, reason=reason)

    def stop(self) -> None:
        """Say nothing any more: the window ends."""
        self._timer.stop()
        self._stopped = True
        self._file.clear()

    def _mode_now(self) -> WindowMode:
        if self._access.unlocked_for is not None:
            return WindowMode.OPEN
        if not self._access.is_enrolled:
            return WindowMode.NOT_SET_UP
        return WindowMode.SCANNING if self._eyes.is_looking else WindowMode.LOCKED
