"""The one hook for what nobody foresaw: logged without secrets, told, and the lock unmoved."""

from __future__ import annotations

import logging
from traceback import extract_tb
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from facelock.ui.error_text import error_text

_log = logging.getLogger(__name__)


class Mishap(QObject):
    """Install `hook` as `sys.excepthook`. It changes no state: what was locked stays locked.

    The log gets the kind of the error and where it happened. Its text, and the values in its
    frames, may hold what must stay private (threat-model row 20).
    """

    _happened = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._box: QMessageBox | None = None
        self._happened.connect(self._tell)

    def hook(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Take an exception that reached the top; from any thread."""
        where = "; ".join(f"{frame.name} {frame.lineno}" for frame in extract_tb(trace)[-4:])
        _log.error("unexpected %s in %s", kind.__name__, where or "nowhere known")
        if isinstance(error, Exception):
            self._happened.emit(error)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if self._box is not None:
            return  # one box is enough, however often it happens
        self._box = QMessageBox(self._window)
        self._box.setWindowTitle(self.tr("Facelock"))
        self._box.setIcon(QMessageBox.Icon.Warning)
        self._box.setText(error_text(error))
        self._box.finished.connect(self._on_closed)
        self._box.destroyed.connect(self._on_gone)  # torn down by the lock, without a word
        self._box.open()

    @Slot()
    def _on_gone(self) -> None:
        self._box = None

    @Slot()
    def _on_closed(self) -> None:
        if self._box is not None:
            self._box.destroyed.disconnect(self._on_gone)
            self._box.deleteLater()
            self._box = None
