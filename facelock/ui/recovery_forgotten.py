"""Forgot your passphrase? The recovery key, a new passphrase, and the door is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.error_text import error_text
from facelock.ui.fitting_dialog import FittingDialog
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_field import PassphraseField
from facelock.ui.passphrase_pair import PassphrasePair
from facelock.ui.push_button import PushButton
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.vault.keys import wipe
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.keys_desk import KeysDesk
    from facelock.vault.keys import WrappedKey
    from facelock.vault.store import OpenedKey

_MAX_FILE_BYTES = 4096


class ForgottenDialog(FittingDialog):
    """Whose key it is, it finds out by itself. `entered` once the app is open."""

    entered = Signal(str)  # profile id

    def __init__(self, access: Access, desk: KeysDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access, self._desk = access, desk
        self._opened: OpenedKey | None = None
        self._complete = self._waiting = False
        self.setWindowTitle(self.tr("Facelock"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.key = PassphraseField(self.tr("Recovery key"))
        self.file = IconButton("file", self.tr("From a &file…"))
        self.pair = PassphrasePair()
        self.message = MessageBar()
        self.cancel = PushButton(self.tr("Cancel"))
        self.go = PushButton(self.tr("&Open"))
        self.go.setDefault(True)
        self.go.setEnabled(False)
        for button in (self.cancel, self.file):
            button.setAutoDefault(False)
        self._build()
        self.key.edited.connect(self._show_ready)
        self.key.submitted.connect(self.pair.setFocus)
        self.file.clicked.connect(self._on_file)
        self.pair.completed.connect(self._on_completed)
        self.pair.submitted.connect(self.submit)
        self.key.setFocus()

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.submit)
        buttons.rejected.connect(self.reject)
        label = QLabel(self.tr("&Recovery key"))
        label.setBuddy(self.key.edit)
        words = self.tr(
            "Enter the recovery key you kept, which begins with AGE-SECRET-KEY-1, and choose a new "
            "passphrase. The old one opens nothing afterwards. Without the recovery key nobody can "
            "open Facelock for you; there is no other way in."
        )
        column = self.column
        column.addWidget(TextLabel(self.tr("Forgot your passphrase?"), Rank.HEADING))
        column.addWidget(TextLabel(words, Rank.MUTED))
        column.addWidget(label)
        column.addWidget(self.key)
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACE)
        column.addWidget(self.pair)
        column.addWidget(self.message)
        column.addStretch(1)
        self.foot.addWidget(buttons)

    @Slot()
    def submit(self) -> None:
        """Try the key; then stretch the new passphrase, in the background."""
        if not self.go.isEnabled() or self._waiting:
            return
        try:
            opened = self._reopened()
        except FacelockError as error:
            self._on_failed(error)
            self.key.setFocus()
            return
        self._opened = opened
        try:
            work = self._desk.reset_work(opened, self.pair.text())
        except FacelockError as error:
            self._on_failed(error)
            self.pair.setFocus()
            return
        self._wait(waiting=True)
        run_task(self, work, self._on_slot, self._on_failed)

    def _reopened(self) -> OpenedKey:
        people = (person.profile_id for person in self._access.people)
        return self._desk.reopen_any(people, self.key.text())

    @override
    @Slot(int)
    def done(self, result: int, /) -> None:
        self._drop()
        self.key.clear()
        self.pair.forget()
        super().done(result)

    def _drop(self) -> None:
        """Wipe a key that opened nothing."""
        if self._opened is not None:
            wipe(self._opened.vault_key)
            self._opened = None

    @Slot(object)
    def _on_slot(self, slot: WrappedKey) -> None:
        opened = self._opened
        if opened is None:
            return
        try:
            self._desk.enter(opened, slot)
        except FacelockError as error:
            if self._access.unlocked_for is None:
                self._on_failed(error)
                return
        self._opened = None  # the lock holds it now, and wipes it
        self.entered.emit(opened.profile_id)
        self.accept()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._drop()
        self._wait(waiting=False)
        if not isinstance(error, FacelockError):
            self.reject()  # the hook tells what happened
            return
        self.message.say(error_text(error), Tone.DANGER)

    @Slot()
    def _on_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Open the saved recovery key"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def read_file(self, file: str) -> None:
        """Take the key from a file."""
        try:
            with Path(file).open("rb") as stream:
                text = stream.read(_MAX_FILE_BYTES).decode("utf-8", "replace")
        except OSError:
            self.message.say(self.tr("That file cannot be read."), Tone.DANGER)
            return
        lines = (line for line in text.splitlines() if not line.startswith("#"))
        self.key.edit.setText("".join(lines))
        self.pair.setFocus()

    @Slot(bool)
    def _on_completed(self, complete: bool) -> None:  # noqa: FBT001 - a signal's
        self._complete = complete
        self._show_ready()

    @Slot()
    def _show_ready(self) -> None:
        self.message.clear()
        self.go.setEnabled(self._complete and bool(self.key.text()) and not self._waiting)

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self.key.set_busy(waiting)
        self.pair.setEnabled(not waiting)
        self.go.setEnabled(self._complete and not waiting)
