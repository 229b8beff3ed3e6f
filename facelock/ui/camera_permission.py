"""The operating system's permission to use the camera. Only macOS asks for one."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, Slot

from facelock.core.errors import CameraDenied


class CameraPermission(QObject):
    """Asked for once, before the camera is opened for the first time."""

    def __init__(self, parent: QObject | None = None, *, platform: str = sys.platform) -> None:
        super().__init__(parent)
        self._needed = platform == "darwin"
        self._granted = not self._needed
        self._asked = False

    def check(self) -> None:
        """From any thread: raise CameraDenied unless the camera may be opened."""
        if not self._granted:
            raise CameraDenied("the operating system has not given permission")

    def ask(self) -> None:
        """In the GUI thread: let the system ask the person, if it has not yet."""
        application = QCoreApplication.instance()
        if self._granted or self._asked or application is None:
            return
        self._asked = True
        if self._status() is Qt.PermissionStatus.Undetermined:
            application.requestPermission(QCameraPermission(), self, self._on_answer)
        else:
            self._on_answer()

    @Slot()
    def _on_answer(self, *_: object) -> None:
        self._granted = self._status() is Qt.PermissionStatus.Granted

    def _status(self) -> Qt.PermissionStatus | None:
        application = QCoreApplication.instance()
        if application is None:
            return None
        return application.checkPermission(QCameraPermission())
