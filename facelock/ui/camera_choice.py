"""The cameras of this computer by name, with live pictures on demand, to choose one from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from facelock.core.errors import FacelockError
from facelock.core.frames import Frame
from facelock.ui.announce import announce
from facelock.ui.choice_radio import ChoiceRadio, link
from facelock.ui.error_text import error_text
from facelock.ui.flow_layout import FlowLayout
from facelock.ui.icon_button import IconButton
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.text_labels import IconLine, Rank, TextLabel
from facelock.ui.theme import SPACE, colours
from facelock.workers.task import run_task

if TYPE_CHECKING:
    from facelock.vision.camera_list import CameraInfo


class LivePictures(Protocol):
    """What is used of `workers.thumbnails.Thumbnails`."""

    @property
    def picture(self) -> SignalInstance: ...  # noqa: D102
    @property
    def failed(self) -> SignalInstance: ...  # noqa: D102
    def start(self, cameras: Sequence[CameraInfo]) -> None: ...  # noqa: D102
    def stop(self) -> bool: ...  # noqa: D102


class LivePicture(QWidget):
    """A small live picture, mirrored as in a looking glass; the sign of a camera without one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setFixedSize(QSize(112, 84))
        self.setAccessibleName(self.tr("Live picture of {camera}").format(camera=name))

    def show_frame(self, frame: Frame | None) -> None:
        """Show a frame, or that there is none."""
        image = None if frame is None else to_qimage(frame)
        self._image = image and image.flipped(Qt.Orientation.Horizontal)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, SPACE, SPACE)
        painter.fillPath(shape, now.raised)
        if self._image is None:
            middle = QRectF(area.center().x() - 14, area.center().y() - 14, 28, 28)
            paint_icon(painter, "camera", middle, now.muted)
            return
        painter.setClipPath(shape)
        width = area.height() * self._image.width() / max(self._image.height(), 1)
        left = area.center().x() - width / 2
        painter.drawImage(QRectF(left, 0, width, area.height()), self._image)


class _CameraRow(QWidget):
    """One camera: its picture, its name, and why it cannot be used if it cannot."""

    def __init__(self, camera: CameraInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self.radio = ChoiceRadio(camera.name)
        self.radio.setEnabled(camera.physical)
        self.thumbnail = LivePicture(camera.name)
        words = "" if camera.physical else self.tr("Not a physical camera; it can open nothing.")
        self.note = TextLabel(words, Rank.NOTE)
        self.note.setVisible(bool(words))
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.radio)
        column.addWidget(self.note)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.thumbnail)
        row.addLayout(column, 1)

    def tell(self, error: FacelockError) -> None:
        """Say why there is no picture."""
        self.thumbnail.show_frame(None)
        self.note.setText(error_text(error))
        self.note.show()


class CameraChoice(QWidget):
    """Looks for cameras in the background. They are switched on only while pictures are wanted."""

    chosen = Signal(str)  # camera_id
    listed = Signal()  # the cameras are known now
    shown = Signal(bool)  # all of them are about to be switched on, or are off again

    def __init__(
        self,
        camera_id: str,
        list_cameras: Callable[[], Sequence[CameraInfo]],
        live: LivePictures,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera_id = camera_id
        self._list_cameras = list_cameras
        self._live = live
        self._looking = False
        self._rows: dict[str, _CameraRow] = {}
        self._group = QButtonGroup(self)
        self._state = IconLine("camera", self.tr("Looking for cameras…"))
        self.show_button = IconButton("eye", self.tr("Show what they see"))
        self.show_button.setCheckable(True)
        self.again_button = IconButton("refresh", self.tr("Look again"))
        self._list = QVBoxLayout()
        self._list.setSpacing(SPACE)
        buttons = FlowLayout(gap=SPACE)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.again_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(int(1.5 * SPACE))
        column.addWidget(self._state)
        column.addLayout(self._list)
        column.addLayout(buttons)
        self.show_button.toggled.connect(self._on_show)
        self.again_button.clicked.connect(self.look)
        live.picture.connect(self._on_picture)
        live.failed.connect(self._on_failed_picture)
        self.look()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the cameras listed."""
        return tuple(row.camera.name for row in self._rows.values())

    def name_of(self, camera_id: str) -> str:
        """Return the name of a camera; empty if it is not connected."""
        row = self._rows.get(camera_id)
        return "" if row is None else row.camera.name

    def darken(self) -> None:
        """Switch the cameras off, if their pictures are shown."""
        self.show_button.setChecked(False)

    @Slot()
    def look(self) -> None:
        """List the cameras anew."""
        self.show_button.setChecked(False)
        if self._looking:
            return
        self._looking = True  # the button stays enabled: disabled, it would lose the focus
        run_task(self, self._list_cameras, self._on_listed, self._on_failed)

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        self.show_button.setChecked(False)
        super().hideEvent(event)

    @Slot(object)
    def _on_listed(self, cameras: Sequence[CameraInfo]) -> None:
        self._looking = False
        for row in self._rows.values():
            self._group.removeButton(row.radio)
            row.hide()
            row.deleteLater()
        self._rows = {camera.camera_id: _CameraRow(camera) for camera in cameras}
        physical = [camera for camera in cameras if camera.physical]
        known = self._camera_id in self._rows
        for camera_id, row in self._rows.items():
            self._group.addButton(row.radio)
            self._list.addWidget(row)
            first = not known and bool(physical) and row.camera is physical[0]
            row.radio.setChecked(camera_id == self._camera_id or first)
            row.radio.clicked.connect(self._on_clicked)
        link([row.radio for row in self._rows.values()])
        self._state.setVisible(not cameras)
        self.show_button.setVisible(bool(physical))
        if not cameras:
            words = self.tr("No camera is connected. The passphrase works without one.")
            self._state.label.setText(words)
            announce(self, words)
        self.listed.emit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._looking = False
        self._state.label.setText(error_text(error))

    @Slot()
    def _on_clicked(self) -> None:
        for camera_id, row in self._rows.items():
            if row.radio.isChecked() and camera_id != self._camera_id:
                self._camera_id = camera_id
                self.chosen.emit(camera_id)

    @Slot(bool)
    def _on_show(self, on: bool) -> None:  # noqa: FBT001 - the signal's shape
        if on:
            self.shown.emit(on)
            self._live.start([row.camera for row in self._rows.values()])
            return
        self._live.stop()
        self.shown.emit(on)
        for row in self._rows.values():
            row.thumbnail.show_frame(None)

    @Slot(str, object)
    def _on_picture(self, camera_id: str, frame: Frame) -> None:
        if camera_id in self._rows and self.show_button.isChecked():
            self._rows[camera_id].thumbnail.show_frame(frame)

    @Slot(str, object)
    def _on_failed_picture(self, camera_id: str, error: FacelockError) -> None:
        if camera_id in self._rows:
            self._rows[camera_id].tell(error)
