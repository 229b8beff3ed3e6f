"""The switch for who wants to be asked before their face opens anything."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from facelock.services.access import Access


class AskingCard(Card):
    """On at once; off again weakens the lock and takes the passphrase."""

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self.box = CheckBox(self.tr("Ask me before my face opens Facelock"))
        words = self.tr(
            "The camera stays off while it is locked. Press Esc or click the ring, then look at "
            "the camera: passing by opens nothing."
        )
        self.box.setAccessibleDescription(words)
        self.box.clicked.connect(self._on_clicked)
        self.message = MessageBar()
        self.column.addWidget(self.box)
        self.column.addWidget(TextLabel(words, Rank.NOTE))
        self.column.addWidget(self.message)
        self._show_state()

    @override
    def showEvent(self, event: QShowEvent, /) -> None:
        self._show_state()
        super().showEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        wanted = self.box.isChecked()
        if wanted or self._access.is_confirmed:
            self._set(wanted=wanted)
            return
        action = self.tr("From now on your face opens Facelock without a key or a click.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Change it"), self)
        dialog.confirmed.connect(partial(self._set, wanted=False))
        dialog.finished.connect(self._show_state)
        dialog.open()

    def _set(self, *, wanted: bool) -> None:
        try:
            self._access.leaving.set_asks_first(wanted)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            self.message.say(self.tr("Changed, for everybody on this computer."), Tone.GOOD)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self.box.setChecked(self._access.leaving.asks_first)
