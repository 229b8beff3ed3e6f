"""Pictures of who was refused, on the activity page: opened in memory, deleted singly or all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Slot
from PySide6.QtGui import QIcon, QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from facelock.core.errors import FacelockError
from facelock.ui.activity_text import day_of, time_of
from facelock.ui.card import Card
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Rank, TextLabel, Tone
from facelock.ui.theme import SPACE
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.services.snapshots import Picture, RefusedPictures

_SIZE = QSize(160, 120)  # logical pixels
_LARGEST = 4096  # pixels; ours are 320 wide


class RefusedPicturesCard(Card):
    """Hidden while there are none. Arrow keys choose a picture, Delete deletes it."""

    def __init__(self, pictures: RefusedPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pictures of who was refused, newest first"))
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(_SIZE)
        self.list.setSpacing(SPACE)
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(_SIZE.height() + 8 * SPACE)
        self.list.setMaximumHeight(2 * _SIZE.height() + 16 * SPACE)
        self.delete_button = IconButton("trash", self.tr("Delete"))
        self.delete_button.setShortcut(Qt.Key.Key_Delete)
        self.delete_all_button = IconButton("trash", self.tr("Delete all"))
        self.delete_button.clicked.connect(self._on_delete)
        self.delete_all_button.clicked.connect(self._on_delete_all)
        self.list.itemSelectionChanged.connect(self._on_selection)
        self.message = MessageBar()
        row = FlowLayout(gap=SPACE)
        row.addWidget(self.delete_button)
        row.addWidget(self.delete_all_button)
        title = TextLabel(self.tr("Pictures of who was refused"), Rank.HEADING)
        for widget in (title, self.message, self.list):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self._on_selection()

    def refresh(self) -> None:
        """Open the pictures again, in a task; hide if there are none."""
        try:
            has_any = bool(self._pictures.listed())
            work = self._pictures.opener() if has_any else None
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
            return
        self.setVisible(has_any)
        if work is None:
            self.list.clear()
        else:
            run_task(self, work, self._on_opened, self._on_failed)

    @Slot(object)
    def _on_opened(self, pictures: tuple[Picture, ...]) -> None:
        self.list.clear()
        for one in pictures:
            image = _decoded(one.jpeg)
            item = QListWidgetItem(
                QIcon(QPixmap.fromImage(image)), f"{day_of(one.at)}, {time_of(one.at)}"
            )
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.list.addItem(item)
        self._on_selection()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, FacelockError):
            self.message.say(error_text(error), Tone.DANGER)

    @Slot()
    def _on_selection(self) -> None:
        self.delete_button.setEnabled(bool(self.list.selectedItems()))

    @Slot()
    def _on_delete(self) -> None:
        self._delete(self.list.selectedItems())

    @Slot()
    def _on_delete_all(self) -> None:
        self._delete([self.list.item(row) for row in range(self.list.count())])

    def _delete(self, items: list[QListWidgetItem]) -> None:
        try:
            self._pictures.delete([item.data(Qt.ItemDataRole.UserRole) for item in items])
        except FacelockError as error:
            self.message.say(error_text(error), Tone.DANGER)
        self.refresh()


def _decoded(jpeg: bytes) -> QImage:
    """Return the picture; as JPEG or not at all, since anybody may seal a file to a recipient."""
    buffer = QBuffer()
    buffer.setData(jpeg)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAutoDetectImageFormat(False)
    if max(reader.size().width(), reader.size().height()) > _LARGEST:
        return QImage()
    return reader.read()
