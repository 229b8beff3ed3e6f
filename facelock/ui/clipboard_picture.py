"""A picture that came through the clipboard, as a frame."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from facelock.core.frames import Frame

_LONGEST_SIDE = 4096  # pixels, as for pictures from files


def from_qimage(image: QImage) -> Frame:
    """Return a copy of the image as a frame; it counts as simulated, as every picture does."""
    if max(image.width(), image.height()) > _LONGEST_SIDE:
        image = image.scaled(
            _LONGEST_SIDE,
            _LONGEST_SIDE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    flat = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    pixels = rows[:, : 3 * flat.width()].reshape(flat.height(), flat.width(), 3).copy()
    return Frame(pixels, captured_at=0.0, simulated=True)
