"""One camera to choose: its live picture, its name, and whether it is the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.theme import RADIUS, SPACE, colours, small_font
from facelock.vision.camera_list import CameraInfo


class CameraTile(QAbstractButton):
    """One camera: what it sees, its name, and whether it is the chosen one."""

    def __init__(self, camera: CameraInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera = camera
        self._picture: QImage | None = None
        self._words = ""
        self._icon_name = "camera"
        self.setCheckable(True)
        self.setText(camera.name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(180, 170)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(camera.name)

    def show_picture(self, frame: Frame) -> None:
        """Show what the camera sees, mirrored."""
        self._picture = to_qimage(frame)
        self._words = ""
        self.setAccessibleDescription(self.tr("Live picture"))
        self.update()

    def show_trouble(self, text: str) -> None:
        """Say why there is no picture."""
        self._picture, self._words, self._icon_name = None, text, "camera-off"
        self.setAccessibleDescription(text)
        self.update()

    def show_note(self, text: str) -> None:
        """Say what stands in for a picture."""
        self._picture, self._words, self._icon_name = None, text, "camera"
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
            self._paint_words(painter, well)
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

    def _paint_words(self, painter: QPainter, well: QRectF) -> None:
        now = colours(self.palette())
        middle = well.center()
        icon = QRectF(middle.x() - 18, well.top() + well.height() * 0.18, 36, 36)
        paint_icon(painter, self._icon_name, icon, now.muted)
        painter.setPen(now.muted)
        painter.setFont(small_font(self.font()))
        below = well.adjusted(SPACE, icon.bottom() - well.top() + SPACE / 2, -SPACE, -2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self._words)

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
