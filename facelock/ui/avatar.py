"""A person's round picture, from a sealed sample; or their initial where none was kept."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from facelock.core.frames import Frame
from facelock.core.template import Profile
from facelock.ui.image import to_qimage
from facelock.ui.theme import colours, title_font


class Avatar(QWidget):
    """Built only behind the lock: it shows a face."""

    def __init__(self, profile: Profile, side: int = 72, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        crop = next((sample.crop for sample in profile.samples if sample.crop is not None), None)
        self._image = (
            None if crop is None else to_qimage(Frame(crop.pixels, captured_at=0, simulated=True))
        )
        self._initial = profile.name[:1].upper()
        self.setFixedSize(QSize(side, side))
        name = self.tr("Picture of {name}") if crop is not None else self.tr("Initial of {name}")
        self.setAccessibleName(name.format(name=profile.name))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        now = colours(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addEllipse(area)
        painter.fillPath(shape, now.raised)
        if self._image is not None:
            painter.setClipPath(shape)
            painter.drawImage(area, self._image)
            return
        painter.setPen(now.accent)
        painter.setFont(title_font(self.font()))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._initial)
