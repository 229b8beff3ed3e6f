"""The one pipeline: frame -> detect -> track -> align -> measure -> liveness -> embed -> compare.

Enrolment, unlock, compare and the command line all use `FacePipeline`; there is no second one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facelock.core.attempt import FusedProbe
from facelock.core.errors import SimulatedCameraRefused
from facelock.core.head import NetworkId
from facelock.core.look import SECOND_FACE_AREA, Look, SeenFace
from facelock.core.observation import (
    Gathering,
    Match,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
)
from facelock.core.quality import PROBE_LIMITS, QualityLimits
from facelock.vision.alignment import align
from facelock.vision.quality import measure
from facelock.vision.tracking import PrincipalTrack

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding, Gallery
    from facelock.core.frames import DetectedFace, FaceCrop, Frame
    from facelock.core.head import Head
    from facelock.core.ports import Embedder, FaceDetector, LandmarkFinder, Liveness


class FacePipeline:
    """From a frame to a measured face, and from a face to an embedding. One per thread."""

    def __init__(
        self,
        detector: FaceDetector,
        landmarks: LandmarkFinder,
        embedder: Embedder,
        liveness: Liveness,
    ) -> None:
        self._detector = detector
        self._landmarks = landmarks
        self._embedder = embedder
        self.liveness = liveness
        self._track = PrincipalTrack()

    @property
    def model_sha256(self) -> str:
        """Identifies the network; embeddings of another one cannot be compared with its own."""
        return self._embedder.model_sha256

    @property
    def network(self) -> NetworkId:
        """Which backbone and head it sees with."""
        return NetworkId(self._embedder.backbone_sha256, self._embedder.model_sha256)

    @property
    def head(self) -> Head:
        """What turns a feature into an embedding: `embed(face)` is `head.apply(feature(face))`."""
        return self._embedder.head

    def look(self, frame: Frame) -> Look:
        """See what a frame shows: the principal face, aligned and measured, and how many count."""
        faces = self._confirmed(frame, self._detector.detect(frame))
        seen = self._principal(frame, faces) if faces else None
        return Look(
            captured_at=frame.captured_at,
            frame_size=(frame.width, frame.height),
            scene_brightness=_brightness(frame),
            faces=_counting(faces, seen),
            face=seen,
        )

    def _confirmed(self, frame: Frame, faces: tuple[DetectedFace, ...]) -> tuple[DetectedFace, ...]:
        """Leave out what the landmark network does not take for a face, such as a printed shirt.

        Asked only where there are several; if it confirms none, all of them stay.
        """
        if len(faces) < 2:
            return faces
        real = tuple(face for face in faces if self._landmarks.find(frame, face).presence >= 0.5)
        return real or faces

    def _principal(self, frame: Frame, faces: tuple[DetectedFace, ...]) -> SeenFace:
        face, track_id = self._track.follow(frame, faces)
        landmarks = self._landmarks.find(frame, face)
        crop = align(frame, landmarks)
        return SeenFace(track_id, face.box, landmarks, crop, measure(frame, landmarks, crop))

    def embed(self, face: SeenFace) -> Embedding:
        """Return the unit embedding of a seen face, (D,) float32."""
        return self._embedder.embed(face.crop)

    def embed_crop(self, crop: FaceCrop) -> Embedding:
        """Return the unit embedding of an aligned face kept from earlier, (D,) float32."""
        return self._embedder.embed(crop)

    def feature_of(self, crop: FaceCrop) -> Embedding:
        """Return the backbone's unit feature of an aligned face, (192,) float32.

        `head.apply` makes the embedding of it: whoever needs both runs the network once.
        """
        return self._embedder.feature(crop)

    def restart(self) -> None:
        """Forget the tracked face and what liveness gathered: something new begins."""
        self._track.lose()
        self.liveness.reset()


def _brightness(frame: Frame) -> float:
    """Mean luma of the frame, 0-255, from every eighth pixel (ITU-R BT.601 weights)."""
    blue, green, red = frame.pixels[::8, ::8].reshape(-1, 3).mean(axis=0)
    return float(0.114 * blue + 0.587 * green + 0.299 * red)


def _counting(faces: tuple[DetectedFace, ...], principal: SeenFace | None) -> int:
    """How many faces count: those that cover a quarter of the principal one's area or more."""
    if principal is None:
        return 0
    return sum(face.box.area >= SECOND_FACE_AREA * principal.box.area for face in faces)


@dataclass(frozen=True, eq=False)
class Seen:
    """What became of one frame: what was seen, and what it means."""

    look: Look
    observation: Observation = field(repr=False)


class Recogniser:
    """Turns frames into observations: attacks are ruled out before anything is compared.

    The gallery is replaced whole. Frames of a simulated camera are compared only with a demo
    gallery and the other way round (threat-model row 3); there is no switch for that. Nor is there
    one for comparing what different networks made: NetworkMismatch.
    """

    def __init__(
        self, pipeline: FacePipeline, gallery: Gallery, limits: QualityLimits = PROBE_LIMITS
    ) -> None:
        gallery.check_network(pipeline.model_sha256)
        self.pipeline = pipeline
        self.gallery = gallery
        self._limits = limits
        self._probe = FusedProbe()

    def restart(self) -> None:
        """Begin a new attempt: what was fused is forgotten."""
        self._probe = FusedProbe()
        self.pipeline.restart()

    def observe(self, frame: Frame) -> Seen:
        """Look at one frame. Raises SimulatedCameraRefused if it is of the wrong origin."""
        if frame.simulated is not self.gallery.demo:
            message = "a simulated frame met a real profile, or a camera frame a demo profile"
            raise SimulatedCameraRefused(message)
        look = self.pipeline.look(frame)
        return Seen(look, self._judge(look))

    def _judge(self, look: Look) -> Observation:
        if look.face is None:
            self._probe = FusedProbe()
            return NoFace(too_dark=look.too_dark)
        if look.faces > 1:
            self._probe = FusedProbe()
            return SeveralFaces(look.faces)
        if (layer := self.pipeline.liveness.judge(look)) is not None:
            return PresentationAttack(layer)
        if defects := self._limits.defects(look.face.report):
            return PoorQuality(defects)
        self._probe = self._probe.add(self.pipeline.embed(look.face), look.face.track_id)
        if not self._probe.is_due:
            return Gathering(self._probe.frames)
        return self._compare()

    def _compare(self) -> Observation:
        frames = self._probe.frames
        nearest = self.gallery.nearest(self._probe.fused())
        if nearest is None:
            return NonMatch(frames, distance=4.0, threshold=0.0)
        if nearest.is_match:
            return Match(nearest.profile_id, frames, nearest.distance, nearest.threshold)
        return NonMatch(frames, nearest.distance, nearest.threshold)
