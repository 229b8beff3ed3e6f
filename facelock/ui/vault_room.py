"""The open vault: a list, what was chosen in it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from facelock.core.errors import FacelockError, VaultLocked
from facelock.ui.announce import announce
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.turning_row import TurningRow
from facelock.ui.vault_frames import EmptyVault, FocusFrame
from facelock.ui.vault_jobs import JobQueue, Outcome
from facelock.ui.vault_list import VaultList
from facelock.ui.vault_model import VaultModel
from facelock.ui.vault_outcome_text import outcome_text, trouble_text
from facelock.ui.vault_preview import VaultPreview
from facelock.ui.vault_progress import VaultProgress
from facelock.ui.vault_text import count_text, first_line, found_text, room_text
from facelock.ui.vault_undo_bar import UndoBar
from facelock.ui.wrapping_text import letters_width
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.vault.items import Item
    from facelock.vault.vault import Vault

_SEARCH_MILLISECONDS = 150  # without a key
_CHARACTERS = 88  # list and preview stand beside each other where there is room for so many
_SEARCH_CHARACTERS = 44  # and the search beside the words on how much there is


class VaultRoom(QWidget):
    """Shows a vault until `leave`. Long work goes through `queue`."""

    look_at = Signal(QWidget)  # something that must be seen, scrolled to if need be

    def __init__(self, vault: Vault, queue: JobQueue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault, self._queue = vault, queue
        self._found: frozenset[str] | None = None  # ids that the search came to
        self._asked = 0  # number of the search asked for last
        self._unnamed: set[str] = set()  # notes that are called after their first line
        self.message = MessageBar()
        self.progress = VaultProgress(queue)
        self.undo_bar = UndoBar()
        self.list = VaultList(VaultModel(self.palette()))
        self.preview = VaultPreview(vault, self._save_note)
        self.empty = self._empty_sign()
        self._add_search()
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def chosen(self) -> tuple[Item, ...]:
        """The items that are chosen."""
        return self.list.chosen

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Tell something above the list."""
        self.message.say(words, tone)
        self.look_at.emit(self.message)

    @Slot()
    def refresh(self) -> None:
        """Show the vault as it is now."""
        items = self._vault.items
        if self._found is None:
            shown = items
        else:
            shown = tuple(item for item in items if item.item_id in self._found)
        before = [item.item_id for item in self.chosen]
        self.list.show_items(shown)
        self.preview.update_items(items)
        words = room_text(len(items), self._vault.used_bytes, self._vault.quota_bytes)
        if self._found is not None:
            words = found_text(len(shown), len(items))
        self.room.setText(words)
        self._halves.setVisible(bool(items))
        self._search_row.setVisible(bool(items))
        self.empty.setVisible(not items)
        if [item.item_id for item in self.chosen] != before:
            self._on_picked()

    @Slot(str)
    def show_new_note(self, item_id: str) -> None:
        """Show a note that is to be written; its first line becomes its name."""
        self._unnamed.add(item_id)
        self.show_new(item_id)

    @Slot(str)
    def show_new(self, item_id: str) -> None:
        """Show and open what was just put in."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._found = None
        self.message.clear()
        self.refresh()
        self.list.choose([item_id])
        self.preview.focus_when_shown()

    @Slot()
    def rename(self) -> None:
        """Turn the name of what is chosen into a field."""
        self.list.setFocus()
        self.list.edit_name()

    @Slot()
    def delete(self) -> None:
        """Delete what is chosen; it can be brought back until the lock."""
        items = self.chosen
        if not items or not self.preview.note.save():
            return
        ids = [item.item_id for item in items]
        row = self.list.row_of(ids[0])
        try:
            self._vault.delete(ids)
        except FacelockError as error:
            self._tell(error)
            return
        self.message.clear()
        self.undo_bar.note(ids)
        self.refresh()
        self.list.choose_row(row)

    @Slot(object)
    def undo_delete(self, ids: Sequence[str]) -> None:
        """Bring back what was deleted."""
        try:
            self._vault.undo_delete(ids)
        except FacelockError as error:
            self._tell(error)
            return
        self.undo_bar.forget_last()
        self.refresh()
        self.list.choose(list(ids))
        self.list.setFocus()
        announce(self, self.tr("Brought back {items}.").format(items=count_text(len(ids))))

    def leave(self) -> bool:
        """Keep what was typed, stop what runs, forget what is shown; False if it was not kept."""
        kept = self.preview.note.save()
        self._queue.close()
        self.preview.show_items(())
        self.list.show_items(())
        self.search.blockSignals(True)
        self.search.clear()
        return kept

    def _add_search(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names and notes"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self.room = TextLabel("", Rank.NOTE)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_MILLISECONDS)

    def _empty_sign(self) -> EmptyVault:
        words = self.tr(
            "Drop files here, add them with the button above, paste something, or write a note. "
            "Everything is encrypted on this computer, and locked away when Facelock locks."
        )
        return EmptyVault(self.tr("Nothing in it yet"), words)

    def _lay_out(self) -> None:
        self._search_row = QWidget()
        row = TurningRow(self._search_width, self._search_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.search, 3)
        row.addWidget(self.room, 2)
        self._halves = QWidget()
        halves = TurningRow(self._halves_width, self._halves)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(2 * SPACE)
        halves.addWidget(FocusFrame(self.list), 6)
        halves.addWidget(self.preview, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(int(1.5 * SPACE))
        for widget in (self.message, self.progress, self.undo_bar, self._search_row):
            column.addWidget(widget)
        column.addWidget(self.empty, 1)
        column.addWidget(self._halves, 1)

    def _connect(self) -> None:
        self.list.picked.connect(self._on_picked)
        self.list.opened.connect(self.preview.focus_when_shown)
        self.list.rename_wanted.connect(self._on_rename)
        self.preview.rename_button.clicked.connect(self.rename)
        self.preview.delete_button.clicked.connect(self.delete)
        self.preview.note.saved.connect(self.refresh)
        self.preview.entered.connect(self._on_entered)
        self.undo_bar.wanted.connect(self.undo_delete)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self.list.setFocus)
        self._pause.timeout.connect(self._search)
        self._queue.ended.connect(self._on_ended)
        keys = QKeySequence.StandardKey
        for key, slot in ((Qt.Key.Key_F2, self.rename), (keys.Delete, self.delete)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        QShortcut(QKeySequence(keys.Undo), self).activated.connect(self.undo_bar.undo)
        QShortcut(QKeySequence(keys.Find), self).activated.connect(self._to_search)

    def _halves_width(self) -> int:
        return letters_width(self.fontMetrics(), _CHARACTERS)

    def _search_width(self) -> int:
        return letters_width(self.fontMetrics(), 2 * _SEARCH_CHARACTERS)

    def _save_note(self, item_id: str, text: str) -> None:
        """Seal the text; a new note is called by its first line."""
        self._vault.change_note(item_id, text)
        if item_id in self._unnamed and (name := first_line(text)):
            self._vault.rename(item_id, name)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, VaultLocked):  # then the lock page is on its way
            self.say(trouble_text(error), Tone.DANGER)

    @Slot()
    def _on_entered(self) -> None:
        self.look_at.emit(self.preview)

    @Slot()
    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _on_picked(self) -> None:
        """Show what is chosen now; a note that cannot be saved stays where it is."""
        note = self.preview.note
        if note.save():
            self.preview.show_items(self.chosen)
        else:
            self.list.choose_quietly([note.item_id])

    @Slot(str, str)
    def _on_rename(self, item_id: str, name: str) -> None:
        try:
            self._vault.rename(item_id, name)
        except FacelockError as error:
            self._tell(error)
            return
        self._unnamed.discard(item_id)
        self.message.clear()
        self.refresh()
        announce(self.list, self.tr("Renamed to {name}.").format(name=name))

    @Slot()
    def _on_typed(self) -> None:
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._asked += 1
        text = self.search.text().strip()
        if text:
            work = partial(_search, self._vault, text, self._asked)
            run_task(self, work, self._on_found, self._tell)
            return
        self._found = None
        self.refresh()

    @Slot(object)
    def _on_found(self, answer: tuple[int, tuple[Item, ...]]) -> None:
        number, found = answer
        if number != self._asked:
            return
        self._found = frozenset(item.item_id for item in found)
        self.refresh()
        announce(self, self.room.text())

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        self.say(*outcome_text(outcome))
        self.refresh()


def _search(vault: Vault, text: str, number: int) -> tuple[int, tuple[Item, ...]]:
    """In a task."""
    return number, vault.search(text)
