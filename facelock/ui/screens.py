"""Which screens there are, and when that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, QRect, QTimer, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QScreen


@dataclass(frozen=True)
class Area:
    """What one screen shows of the desktop."""

    geometry: QRect  # logical pixels
    screen: QScreen | None = None  # None: a test's


class Screens(Protocol):
    """The screens now. `changed`: one came, went, was moved or has another size."""

    @property
    def changed(self) -> SignalInstance: ...  # noqa: D102

    def areas(self) -> Sequence[Area]: ...  # noqa: D102


def is_placeless() -> bool:
    """Tell whether the desktop is one, Wayland, where a program does not know where its window is.

    Nor may it say where, or above what.
    """
    return QGuiApplication.platformName().startswith("wayland")


class SystemScreens(QObject):
    """Those of this computer."""

    changed = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told = QTimer(self)
        self._told.setSingleShot(True)
        self._told.timeout.connect(self.changed)
        application.screenAdded.connect(self._on_added)
        application.screenRemoved.connect(self._tell)
        application.primaryScreenChanged.connect(self._tell)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._tell)

    def areas(self) -> list[Area]:
        """Return the screens; the primary one first."""
        return [Area(screen.geometry(), screen) for screen in QGuiApplication.screens()]

    @Slot(QScreen)
    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._told.start(0)  # once Qt is through with it: one that goes is still half there
