"""Whether the program ends with its last window: not while somebody brings one back."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication


class LastWindow:
    """One for the program; whoever hides the window says so here, by a name of its own."""

    def __init__(self) -> None:
        self._kept_by: set[str] = set()

    def keep_going(self, why: str) -> None:
        """Go on without any window, until `may_end`."""
        self._kept_by.add(why)
        self._tell()

    def may_end(self, why: str) -> None:
        """End with the last window, unless somebody else keeps the program going."""
        self._kept_by.discard(why)
        self._tell()

    def _tell(self) -> None:
        QGuiApplication.setQuitOnLastWindowClosed(not self._kept_by)
