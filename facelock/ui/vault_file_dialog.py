"""File dialogs that leave no trace: what goes into a vault, or out of it, is nobody's business.

The desktop's own dialogs put what was chosen on a list of recent files, for every program to read;
Qt's keeps the folders that were visited in its settings. So it is Qt's, and its settings are put
back as they were.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QSettings, QStandardPaths, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

_KEPT = ("FileDialog/history", "FileDialog/lastVisited")


class QuietFileDialog(QFileDialog):
    """Asks for files, or for one folder, and deletes itself. Show it with `open`."""

    def __init__(self, title: str, parent: QWidget, *, folder: bool = False) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
        super().__init__(parent, title, start or QDir.rootPath())
        self._trace = _Trace()
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        if folder:
            self.setFileMode(QFileDialog.FileMode.Directory)
            self.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            self.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self.finished.connect(self._on_finished)
        self.destroyed.connect(self._trace.wipe)

    @property
    def paths(self) -> tuple[Path, ...]:
        """What was chosen."""
        return tuple(Path(name) for name in self.selectedFiles())

    @Slot()
    def _on_finished(self) -> None:
        self.setHistory([])
        self.deleteLater()


class _Trace:
    """What Qt remembered before the dialog; put back when the dialog is gone."""

    def __init__(self) -> None:
        settings = _qt_settings()
        self._before = {key: settings.value(key) for key in _KEPT if settings.contains(key)}

    def wipe(self) -> None:
        settings = _qt_settings()
        for key in _KEPT:
            if key in self._before:
                settings.setValue(key, self._before[key])
            else:
                settings.remove(key)


def _qt_settings() -> QSettings:
    return QSettings(QSettings.Scope.UserScope, "QtProject")
