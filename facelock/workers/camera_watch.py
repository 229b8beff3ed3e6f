"""Notices from the GUI thread that a camera has gone silent inside its driver."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from facelock.core.errors import CameraFrozen
from facelock.workers.camera import CameraThread

SILENCE_SECONDS = 3.0
_TICK_MILLISECONDS = 500


class CameraWatch(QObject):
    """Watches one `CameraThread` that may hang in `read`, where it can report nothing itself.

    Judges only a camera that has delivered: one that fails is reported by its thread, and one that
    is being opened may take its time.
    """

    failed = Signal(object)  # CameraFrozen, once per silence
    recovered = Signal()  # frames come again

    def __init__(
        self,
        camera: CameraThread,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._clock = clock
        self._silent = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        camera.started.connect(self.start)
        camera.finished.connect(self.stop)

    @Slot()
    def look(self) -> None:
        """Judge now; the timer does it twice a second."""
        last = self._camera.last_frame_at
        if last is None:  # the thread has reported why
            self._silent = False
        elif self._clock() - last > SILENCE_SECONDS:
            if not self._silent:
                self._silent = True
                self.failed.emit(CameraFrozen("the driver does not answer"))
        elif self._silent:
            self._silent = False
            self.recovered.emit()

    @Slot()
    def start(self) -> None:
        """Watch."""
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
