"""One of the two pictures of the compare page: given by file, drop, paste or camera, and drawn."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.services.pictures import Found, PictureFace
from facelock.ui.clipboard_picture import from_qimage
from facelock.ui.face_outline import outline_of
from facelock.ui.icons import paint_icon
from facelock.ui.image import to_qimage
from facelock.ui.theme import RADIUS, SPACE, colours

_NARROWEST = 180  # logical pixels
_ICON = 36
_HINT_FLAGS = int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.TextFlag.TextWordWrap)


def _words_in(area: QRectF, metrics: QFontMetrics, hint: str) -> QRectF:
    """Return the room, as high as it must be, that the hint takes in a pane as wide as `area`."""
    inside = area.adjusted(2 * SPACE, 0, -2 * SPACE, 0)
    height = metrics.boundingRect(inside.toRect().adjusted(0, 0, 0, 9999), _HINT_FLAGS, hint)
    inside.setHeight(height.height())
    return inside


class PicturePane(QWidget):
    """Shows a picture whole, its face outlined; an empty one says how to fill it."""

    given = Signal(object)  # Path or Frame
    asked = Signal()  # clicked, or Enter or Space pressed: for a file
    refused = Signal()  # something was dropped or pasted that is no picture

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._image: QImage | None = None
        self._outline: QPolygonF | None = None
        self._outline_colour: str = "accent"
        self._hint = self.tr("Drop a picture here, paste one, or open a file.")
        self._hovered = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._hint)

    def show_frame(self, frame: Frame, *, mirrored: bool = False) -> None:
        """Show a picture without an outline."""
        image = to_qimage(frame)
        self._image = image.flipped(Qt.Orientation.Horizontal) if mirrored else image
        self._outline = None
        self.update()

    def show_found(self, found: Found, words: str) -> None:
        """Show a picture and, if there is one, its face. `words` describe it to a screen reader."""
        self._image = to_qimage(found.frame)
        self._outline = outline_of(found.face) if isinstance(found, PictureFace) else None
        self._outline_colour = "accent"
        self.setAccessibleDescription(words)
        self.update()

    def judge(self, colour: str) -> None:
        """Draw the outline in another of the theme's colours: "good", "danger", "accent"."""
        self._outline_colour = colour
        self.update()

    def clear(self, hint: str) -> None:
        """Show no picture but a hint."""
        self._image, self._outline, self._hint = None, None, hint
        self.updateGeometry()
        self.setAccessibleDescription(hint)
        self.update()

    @Slot()
    def paste(self) -> None:
        """Take what is on the clipboard."""
        self._take(QGuiApplication.clipboard().mimeData())

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, 140).expandedTo(self.minimumSizeHint())  # it grows where there is room

    @override
    def minimumSizeHint(self) -> QSize:
        words = _words_in(QRectF(0, 0, _NARROWEST, 0), self.fontMetrics(), self._hint)
        return QSize(_NARROWEST, max(140, round(words.height()) + _ICON + 5 * SPACE))

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._hover(on=True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        self._hover(on=False)

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        self._hover(on=False)
        event.acceptProposedAction()
        self._take(event.mimeData())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, RADIUS, RADIUS)
        painter.fillPath(shape, now.raised)
        if self._image is None:
            self._paint_hint(painter, area)
        else:
            painter.setClipPath(shape)
            self._paint_picture(painter, area, self._image)
            painter.setClipping(False)
        self._paint_edge(painter, area)

    def _paint_hint(self, painter: QPainter, area: QRectF) -> None:
        now = colours(self.palette())
        words = _words_in(area, self.fontMetrics(), self._hint)
        top = area.center().y() - (_ICON + 2 * SPACE + words.height()) / 2
        icon_area = QRectF(area.center().x() - _ICON / 2, top, _ICON, _ICON)
        paint_icon(painter, "picture", icon_area, now.muted)
        painter.setPen(now.muted)
        words.moveTop(icon_area.bottom() + 2 * SPACE)
        painter.drawText(words, _HINT_FLAGS, self._hint)

    def _paint_picture(self, painter: QPainter, area: QRectF, image: QImage) -> None:
        now = colours(self.palette())
        scale = min(area.width() / image.width(), area.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        target = QRectF(
            area.center().x() - width / 2, area.center().y() - height / 2, width, height
        )
        painter.drawImage(target, image)
        if self._outline is None:
            return
        painter.translate(target.topLeft())
        painter.scale(scale, scale)
        for colour, thickness in ((now.shade, 5.0), (self._judged(), 2.5)):
            pen = QPen(colour, thickness)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolygon(self._outline)
        painter.resetTransform()

    def _judged(self) -> QColor:
        colour: QColor = getattr(colours(self.palette()), self._outline_colour)
        return colour

    def _paint_edge(self, painter: QPainter, area: QRectF) -> None:
        now = colours(self.palette())
        strong = self._hovered or self.hasFocus()
        pen = QPen(now.accent if strong else now.outline, 2.0 if strong else 1.0)
        if self._image is None and not strong:
            pen = QPen(now.control, 1.2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, RADIUS, RADIUS)

    def _hover(self, *, on: bool) -> None:
        self._hovered = on
        self.update()

    def _take(self, data: QMimeData | None) -> None:
        """Files before pixels: a browser offers both, and the file has its orientation."""
        if data is None:
            self.refused.emit()
            return
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        image = data.imageData() if data.hasImage() else None
        if paths:
            self.given.emit(paths[0])
        elif isinstance(image, QImage) and not image.isNull():
            self.given.emit(from_qimage(image))
        else:
            self.refused.emit()
