"""Whether the person asked Facelock that nothing moves: a property of the application."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_PROPERTY = "facelock_still"


def keep_still(app: QCoreApplication, *, wanted: bool) -> None:
    """Let nothing move from now on, or let it move again."""
    app.setProperty(_PROPERTY, wanted)


def is_still() -> bool:
    """True if nothing shall move. What the system asks for, `theme.reduced_motion` knows."""
    app = QCoreApplication.instance()
    return app is not None and bool(app.property(_PROPERTY))
