"""Two pictures side by side: is it the same person? Used by the compare page and the command line.

The same pipeline as everywhere; only the quality limits are wider, because a picture given by hand
is what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from facelock.core.comparison import squared_distance
from facelock.core.errors import NetworkMismatch, NoUsableFace
from facelock.core.levels import RULES, Level
from facelock.core.quality import PICTURE_LIMITS, Defect
from facelock.services.picture_file import SUFFIXES, read_picture

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding
    from facelock.core.frames import Frame
    from facelock.core.look import Look, SeenFace
    from facelock.core.threshold import Calibration
    from facelock.services.measured_scores import MeasuredScores
    from facelock.services.recognition import FacePipeline

__all__ = [
    "SUFFIXES",
    "PictureComparison",
    "PictureFace",
    "PictureThreshold",
    "Unusable",
    "compare_faces",
    "compare_pictures",
    "find_face",
    "picture_threshold",
    "read_picture",
]


@dataclass(frozen=True)
class PictureThreshold:
    """Up to which distance two single pictures count as one person at a level."""

    level: Level
    distance: float
    fmr: float  # upper bound of the false match rate that the distance stands for
    level_supported: bool  # False: the data cannot carry the level; the strictest they can is used


@dataclass(frozen=True, eq=False)
class PictureFace:
    """The one face of a picture, and its embedding."""

    frame: Frame
    look: Look
    face: SeenFace
    embedding: Embedding = field(repr=False)
    model_sha256: str  # of the network that made the embedding


@dataclass(frozen=True, eq=False)
class Unusable:
    """A picture without a face to compare: nobody, several people, or a hopeless picture."""

    frame: Frame
    look: Look
    defects: tuple[Defect, ...] = ()

    @property
    def why(self) -> str:
        """The reason, in English, for the command line and the log."""
        if self.look.faces == 0 and self.look.too_dark:
            return "it is too dark"
        if self.look.faces == 0:
            return "no face was found"
        if self.look.faces > 1:
            return f"{self.look.faces} faces were found, and one is needed"
        return "the face cannot be used: " + ", ".join(defect.value for defect in self.defects)


Found: TypeAlias = PictureFace | Unusable


@dataclass(frozen=True, eq=False)
class PictureComparison:
    """What came of comparing two pictures."""

    distance: float  # squared Euclidean, 0-4; lower is more alike
    threshold: PictureThreshold
    a: PictureFace
    b: PictureFace
    measured: MeasuredScores | None = field(default=None, repr=False)  # to judge the distance by

    @property
    def mated(self) -> bool:
        """True if the distance says that it is one person."""
        return self.distance <= self.threshold.distance

    @property
    def level(self) -> Level:
        """The level whose threshold was applied."""
        return self.threshold.level


def picture_threshold(level: Level, calibration: Calibration) -> PictureThreshold:
    """Return the threshold of one comparison of two pictures at a level.

    A person's own threshold is tighter: it bounds a whole attempt of several comparisons.
    """
    wanted = RULES[level].attempt_fmr
    distance, fmr = calibration.distance_at(wanted)
    supported = wanted >= calibration.strictest_fmr * (1 - 1e-9)
    return PictureThreshold(level, distance, fmr, supported)


def find_face(frame: Frame, pipeline: FacePipeline) -> Found:
    """Find the one face of a picture. A second one counts if it is not much smaller."""
    pipeline.restart()  # a picture has nothing to do with the one before it
    look = pipeline.look(frame)
    if look.face is None or look.faces > 1:
        return Unusable(frame, look)
    if defects := PICTURE_LIMITS.defects(look.face.report):
        return Unusable(frame, look, defects)
    return PictureFace(frame, look, look.face, pipeline.embed(look.face), pipeline.model_sha256)


def compare_faces(
    a: PictureFace,
    b: PictureFace,
    threshold: PictureThreshold,
    measured: MeasuredScores | None = None,
) -> PictureComparison:
    """Compare the faces of two pictures. Raises NetworkMismatch if two networks saw them."""
    if a.model_sha256 != b.model_sha256:
        raise NetworkMismatch("one picture was seen by another network than the other")
    return PictureComparison(squared_distance(a.embedding, b.embedding), threshold, a, b, measured)


def compare_pictures(
    a: Frame,
    b: Frame,
    pipeline: FacePipeline,
    threshold: PictureThreshold,
    *,
    names: tuple[str, str] = ("the first picture", "the second picture"),
) -> PictureComparison:
    """Compare two pictures. Raises NoUsableFace, whose text says in which of them and why."""
    faces = []
    for frame, name in zip((a, b), names, strict=True):
        found = find_face(frame, pipeline)
        if isinstance(found, Unusable):
            raise NoUsableFace(f"{name}: {found.why}")
        faces.append(found)
    return compare_faces(faces[0], faces[1], threshold)
