"""Frames as Qt images."""

from __future__ import annotations

from PySide6.QtGui import QImage

from facelock.core.frames import Frame


def to_qimage(frame: Frame) -> QImage:
    """Return a deep copy: the image must not share memory with the camera."""
    height, width, _ = frame.pixels.shape
    view = QImage(
        frame.pixels.data, width, height, frame.pixels.strides[0], QImage.Format.Format_BGR888
    )
    return view.copy()
