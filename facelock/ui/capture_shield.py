"""Keeps every window of the program out of screenshots, dialogs and menus too. Always on.

There is no setting: one that lets screenshots in would be one more thing that weakens the lock.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from facelock.desktop.capture_exclusion import Exclusion, exclude, exclusion_here

_NEW_WINDOW = frozenset({QEvent.Type.Show, QEvent.Type.WinIdChange})


class CaptureShield(QObject):
    """Asks the system as each window appears. Does nothing where the system can do nothing."""

    def __init__(
        self,
        application: QApplication,
        shield: Callable[[int], bool] = exclude,
        here: Exclusion | None = None,
    ) -> None:
        super().__init__(application)
        self._shield = shield
        if (here or exclusion_here()) is not Exclusion.NONE:
            application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() in _NEW_WINDOW and isinstance(watched, QWidget) and watched.isWindow():
            self._shield(int(watched.winId()))
        return False
