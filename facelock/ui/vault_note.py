"""A note that is read and written. What was typed is kept: by Save, after a pause, on leaving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError, ItemTooLarge
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import OneLine, Rank, Tone
from facelock.ui.theme import SPACE
from facelock.ui.vault_frames import FocusFrame

_PAUSE_MILLISECONDS = 3000  # without a key: then what was typed is sealed
_LINES = 5  # at least so many are seen

Save = Callable[[str, str], object]
"""Keep the text of the note of this id. Raises FacelockError."""


class TextField(QPlainTextEdit):
    """A field for plain text: Tab leaves it, and nothing can be dropped into it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.document().setDocumentMargin(SPACE)

    @override
    def sizeHint(self) -> QSize:
        """It asks for little: it grows where there is room."""
        return QSize(120, _LINES * self.fontMetrics().lineSpacing() + 2 * SPACE)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class NoteEditor(QWidget):
    """Shows one note at a time. Nothing of it is written but through `save`."""

    saved = Signal()

    def __init__(self, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._item_id = ""
        self.field = TextField(self.tr("Text of the note"))
        self.save_button = IconButton("check", self.tr("Save"))
        self.save_button.setToolTip(self.tr("Save (Ctrl+S). Leaving the note saves it too."))
        self.state = OneLine("", Rank.NOTE)
        self.message = MessageBar()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.save)
        self.field.textChanged.connect(self._on_typed)
        self.save_button.clicked.connect(self.save)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.save)
        foot = FlowLayout(gap=SPACE)
        foot.addWidget(self.save_button)
        foot.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.message)
        column.addWidget(FocusFrame(self.field), 1)
        column.addLayout(foot)
        self._tell()

    @property
    def item_id(self) -> str:
        """Which note is shown; empty for none."""
        return self._item_id

    @property
    def is_changed(self) -> bool:
        """True while something was typed that is not in the vault."""
        return bool(self._item_id) and self.field.document().isModified()

    def show_note(self, item_id: str, text: str) -> None:
        """Show another note. What is shown must have been saved before."""
        self._item_id = ""
        self.field.setPlainText(text)  # forgets the steps that undo takes back
        self.field.document().setModified(False)
        self._item_id = item_id
        self.message.clear()
        self._pause.stop()
        self._tell()

    def forget(self) -> None:
        """Show nothing."""
        self.show_note("", "")

    @Slot()
    def save(self) -> bool:
        """Keep what was typed; False, and told on the page, if that cannot be."""
        self._pause.stop()
        if not self.is_changed:
            return True
        try:
            self._save(self._item_id, self.field.toPlainText())
        except FacelockError as error:
            self.message.say(self._why(error), Tone.DANGER)
            return False
        self.field.document().setModified(False)
        self.message.clear()
        self._tell()
        self.saved.emit()
        return True

    def _why(self, error: FacelockError) -> str:
        if isinstance(error, ItemTooLarge):
            return self.tr("This note is not saved: it is too long. Move a part to another note.")
        return self.tr("This note is not saved. {why}").format(why=error_text(error))

    @Slot()
    def _on_typed(self) -> None:
        if self._item_id:
            self._pause.start()
            self._tell()

    def _tell(self) -> None:
        changed = self.is_changed
        self.save_button.setEnabled(changed)
        self.state.setText(self.tr("Not saved yet") if changed else self.tr("Saved, encrypted"))
