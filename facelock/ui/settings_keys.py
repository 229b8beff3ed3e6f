"""Settings: change the passphrase, make a new recovery key. Both ask for the passphrase first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.passphrase_dialog import PassphraseDialog
from facelock.ui.recovery_dialogs import confirm_new_key, make_recovery_key
from facelock.ui.text_labels import IconLine, Tone
from facelock.ui.theme import SPACE

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.keys_desk import KeysDesk


class KeysCard(Card):
    """What the person inside can do about their keys."""

    def __init__(self, access: Access, desk: KeysDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access, self._desk = access, desk
        self._state = IconLine("key", "", Tone.NEUTRAL)
        self.message = MessageBar()
        self.change = IconButton("edit", self.tr("Change the passphrase…"))
        self.renew = IconButton("key", self.tr("New recovery key…"))
        buttons = FlowLayout(gap=SPACE, row_gap=SPACE)
        buttons.addWidget(self.change)
        buttons.addWidget(self.renew)
        self.column.addWidget(self._state)
        self.column.addLayout(buttons)
        self.column.addWidget(self.message)
        self.change.clicked.connect(self._on_change)
        self.renew.clicked.connect(self._on_renew)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say whether there is a recovery key."""
        if self._desk.has_recovery:
            words = self.tr("You have a recovery key: it opens everything without the passphrase.")
            self._state.say("check", words, Tone.GOOD)
        else:
            words = self.tr("You have no recovery key: a forgotten passphrase would be the end.")
            self._state.say("warning", words, Tone.WARNING)

    @Slot()
    def _on_change(self) -> None:
        if self._access.is_confirmed:
            self._change()
            return
        action = self.tr("The passphrase is about to be changed.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Go on"), self)
        dialog.confirmed.connect(self._change)
        dialog.open()

    @Slot()
    def _change(self) -> None:
        inside = self._access.unlocked_for
        names = (inside.name,) if inside is not None and inside.name else ()
        dialog = PassphraseDialog(self._desk, names, self)
        dialog.changed.connect(self._on_changed)
        dialog.open()

    @Slot()
    def _on_changed(self) -> None:
        self.message.say(self.tr("The passphrase is changed."), Tone.GOOD)

    @Slot()
    def _on_renew(self) -> None:
        if self._access.is_confirmed:
            self._renew()
            return
        dialog = confirm_new_key(self._access, self)
        dialog.confirmed.connect(self._renew)
        dialog.open()

    @Slot()
    def _renew(self) -> None:
        dialog = make_recovery_key(self._desk, self, self.message)
        if dialog is not None:
            dialog.finished.connect(self.refresh)
