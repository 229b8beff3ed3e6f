"""The card that switches pictures of who was refused on and off, and says what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from facelock.core.errors import FacelockError
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.wrapping_text import CheckBox

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.snapshots import RefusedPictures


class SnapshotsCard(Card):
    """Off until the person inside switches it on, with their passphrase."""

    def __init__(
        self, access: Access, pictures: RefusedPictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._access, self._pictures = access, pictures
        self.box = CheckBox(self.tr("Keep a picture of whoever is refused"))
        self.box.setChecked(pictures.are_wanted)
        self.box.setEnabled(not access.demo)
        self.box.clicked.connect(self._on_clicked)
        self.message = MessageBar()
        self.column.addWidget(self.box)
        words = self.tr(
            "This takes a picture of a person who may never have agreed to it: a colleague, a "
            "child, a guest. The law where you live may forbid that, or ask you to tell people. "
            "Switch it on only if you may."
        )
        self.column.addWidget(IconLine("warning", words, Tone.WARNING))
        words = self.tr(
            "The pictures stay on this computer. They are sealed, and only your own open vault "
            "shows them, under Activity. At most 20 are kept, none for longer than 30 days. "
            "Switching it off deletes them."
        )
        self.column.addWidget(TextLabel(words, Rank.MUTED))
        if access.demo:
            words = self.tr("The demo keeps no pictures.")
            self.column.addWidget(IconLine("info", words))
        self.column.addWidget(self.message)

    @Slot()
    def _on_clicked(self) -> None:
        wanted = self.box.isChecked()
        if self._access.is_confirmed:
            self._set()
            return
        action = (
            self.tr("From now on a picture of whoever is refused will be kept.")
            if wanted
            else self.tr("No more pictures will be kept; those there are will be deleted.")
        )
        button = self.tr("Switch on") if wanted else self.tr("Switch off")
        dialog = ConfirmPassphrase(self._access, action, button, self)
        dialog.confirmed.connect(self._set)
        dialog.finished.connect(self._show_state)
        dialog.open()

    @Slot()
    def _set(self) -> None:
        wanted = not self._pictures.are_wanted
        try:
            self._pictures.want(wanted=wanted)
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        else:
            on, off = self.tr("Pictures are kept from now on."), self.tr("No pictures are kept.")
            self.message.say(on if wanted else off, Tone.GOOD)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        self.box.setChecked(self._pictures.are_wanted)
