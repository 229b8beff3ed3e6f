"""Tells whether a page can be seen: it is shown, and its window is not minimised."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class InView(QObject):
    """The page tells it of its own showing and hiding; of its window it hears by itself."""

    changed = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._window: QWidget | None = None
        self._shown = False
        self._told = False

    def show(self) -> None:
        """The page is shown, in the window it is in now."""
        self._follow(self._page.window())
        self._shown = True
        self._tell()

    def hide(self) -> None:
        """The page is hidden, or its window is."""
        self._shown = False
        self._tell()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        if event.type() is QEvent.Type.WindowStateChange:
            self._tell()
        return False

    def _follow(self, window: QWidget) -> None:
        if window is self._window:
            return
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def _tell(self) -> None:
        seen = self._shown and self._window is not None and not self._window.isMinimized()
        if seen is not self._told:
            self._told = seen
            self.changed.emit(seen)
