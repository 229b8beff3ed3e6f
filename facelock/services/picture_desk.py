"""Pictures for the window: found and compared in the background, with a pipeline of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from facelock.core.renewal import check_calibration
from facelock.services.measured_scores import MeasuredScores
from facelock.services.picture_file import read_picture
from facelock.services.pictures import (
    Found,
    PictureComparison,
    PictureFace,
    compare_faces,
    find_face,
    picture_threshold,
)

if TYPE_CHECKING:
    from facelock.core.frames import Frame
    from facelock.core.levels import Level
    from facelock.core.threshold import Calibration
    from facelock.services.recognition import FacePipeline


class PictureDesk:
    """Loads models and calibration when the first picture comes. May be called from any thread.

    A pipeline serves one thread at a time, and not the one that looks through the camera.
    """

    def __init__(
        self,
        load_pipeline: Callable[[], FacePipeline],
        load_calibration: Callable[[], Calibration],
    ) -> None:
        self._load_pipeline = load_pipeline
        self._load_calibration = load_calibration
        self._one_at_a_time = threading.Lock()
        self._pipeline: FacePipeline | None = None
        self._calibration: Calibration | None = None

    def find(self, given: Path | Frame) -> Found:
        """Find the face of a picture. Raises PictureUnreadable, ModelError."""
        frame = read_picture(given) if isinstance(given, Path) else given
        with self._one_at_a_time:
            if self._pipeline is None:
                self._pipeline = self._load_pipeline()
            return find_face(frame, self._pipeline)

    def compare(self, a: PictureFace, b: PictureFace, level: Level) -> PictureComparison:
        """Compare two faces at a level. Raises ModelError."""
        with self._one_at_a_time:
            if self._calibration is None:
                self._calibration = self._load_calibration()
            if self._pipeline is not None:
                check_calibration(self._calibration, self._pipeline.model_sha256)
        threshold = picture_threshold(level, self._calibration)
        return compare_faces(a, b, threshold, MeasuredScores(self._calibration))
