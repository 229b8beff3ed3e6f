"""Pictures of the vault, decoded in memory: bounded before they are decoded, and never on disk.

Only kinds that Qt's own plugins decode from pixels are tried, by their first bytes and by the
matching decoder alone: a drawing (SVG) could ask for other files, and exotic decoders are where
the holes are.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from facelock.ui.theme import RADIUS, colours

MAX_BYTES = 64 * 2**20
MAX_PIXELS = 64 * 10**6  # 256 MB while it is decoded, which is also Qt's own bound
LONGEST_SIDE = 2048  # pixels kept
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"\xff\xd8\xff", b"jpeg"),
    (b"GIF87a", b"gif"),
    (b"GIF89a", b"gif"),
    (b"BM", b"bmp"),
)


@dataclass(frozen=True)
class Refused:
    """A picture that is not decoded: it says that it has too many pixels, or it is broken."""

    too_large: bool


def kind_of(data: bytes) -> bytes | None:
    """Return the name of the decoder for these bytes; None if they are no picture we show."""
    for start, kind in _KINDS:
        if data.startswith(start):
            return kind
    return b"webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def decode(data: bytes) -> QImage | Refused:
    """Return the picture, turned as its EXIF says, no side longer than 2048. Any thread."""
    kind = kind_of(data)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind or b"none"))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return Refused(too_large=False)
    if size.width() * size.height() > MAX_PIXELS:
        return Refused(too_large=True)
    if max(size.width(), size.height()) > LONGEST_SIDE:
        bounds = QSize(LONGEST_SIDE, LONGEST_SIDE)
        small = size.scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(small.expandedTo(QSize(1, 1)))
    image = reader.read()
    return Refused(too_large=False) if image.isNull() else image


class PictureView(QWidget):
    """Shows a picture whole, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)
        self.setAccessibleName(self.tr("Picture"))

    def show_image(self, image: QImage, name: str) -> None:
        """Show it; a null image forgets the one before."""
        self.image = image
        self.setAccessibleName(self.tr("Picture: {name}").format(name=name))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 120)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, RADIUS, RADIUS)
        painter.fillPath(shape, colours(self.palette()).raised)
        if self.image.isNull():
            return
        painter.setClipPath(shape)
        ratio = self.devicePixelRatioF()
        width, height = self.image.width() / ratio, self.image.height() / ratio
        scale = min(area.width() / width, area.height() / height, 1.0)
        target = QRectF(0, 0, width * scale, height * scale)
        target.moveCenter(area.center())
        painter.drawImage(target, self.image)
