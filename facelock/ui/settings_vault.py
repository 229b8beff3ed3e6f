"""Settings: how much the vault may hold, and how much of that is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QSpinBox, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.vault_text import share_text

if TYPE_CHECKING:
    from facelock.services.vault_desk import VaultDesk
    from facelock.vault.vault import Vault

_GIB = 1024**3
_MOST = 10_240  # what `Vault.set_quota` allows


class QuotaField(QSpinBox):
    """Scrolling the page over it changes nothing, until somebody is in it."""

    @override
    def wheelEvent(self, event: QWheelEvent, /) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class VaultCard(Card):
    """Changes at once, when the field is left or Enter is pressed."""

    def __init__(self, desk: VaultDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.used = TextLabel("", Rank.BODY)
        self.field = QuotaField()
        self.field.setRange(1, _MOST)
        self.field.setSuffix(self.tr(" GB"))
        self.field.setKeyboardTracking(False)
        self.field.setAccessibleName(self.tr("How much the vault may hold, in gigabytes"))
        label = QLabel(self.tr("&At most"))
        label.setBuddy(self.field)
        self.message = MessageBar()
        row = FlowLayout(gap=SPACE, row_gap=SPACE)
        row.addWidget(label)
        row.addWidget(self.field)
        self.column.addWidget(self.used)
        self.column.addLayout(row)
        words = self.tr(
            "Nothing more goes in once it is full. What is in it stays, even above a lower limit."
        )
        self.column.addWidget(TextLabel(words, Rank.NOTE))
        self.column.addWidget(self.message)
        self.field.valueChanged.connect(self._on_changed)

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Say how it is now; why it cannot be said, if the vault does not open."""
        vault = self._opened()
        self.field.setEnabled(vault is not None)
        if vault is None:
            return
        self.used.setText(share_text(vault.used_bytes, vault.quota_bytes))
        self.field.blockSignals(True)
        self.field.setValue(round(vault.quota_bytes / _GIB))
        self.field.blockSignals(False)

    def _opened(self) -> Vault | None:
        try:
            return self._desk.open()
        except FacelockError as error:
            self.message.say(error_text(error), Tone.WARNING)
            return None

    @Slot(int)
    def _on_changed(self, gib: int) -> None:
        vault = self._opened()
        if vault is None:
            return
        try:
            vault.set_quota(gib * _GIB)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.say(self._outcome(vault), self._tone(vault))
        self.refresh()

    def _outcome(self, vault: Vault) -> str:
        if vault.used_bytes > vault.quota_bytes:
            return self.tr("That is less than what is in it: nothing more goes in for now.")
        return self.tr("The limit is changed.")

    def _tone(self, vault: Vault) -> Tone:
        return Tone.WARNING if vault.used_bytes > vault.quota_bytes else Tone.GOOD
