"""Asks for the passphrase again before something sensitive (threat-model row 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from facelock.core.errors import FacelockError
from facelock.ui.error_text import error_text
from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.passphrase_try import PassphraseTry
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.vault.store import OpenedKey


class ConfirmPassphrase(FittingDialog):
    """Takes the passphrase of the person inside; `confirmed` once it fitted. Show it with `open`.

    `action` says in a sentence what is about to happen, `button` what pressing it does.
    """

    confirmed = Signal()

    def __init__(
        self, access: Access, action: str, button: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        self.field = PassphraseField(self.tr("Your passphrase"))
        label = QLabel(self.tr("Your &passphrase"))
        label.setWordWrap(True)
        label.setBuddy(self.field.edit)
        self.trouble = MessageBar()

        self.cancel = PushButton(self.tr("Cancel"))
        self.go = PushButton(button)
        self.buttons = QDialogButtonBox()
        self.buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self._try = PassphraseTry(access, self.field, self.go, self.trouble, self)
        self._try.opened.connect(self._on_opened)
        self._try.refused.connect(self._on_failed)
        self._try.readied.connect(self._show_readiness)
        # A button box makes each of its buttons auto-default: Enter on Cancel would mean Remove.
        self.cancel.setAutoDefault(False)
        self.field.submitted.connect(self.submit)
        self.field.edited.connect(self._on_text)
        self.buttons.accepted.connect(self.submit)
        self.buttons.rejected.connect(self.reject)

        column = self.column
        column.addWidget(TextLabel(self.tr("Please confirm"), Rank.HEADING))
        column.addWidget(TextLabel(action, Rank.MUTED))
        column.addSpacing(SPACE)
        column.addWidget(label)
        column.addWidget(self.field)
        column.addWidget(self.trouble)
        column.addStretch(1)
        self.foot.addWidget(self.buttons)
        self.field.setFocus()
        inside = access.unlocked_for
        self._try.watch(None if inside is None else inside.profile_id)

    @Slot()
    def submit(self) -> None:
        """Try what was typed; takes about half a second in the background."""
        inside = self._access.unlocked_for
        if inside is not None:
            self._try.submit(inside.profile_id)

    @Slot(object)
    def _on_opened(self, opened: OpenedKey) -> None:
        self.field.clear()
        try:
            self._access.confirm(opened)
        except FacelockError as error:
            self._on_failed(error)
            return
        self.confirmed.emit()
        self.accept()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, FacelockError):
            self.reject()  # the hook tells what happened
            return
        self.trouble.say(error_text(error), Tone.DANGER)
        self.field.edit.selectAll()
        self.field.setFocus()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._show_readiness()
        if text and not self._try.is_waiting:
            self.trouble.clear()

    @Slot()
    def _show_readiness(self) -> None:
        ready = not self._try.is_busy and not self._try.is_waiting
        self.go.setEnabled(ready and bool(self.field.text()))
