"""How files are asked for: with Qt's own dialogs where the desktop's would not come, and forgetful.

Portals refuse to show a file dialog for a process that nobody can look into (`desktop.hardening`),
so on Linux Qt draws them itself. Those write every folder visited into a file of Qt's in the clear,
which is a list of where private files came from and went to (threat-model row 16).
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QSettings, Qt


def prepare_file_dialogs(platform: str = sys.platform) -> None:
    """Call it before the application is made."""
    if not platform.startswith("linux"):
        return
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    # No folder can be made below the null device: what Qt would keep is kept nowhere.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
