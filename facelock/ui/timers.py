"""A timer in one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def make_timer(
    parent: QObject, milliseconds: int, slot: Callable[[], None], *, once: bool
) -> QTimer:
    """Return a timer, not yet running, that calls `slot` after each interval, or once."""
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.setSingleShot(once)
    timer.timeout.connect(slot)
    return timer
