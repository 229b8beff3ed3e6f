"""Which camera: live thumbnails to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.ui.enrolment.cameras import Cameras
from facelock.ui.enrolment.step_page import StepPage
from facelock.ui.error_text import error_text
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.message_bar import MessageBar
from facelock.ui.text_labels import Tone
from facelock.ui.theme import RADIUS, SPACE, colours, small_font
from facelock.vision.camera_list import CameraInfo
from facelock.workers.task import run_task
from facelock.workers.thumbnails import Thumbnails

_TILES_IN_A_ROW = 2


class CameraTile(QAbstractButton):
    """One camera: what it sees, its name, and whether it is the chosen one."""

    def __init__(self, camera: CameraInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self._picture: QImage | None = None
        self._trouble = ""
        self.setCheckable(True)
        self.setText(camera.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 170)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(camera.name)

    def show_picture(self, frame: Frame) -> None:
        """Show what the camera sees, mirrored."""
        self._picture = to_qimage(frame)
        self._trouble = ""
        self.setAccessibleDescription(self.tr("Live picture"))
        self.update()

    def show_trouble(self, text: str) -> None:
        """Say why there is no picture."""
        self._picture, self._trouble = None, text
        self.setAccessibleDescription(text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(300, 250)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        strong = self.isChecked() or self.hasFocus()
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(now.accent if strong else now.outline, 3.0 if strong else 1.0))
        painter.setBrush(now.surface)
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        well = area.adjusted(SPACE, SPACE, -SPACE, -5 * SPACE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(well) or now.raised)
        painter.drawRoundedRect(well, SPACE, SPACE)
        if self._picture is None:
            self._paint_trouble(painter, well)
        name = QRectF(area.x() + 2 * SPACE, well.bottom(), area.width() - 4 * SPACE, 5 * SPACE)
        if self.isChecked():
            tick = QRectF(name.x(), name.center().y() - 9, 18, 18)
            paint_icon(painter, "check", tick, now.accent)
            name.setLeft(name.x() + 18 + SPACE)
        painter.setPen(now.text)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(name.width())
        )
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_trouble(self, painter: QPainter, well: QRectF) -> None:
        now = colours(self.palette())
        name = "camera-off" if self._trouble else "camera"
        middle = well.center()
        icon = QRectF(middle.x() - 18, well.top() + well.height() * 0.18, 36, 36)
        paint_icon(painter, name, icon, now.muted)
        painter.setPen(now.muted)
        painter.setFont(small_font(self.font()))
        below = well.adjusted(SPACE, icon.bottom() - well.top() + SPACE / 2, -SPACE, -2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self._trouble)

    def _brush(self, well: QRectF) -> QBrush | None:
        if self._picture is None:
            return None
        size = self._picture.size()
        scale = max(well.width() / size.width(), well.height() / size.height())
        to_well = QTransform()
        to_well.translate(well.center().x(), well.center().y())
        to_well.scale(-scale, scale)
        to_well.translate(-size.width() / 2, -size.height() / 2)
        brush = QBrush(self._picture)
        brush.setTransform(to_well)
        return brush


class CameraStep(StepPage):
    """Complete when a camera is chosen. In the demo there is only the simulated one."""

    def __init__(
        self,
        cameras: Cameras,
        *,
        demo: bool,
        parent: QWidget | None = None,
        thumbnails: Callable[[QWidget], Thumbnails] = Thumbnails,
    ) -> None:
        super().__init__(
            self.tr("Choose a camera"),
            self.tr("The one on which you look at the screen is best."),
            parent,
        )
        self._cameras = cameras
        self._demo = demo
        self._chosen = cameras.chosen
        self._tiles: dict[str, CameraTile] = {}
        self._shown = False
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._thumbnails = thumbnails(self)
        self._thumbnails.picture.connect(self._on_picture)
        self._thumbnails.failed.connect(self._on_failed)
        self.message = MessageBar()
        self._grid = QGridLayout()
        self._grid.setSpacing(2 * SPACE)
        self._grid.setColumnStretch(_TILES_IN_A_ROW, 1)
        self.again = QPushButton(self.tr("&Look for cameras again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._search)
        self.column.addWidget(self.message)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @property
    def chosen(self) -> str:
        """Id of the chosen camera; "" for none."""
        return self._chosen

    @override
    def enter(self) -> None:
        self._shown = True
        self._search()

    @override
    def leave(self) -> None:
        self._shown = False
        self._thumbnails.stop()

    @override
    def first_focus(self) -> QWidget | None:
        return self._tiles.get(self._chosen)

    @Slot()
    def _search(self) -> None:
        self.message.say(self.tr("Looking for cameras…"), Tone.NEUTRAL, "camera")
        self.again.setEnabled(False)
        run_task(self, self._cameras.list, self._on_listed, self._on_list_failed)

    @Slot(object)
    def _on_listed(self, found: Sequence[CameraInfo]) -> None:
        self.again.setEnabled(True)
        if not self._shown:
            return
        for tile in self._tiles.values():
            self._group.removeButton(tile)
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles = {camera.camera_id: CameraTile(camera) for camera in found}
        for index, tile in enumerate(self._tiles.values()):
            self._group.addButton(tile)
            self._grid.addWidget(tile, index // _TILES_IN_A_ROW, index % _TILES_IN_A_ROW)
            tile.setEnabled(self._is_usable(tile.camera))
        usable = [camera.camera_id for camera in found if self._is_usable(camera)]
        if not usable:
            text = self.tr("No camera found. Connect one, then look again.")
            self.message.say(text, Tone.WARNING, "camera-off")
        else:
            self.message.clear()
        self._choose(self._chosen if self._chosen in usable else next(iter(usable), ""))
        if not self._demo:
            self._thumbnails.start(found)

    def _is_usable(self, camera: CameraInfo) -> bool:
        return camera.physical or self._demo

    @Slot(object)
    def _on_list_failed(self, error: Exception) -> None:
        self.again.setEnabled(True)
        self.message.say(error_text(error), Tone.DANGER, "camera-off")

    @Slot(QAbstractButton)
    def _on_clicked(self, tile: QAbstractButton) -> None:
        if isinstance(tile, CameraTile):
            self._choose(tile.camera.camera_id)

    def _choose(self, camera_id: str) -> None:
        self._chosen = camera_id
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.setChecked(True)
        self.completed.emit(bool(camera_id))

    @Slot(str, object)
    def _on_picture(self, camera_id: str, frame: Frame) -> None:
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.show_picture(frame)

    @Slot(str, object)
    def _on_failed(self, camera_id: str, error: Exception) -> None:
        if (tile := self._tiles.get(camera_id)) is not None:
            tile.show_trouble(error_text(error))
