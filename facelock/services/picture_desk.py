"""Pictures for the window: found and compared in the background, with a pipeline of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
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
    """Loads networks and calibration when the first picture comes. May be called from any thread.

    A pipeline serves one thread at a time, and not the one that looks through the camera.
    """

    def __init__(
        self,
        load_both: Callable[[], tuple[FacePipeline, Calibration]],  # of one head
        *,
        head_in_force: Callable[[], object] = lambda: None,
    ) -> None:
        self._load_both = load_both
        self._head_in_force = head_in_force
        self._one_at_a_time = threading.Lock()
        self._head: object = None  # that was in force before they were loaded
        self._both: tuple[FacePipeline, Calibration] | None = None

    def find(self, given: Path | Frame) -> Found:
        """Find the face of a picture. Raises PictureUnreadable, ModelError."""
        frame = read_picture(given) if isinstance(given, Path) else given
        with self._one_at_a_time:
            return find_face(frame, self._loaded()[0])

    def compare(self, a: PictureFace, b: PictureFace, level: Level) -> PictureComparison:
        """Compare two faces at a level, under the head in force. Raises ModelError."""
        with self._one_at_a_time:
            pipeline, calibration = self._loaded()
            check_calibration(calibration, pipeline.model_sha256)
            threshold = picture_threshold(level, calibration)
            measured = MeasuredScores(calibration)
            one, other = _seen_by(pipeline, a), _seen_by(pipeline, b)
        return replace(compare_faces(one, other, threshold, measured), a=a, b=b)

    def _loaded(self) -> tuple[FacePipeline, Calibration]:
        """Return networks and calibration; others if another head came in force since."""
        head = self._head_in_force()
        if self._both is None or head is not self._head:
            self._both = None  # what cannot be loaded anew is not gone on with either
            self._both, self._head = self._load_both(), head
        return self._both


def _seen_by(pipeline: FacePipeline, face: PictureFace) -> PictureFace:
    """Return the face as this network sees it."""
    if face.model_sha256 == pipeline.model_sha256:
        return face
    embedding = pipeline.embed_crop(face.face.crop)
    return replace(face, embedding=embedding, model_sha256=pipeline.model_sha256)
