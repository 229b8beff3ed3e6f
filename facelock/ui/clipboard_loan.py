"""A secret on the clipboard for a minute: then, or when the program ends, it is taken back."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

LOAN_SECONDS = 60
# Clipboard histories that honour these do not keep it: KDE's, GNOME's and others; Windows'.
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "org.nspasteboard.ConcealedType": b"1",
}


class ClipboardLoan(QObject):
    """Belongs to the application, so that it outlives the window. It deletes itself afterwards."""

    def __init__(self, text: str) -> None:
        program = QCoreApplication.instance()
        super().__init__(program)
        self._text = text
        data = QMimeData()
        data.setText(text)
        for kind, value in _HINTS.items():
            data.setData(kind, QByteArray(value))
        QGuiApplication.clipboard().setMimeData(data)
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.end)
        timer.start(LOAN_SECONDS * 1000)
        if program is not None:
            program.aboutToQuit.connect(self.end)

    @Slot()
    def end(self) -> None:
        """Clear the clipboard, unless something else was copied since."""
        if self._text and QGuiApplication.clipboard().text() == self._text:
            QGuiApplication.clipboard().clear()
        self._text = ""
        self.deleteLater()
