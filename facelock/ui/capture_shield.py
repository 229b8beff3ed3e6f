"""Keeps every window of the program out of screenshots, dialogs and menus too. Always on.

Only the curtain is left in: there is nothing on it, and it would show what it hides.

There is no setting: one that lets screenshots in would be one more thing that weakens the lock.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from facelock.desktop.capture_exclusion import Exclusion, exclude, exclusion_here
from facelock.ui.curtain_pane import CurtainPane

_NEW_WINDOW = frozenset({QEvent.Type.Show, QEvent.Type.WinIdChange})


def capture_words(here: Exclusion | None = None) -> str:
    """Return what a person is to know about screenshots on this computer."""
    translate = QCoreApplication.translate
    match here or exclusion_here():
        case Exclusion.WHOLE:
            return translate(
                "capture", "Screenshots and screen sharing leave Facelock's windows out."
            )
        case Exclusion.ASKED:
            return translate(
                "capture",
                "macOS is asked to leave Facelock's windows out of screenshots and screen sharing; "
                "newer recording programs do so all the same.",
            )
        case _:
            return translate(
                "capture",
                "This system cannot leave a window out: what is open here shows in screenshots and "
                "when you share your screen. Lock Facelock first.",
            )


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
        if event.type() in _NEW_WINDOW and isinstance(watched, QWidget) and _is_private(watched):
            self._shield(int(watched.winId()))
        return False


def _is_private(widget: QWidget) -> bool:
    """Tell whether it is a window that may show something of a person."""
    return widget.isWindow() and not isinstance(widget, CurtainPane)
