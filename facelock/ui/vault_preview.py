"""What was chosen in the vault, shown in memory: text, a picture, a note that can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from facelock.core.errors import ItemTooLarge, VaultError, VaultLocked
from facelock.ui.card import Card
from facelock.ui.error_text import error_text
from facelock.ui.icon_button import IconToolButton
from facelock.ui.text_labels import IconLine, Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.ui.vault_frames import FocusFrame
from facelock.ui.vault_note import NoteEditor, Save, TextField
from facelock.ui.vault_picture import PictureView
from facelock.ui.vault_reading import NoteText, NotShown, Picture, PlainText, Shown, look_into
from facelock.ui.vault_text import count_text, kind_text, moment_text, size_text
from facelock.vault.items import Item, ItemKind
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.vault.vault import Vault

_WAIT_MILLISECONDS = 60  # keys held down run past items that nobody wants to see


class VaultPreview(Card):
    """Shows the items that are chosen. What it read is forgotten with the next one."""

    shown = Signal()  # what was asked for is on screen
    entered = Signal()  # the focus went to it

    def __init__(self, vault: Vault, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vault = vault
        self._items: tuple[Item, ...] = ()
        self._is_reading = self._takes_focus = False
        self._asked = 0  # number of the item asked for last; answers to older ones are late
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MILLISECONDS)
        self._wait.timeout.connect(self._read)
        self.setAccessibleName(self.tr("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column.setContentsMargins(2 * SPACE, int(1.5 * SPACE), 2 * SPACE, 2 * SPACE)
        self.title = TextLabel("", Rank.HEADING)
        self.facts = TextLabel("", Rank.NOTE)
        self.column.addLayout(self._top())
        self.column.addWidget(self.facts)
        self.note = NoteEditor(save)
        self.text = TextField(self.tr("Text of the file"))
        self.text.setReadOnly(True)
        self.picture = PictureView()
        self.words = IconLine("info", "")
        self._words_page = QWidget()
        column = QVBoxLayout(self._words_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addStretch(1)
        self.stack = QStackedWidget()
        self._text_page = FocusFrame(self.text)
        for page in (self._words_page, self.note, self._text_page, self.picture):
            self.stack.addWidget(page)
        self.column.addWidget(self.stack, 1)
        self.show_items(())

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these. A note that was shown must have been saved before."""
        self._items = tuple(items)
        self._asked += 1
        self._wait.stop()
        self._is_reading = self._takes_focus = False
        self._forget()
        one = self._items[0] if len(self._items) == 1 else None
        for button in (self.export_button, self.delete_button):
            button.setEnabled(bool(self._items))
        self.rename_button.setEnabled(one is not None)
        self.tell()
        if one is not None:
            self._say("hourglass", self.tr("Opening…"))  # not what was said of nothing chosen
            self._wait.start()
        elif self._items:
            self._say("info", self.tr("Export or delete them together."))
        else:
            self._say("info", self.tr("Choose something in the list to see it here."))

    def update_items(self, items: Sequence[Item]) -> None:
        """Take over what changed about the items that are shown: a name, a size."""
        newer = {item.item_id: item for item in items}
        self._items = tuple(newer.get(item.item_id, item) for item in self._items)
        self.tell()

    def tell(self) -> None:
        """Say what is shown."""
        size = size_text(sum(item.size for item in self._items))
        match self._items:
            case ():
                self.title.setText(self.tr("Nothing chosen"))
                self.facts.setText("")
            case (item,):
                self.title.setText(item.name)
                kind = kind_text(item.name, note=item.kind is ItemKind.NOTE)
                when = self.tr("changed {when}").format(when=moment_text(item.changed_at))
                self.facts.setText(f"{kind}, {size}, {when}")
            case _:
                chosen = self.tr("{items} chosen")
                self.title.setText(chosen.format(items=count_text(len(self._items))))
                self.facts.setText(size)
        self.facts.setVisible(bool(self._items))

    @Slot()
    def focus_when_shown(self) -> None:
        """Go to what can be read or written here, if there is any, once it is on screen."""
        self._takes_focus = self._wait.isActive() or self._is_reading
        if not self._takes_focus:
            self._take_focus()

    def _take_focus(self) -> None:
        self._takes_focus = False
        page = self.stack.currentWidget()
        if page is self.note:
            self.note.field.setFocus()
        elif page is self._text_page:
            self.text.setFocus()
        self.entered.emit()

    def _top(self) -> QHBoxLayout:
        self.export_button = IconToolButton("export", self.tr("Export (Ctrl+E)"))
        self.rename_button = IconToolButton("edit", self.tr("Rename (F2)"))
        self.delete_button = IconToolButton("trash", self.tr("Delete (Del)"))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.title, 1)
        for button in (self.export_button, self.rename_button, self.delete_button):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _forget(self) -> None:
        """Let go of everything that was read."""
        self.note.forget()
        self.text.clear()
        self.picture.show_image(QImage(), "")

    def _say(self, icon_name: str, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        self.words.say(icon_name, words, tone)
        self.stack.setCurrentWidget(self._words_page)
        self.shown.emit()

    @Slot()
    def _read(self) -> None:
        self._is_reading = True
        self._say("hourglass", self.tr("Opening…"))
        work = partial(_answer, self._vault, self._items[0], self._asked)
        run_task(self, work, self._on_read, self._on_failed)

    @Slot(object)
    def _on_read(self, answer: tuple[int, Item, Shown | Exception]) -> None:
        number, item, shown = answer
        if number != self._asked:
            return
        self._is_reading = False
        match shown:
            case NoteText(text):
                self.note.show_note(item.item_id, text)
                self.stack.setCurrentWidget(self.note)
            case PlainText(text):
                self.text.setPlainText(text)
                self.stack.setCurrentWidget(self._text_page)
            case Picture(image):
                self.picture.show_image(image, item.name)
                self.stack.setCurrentWidget(self.picture)
            case NotShown() as why:
                self._say("file", self._why(why))
                return
            case Exception() as error:
                self._on_failed(error)
                return
        if self._takes_focus:
            self._take_focus()
        self.shown.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, VaultLocked):  # the lock page is on its way
            self._say("warning", error_text(error), Tone.DANGER)

    def _why(self, why: NotShown) -> str:
        if why.too_large:
            return error_text(ItemTooLarge("too large"))
        if why.broken:
            return self.tr("This picture does not open. Export it to look at it elsewhere.")
        return self.tr("There is no preview of this kind. Export it to open it.")


def _answer(vault: Vault, item: Item, number: int) -> tuple[int, Item, Shown | Exception]:
    """In a task: failures that are expected come back with the number of their item."""
    try:
        return number, item, look_into(vault, item)
    except VaultError as error:
        return number, item, error
