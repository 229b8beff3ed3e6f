"""Notices that nobody uses the program: no key, no click, no wheel, no touch for a while."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from typing_extensions import override

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.InputMethod,
    }
)

_log = logging.getLogger(__name__)


def seconds_unused(ask: Callable[[], float | None] | None) -> float | None:
    """Return what the system says. Whatever is wrong with it, it puts off no lock: None."""
    try:
        return None if ask is None else ask()
    except Exception as error:  # noqa: BLE001 - of libraries and buses of which nobody knows all
        _log.warning("the system did not say when it was used: %s", type(error).__name__)
        return None


class IdleWatch(QObject):
    """Counts from the last use of any window of the program. Off until started.

    `idle_seconds`: for how long nobody used the computer, as the system says; None: it does not.
    """

    idle = Signal()
    used = Signal()  # a key, the mouse, a touch

    def __init__(
        self,
        parent: QObject | None = None,
        idle_seconds: Callable[[], float | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._idle_seconds = idle_seconds
        self._seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # "a minute" is not 57 seconds
        self._timer.timeout.connect(self._on_time)

    def start(self, seconds: float) -> None:
        """Count `seconds` from now and from each use."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._seconds = seconds
        self._count(seconds)

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    @Slot()
    def use(self) -> None:
        """Count from now: somebody uses the program without touching it, such as by being seen."""
        if self._timer.isActive():
            self._count(self._seconds)

    def _count(self, seconds: float) -> None:
        self._timer.start(round(seconds * 1000))

    @Slot()
    def _on_time(self) -> None:
        """Tell, unless another program was used meanwhile: then count on for the rest."""
        unused = seconds_unused(self._idle_seconds)
        if unused is not None and unused < self._seconds:
            self._count(self._seconds - max(unused, 0.0))
            return
        self.stop()
        self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() in _USE:
            self.use()
            self.used.emit()
        return False
