"""One question before many files are put into the vault."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Rank, TextLabel


class VaultQuestion(FittingDialog):
    """Says what is about to happen; `accepted` if the person wants it. Show it with `open`."""

    def __init__(self, title: str, words: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = TextLabel(words, Rank.MUTED)
        self.column.addWidget(TextLabel(title, Rank.HEADING))
        self.column.addWidget(self.words)
        self.column.addStretch(1)
        self.cancel = PushButton(self.tr("Cancel"))
        self.go = PushButton(button)
        buttons = QDialogButtonBox()
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel.setAutoDefault(False)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.foot.addWidget(buttons)
        self.go.setFocus()
