"""Change the passphrase of the person inside, whose old one was typed just before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.error_text import error_text
from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_pair import PassphrasePair
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.keys_desk import KeysDesk
    from facelock.vault.keys import WrappedKey


class PassphraseDialog(FittingDialog):
    """Show it with `open`; `changed` once the new passphrase is in force."""

    changed = Signal()

    def __init__(
        self, desk: KeysDesk, names: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._complete = self._waiting = False
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.pair = PassphrasePair(names)
        self.message = MessageBar()
        self.cancel = PushButton(self.tr("Cancel"))
        self.go = PushButton(self.tr("Change the passphrase"))
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.cancel.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.submit)
        buttons.rejected.connect(self.reject)
        self.pair.completed.connect(self._on_completed)
        self.pair.submitted.connect(self.submit)
        self.column.addWidget(TextLabel(self.tr("Another passphrase"), Rank.HEADING))
        words = self.tr("Your files, your face and your recovery key stay as they are.")
        self.column.addWidget(TextLabel(words, Rank.MUTED))
        self.column.addWidget(self.pair)
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self.foot.addWidget(buttons)
        self.pair.setFocus()

    @Slot()
    def submit(self) -> None:
        """Change it; takes about a second in the background."""
        if not self._complete or self._waiting:
            return
        try:
            work = self._desk.slot_work(self.pair.text())
        except FacelockError as error:
            self._on_failed(error)
            return
        self._wait(waiting=True)
        run_task(self, work, self._on_slot, self._on_failed)

    @override
    @Slot(int)
    def done(self, result: int, /) -> None:
        self.pair.forget()
        super().done(result)

    @Slot(object)
    def _on_slot(self, slot: WrappedKey) -> None:
        try:
            self._desk.change_passphrase(slot)
        except FacelockError as error:
            self._on_failed(error)
            return
        self.changed.emit()
        self.accept()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._wait(waiting=False)
        if not isinstance(error, FacelockError):
            self.reject()  # the hook tells what happened
            return
        self.message.say(error_text(error), Tone.DANGER)
        self.pair.setFocus()

    @Slot(bool)
    def _on_completed(self, complete: bool) -> None:  # noqa: FBT001 - a signal's
        self._complete = complete
        self.go.setEnabled(complete and not self._waiting)
        self.message.clear()

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self.pair.setEnabled(not waiting)
        self.go.setEnabled(self._complete and not waiting)
