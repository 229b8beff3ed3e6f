"""The last card of the settings: erase everything. Passphrase first, then a phrase is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QWidget

from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.access import Access


class EraseCard(Card):
    """`erase` is called once everything was confirmed; it ends the program's window."""

    def __init__(
        self, access: Access, erase: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._access, self._erase = access, erase
        words = self.tr(
            "Erase everybody's face data, keys and vaults, the preferences, the log, and what is "
            "in this computer's keyring. Backups are not touched."
        )
        self.column.addWidget(TextLabel(words, Rank.MUTED))
        self.button = PushButton(self.tr("Erase everything…"))
        self.button.clicked.connect(self._on_clicked)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_clicked(self) -> None:
        if self._access.is_confirmed:
            self._ask()
            return
        action = self.tr("Next you are asked whether everything shall be erased.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Go on"), self)
        dialog.confirmed.connect(self._ask)
        dialog.open()

    @Slot()
    def _ask(self) -> None:
        dialog = EraseDialog(self)
        dialog.accepted.connect(self._on_accepted)
        dialog.open()

    @Slot()
    def _on_accepted(self) -> None:
        # Not from within a dialog's own slot: what comes next takes the window away.
        if self._access.unlocked_for is not None:
            QTimer.singleShot(0, self._erase)


class EraseDialog(FittingDialog):
    """Accepted only after the phrase was typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.phrase = self.tr("erase everything")
        self.edit = QLineEdit()
        question = QLabel(self.tr("&Type “{phrase}” to go on").format(phrase=self.phrase))
        question.setWordWrap(True)
        question.setBuddy(self.edit)
        self.cancel = PushButton(self.tr("Cancel"))
        self.go = PushButton(self.tr("Erase everything"))
        self.go.setEnabled(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel.setAutoDefault(False)
        self.edit.textChanged.connect(self._on_text)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        column = self.column
        column.addWidget(TextLabel(self.tr("Erase everything?"), Rank.HEADING))
        words = self.tr("This cannot be undone, by nobody. It is everybody's data, not only yours.")
        column.addWidget(IconLine("warning", words, Tone.DANGER))
        words = self.tr(
            "A solid-state disk may keep old copies for a while. They are encrypted, and their "
            "keys are erased first. Backups that you made stay where they are."
        )
        column.addWidget(TextLabel(words, Rank.MUTED))
        column.addSpacing(SPACE)
        column.addWidget(question)
        column.addWidget(self.edit)
        column.addStretch(1)
        self.foot.addWidget(buttons)
        self.edit.setFocus()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self.go.setEnabled(text.strip().casefold() == self.phrase.casefold())
