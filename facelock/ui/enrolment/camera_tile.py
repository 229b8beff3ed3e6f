"""One camera to choose: its live picture, its name, and whether it is the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QImage, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.theme import RADIUS, SPACE, colours, small_font
from facelock.ui.wrapping_text import letters_width
from facelock.vision.camera_list import CameraInfo

_CHARACTERS = 20
_ICON_SIDE = 36  # logical pixels
_WORDS_FLAGS = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)


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
        self.setToolTip(camera.name)  # a long one is shown shortened

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
        self.updateGeometry()
        self.update()

    def show_note(self, text: str) -> None:
        """Say what stands in for a picture."""
        self._picture, self._words, self._icon_name = None, text, "camera"
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Wide enough for a few words, and as high as what it has to say."""
        width = max(300, letters_width(self.fontMetrics(), _CHARACTERS))
        words = self._words_in(self._well(QRectF(0, 0, width, 0))).height()
        beneath = self._name_height() + 3 * SPACE
        picture = max(250 - 6 * SPACE, _ICON_SIDE + 4 * SPACE + round(words))
        return QSize(width, picture + beneath)

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
        well = self._well(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._brush(well) or now.raised)
        painter.drawRoundedRect(well, SPACE, SPACE)
        if self._picture is None:
            self._paint_words(painter, well)
        name = area.adjusted(2 * SPACE, well.bottom() - area.top(), -2 * SPACE, 0)
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
        words = self._words_in(well)
        top = well.center().y() - (_ICON_SIDE + SPACE + words.height()) / 2
        icon = QRectF(well.center().x() - _ICON_SIDE / 2, top, _ICON_SIDE, _ICON_SIDE)
        paint_icon(painter, self._icon_name, icon, now.muted)
        painter.setPen(now.muted)
        painter.setFont(small_font(self.font()))
        words.moveTop(icon.bottom() + SPACE)
        painter.drawText(words, _WORDS_FLAGS, self._words)

    def _name_height(self) -> int:
        return max(5 * SPACE, self.fontMetrics().height() + SPACE)

    def _well(self, area: QRectF) -> QRectF:
        """Return where the picture is, within the tile."""
        return area.adjusted(SPACE, SPACE, -SPACE, -self._name_height())

    def _words_in(self, well: QRectF) -> QRectF:
        """Return the room, as high as it must be, that the words take in a well of this width."""
        room = well.adjusted(SPACE, 0, -SPACE, 0)
        room.setHeight(9999)
        metrics = QFontMetrics(small_font(self.font()))
        room.setHeight(metrics.boundingRect(room.toRect(), _WORDS_FLAGS, self._words).height())
        return room

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
