"""The first page of the open program: the person's own files and notes, encrypted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError, VaultRolledBack
from facelock.ui.card import Card
from facelock.ui.confirm_passphrase import ConfirmPassphrase
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton, IconToolButton
from facelock.ui.page import Page
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.vault_drag import DragFolder
from facelock.ui.vault_drop_sign import DropSign
from facelock.ui.vault_handing import Handing
from facelock.ui.vault_intake import can_be_given, what_is_given
from facelock.ui.vault_jobs import JobQueue
from facelock.ui.vault_room import VaultRoom
from facelock.ui.vault_taking import Taking

if TYPE_CHECKING:
    from facelock.services.access import Access
    from facelock.services.vault_desk import VaultDesk

_WIDEST = 1280  # logical pixels: a list and what is chosen in it stand beside each other


class VaultPage(Page):
    """Opens the vault when it is built, and says why if that cannot be. Gone with the lock.

    `drag_folder`: where dragged files lie until the lock. `note_was_lost`: what was typed last,
    before the lock before, could not be sealed.
    """

    def __init__(
        self,
        access: Access,
        desk: VaultDesk,
        drag_folder: DragFolder,
        *,
        note_was_lost: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Vault"), self.tr("Your files and notes, encrypted on this computer."), parent
        )
        self._access, self._desk, self._drag_folder = access, desk, drag_folder
        self._note_was_lost = note_was_lost
        self.room: VaultRoom | None = None
        self._card: Card | None = None
        inside = self.column.parentWidget()
        if inside is not None:
            inside.setMaximumWidth(_WIDEST)
        self._add_buttons()
        self._sign = DropSign(self)
        self.setAcceptDrops(True)
        self._open()

    def leave(self) -> bool:
        """Seal what was typed and forget everything; called before the key is wiped.

        False if something that was typed could not be sealed.
        """
        self._drag_folder.wipe()
        room, self.room = self.room, None
        return room is None or room.leave()

    def may_be_made_anew(self) -> bool:
        """False while that would cut off work, or lose something that was typed."""
        if self.room is None:
            return True
        return self.queue.is_idle and self.room.preview.note.save()

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        if self.room is not None:
            self.room.preview.note.save()
        super().hideEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if self.room is not None and event.source() is None and can_be_given(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # never a move: originals stay
            event.accept()
            self._sign.cover(self)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        self._sign.hide()

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        self._sign.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if self.room is not None:
            self.taking.take(what_is_given(event.mimeData()))

    def _add_buttons(self) -> None:
        self.add_button = IconButton("plus", self.tr("Add files"), primary=True)
        self.add_button.setToolTip(self.tr("Add files (Ctrl+O), or drop them on this page"))
        self.note_button = IconButton("note", self.tr("New note"))
        self.note_button.setToolTip(self.tr("New note (Ctrl+N)"))
        self.paste_button = IconToolButton("clipboard", self.tr("Paste (Ctrl+V)"))
        self._buttons = QWidget()
        row = FlowLayout(gap=SPACE)
        for button in (self.add_button, self.note_button, self.paste_button):
            row.addWidget(button)
        self._buttons.setLayout(row)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self.heading_row.addWidget(self._buttons, 0, corner)
        self._buttons.hide()

    @Slot()
    def _open(self) -> None:
        self._show_card(None)
        try:
            self._desk.open()
        except VaultRolledBack:
            self._show_card(self._rollback_card())
        except FacelockError as error:
            self._show_card(self._trouble_card(error))
        else:
            self._show_room()

    def _show_card(self, card: Card | None) -> None:
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
        self._card = card
        if card is not None:
            self.column.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)  # what is left stays below

    def _rollback_card(self) -> Card:
        title = self.tr("This is an older vault")
        card = Card()
        card.setAccessibleName(title)
        card.column.addWidget(IconLine("warning", title, Tone.WARNING, Rank.HEADING))
        words = self.tr(
            "What lies on the disk is older than the vault you used last: somebody put an old copy "
            "of it back. If it was you, from a backup, open it. If not, somebody was at this "
            "computer's files, and what you changed since is missing here."
        )
        card.column.addWidget(TextLabel(words))
        button = IconButton("key", self.tr("Open it with my passphrase"))
        button.clicked.connect(self._on_rollback)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _trouble_card(self, error: FacelockError) -> Card:
        title = self.tr("The vault does not open")
        card = Card()
        card.setAccessibleName(title)
        card.column.addWidget(IconLine("warning", title, Tone.DANGER, Rank.HEADING))
        card.column.addWidget(TextLabel(error_text(error)))
        button = IconButton("refresh", self.tr("Try again"))
        button.clicked.connect(self._open)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _on_rollback(self) -> None:
        if self._access.is_confirmed:
            self._accept_rollback()
            return
        action = self.tr("The older vault takes the place of the one you used last.")
        dialog = ConfirmPassphrase(self._access, action, self.tr("Open it"), self)
        dialog.confirmed.connect(self._accept_rollback)
        dialog.open()

    @Slot()
    def _accept_rollback(self) -> None:
        try:
            self._desk.open(accept_rollback=True)
        except FacelockError as error:
            self._show_card(self._trouble_card(error))
        else:
            self._show_card(None)
            self._show_room()

    def _show_room(self) -> None:
        queue = self.queue = JobQueue(self)
        room = VaultRoom(self._desk.open(), queue)
        self.taking = Taking(self._desk.open(), queue, room.say, room)
        self.handing = Handing(self._access, self._desk, queue, self._drag_folder, room.say, room)
        room.look_at.connect(self._on_look_at)
        self.taking.added.connect(room.show_new)
        self.taking.begun.connect(room.show_new_note)
        self.add_button.clicked.connect(self.taking.choose_files)
        self.note_button.clicked.connect(self._on_note)
        self.paste_button.clicked.connect(self._on_paste)
        room.preview.export_button.clicked.connect(self._on_export)
        room.list.drag_wanted.connect(self._on_drag)
        keys = QKeySequence.StandardKey
        for key, slot in (
            (keys.Open, self.taking.choose_files),
            (keys.New, self._on_note),
            (keys.Paste, self._on_paste),
            ("Ctrl+E", self._on_export),
        ):
            QShortcut(QKeySequence(key), room).activated.connect(slot)
        room.undo_bar.resume(self._desk.open().deleted)
        self.room = room
        self.column.addWidget(room, 1)
        self._buttons.show()
        if self._note_was_lost:
            words = self.tr(
                "When Facelock locked, the last changes of a note could not be written: the disk "
                "was full, or the vault at its limit. They are lost; what was saved before is here."
            )
            room.say(words, Tone.WARNING)

    @Slot(QWidget)
    def _on_look_at(self, widget: QWidget) -> None:
        """Scroll to it, once the layout has made room for it."""
        QTimer.singleShot(0, widget, partial(self.ensureWidgetVisible, widget))

    @Slot()
    def _on_note(self) -> None:
        if self.room is not None and self.room.preview.note.save():
            self.taking.add_note()

    @Slot()
    def _on_paste(self) -> None:
        self.taking.take(what_is_given(QGuiApplication.clipboard().mimeData()))

    @Slot()
    def _on_export(self) -> None:
        if self.room is not None:
            self.handing.export(self.room.chosen)

    @Slot()
    def _on_drag(self) -> None:
        if self.room is not None:
            self.handing.drag_out(self.room.chosen)
