"""Notices the moment something of the window was painted for the first time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class FirstPaint(QObject):
    """Watches one window. What is slow waits for `done`: the person sees something before it."""

    done = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        if (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        # Any widget in it: the window itself is not painted where an opaque page covers it whole.
        if (
            event.type() is QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and watched.window() is self._window
        ):
            if (application := QCoreApplication.instance()) is not None:
                application.removeEventFilter(self)
            # After the event: all widgets are painted in the same round.
            QTimer.singleShot(0, self.done.emit)
        return False
