"""Small pictures for choosing a camera."""

from __future__ import annotations

import cv2
import numpy as np

from facelock.core.frames import Frame


def shrink(frame: Frame, width: int) -> Frame:
    """Return the frame at `width` pixels, its proportions kept; itself if it is no wider."""
    if frame.width <= width:
        return frame
    height = max(1, round(frame.height * width / frame.width))
    small = cv2.resize(frame.pixels, (width, height), interpolation=cv2.INTER_AREA)
    return Frame(np.ascontiguousarray(small, dtype=np.uint8), frame.captured_at, frame.simulated)
