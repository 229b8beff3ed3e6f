"""The one pipeline: frame -> detect -> track -> align -> measure -> liveness -> embed -> compare.

Enrolment, unlock, compare and the command line all use `FacePipeline`; there is no second one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facelock.core.attempt import LOOKS, FusedProbe
from facelock.core.comparison import Nearest
from facelock.core.errors import SimulatedCameraRefused
from facelock.core.exposure import BlackPicture, lumas
from facelock.core.head import NetworkId
from facelock.core.liveness import CHALLENGES, Denied, Prompt, Shown, Wanting
from facelock.core.look import SECOND_FACE_AREA, Look, SeenFace
from facelock.core.observation import (
    Gathering,
    Match,
    NewCamera,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
    Unproven,
)
from facelock.core.quality import PROBE_LIMITS, WITHOUT_EYES, QualityLimits
from facelock.vision.alignment import align
from facelock.vision.quality import measure
from facelock.vision.tracking import PrincipalTrack

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding, Gallery
    from facelock.core.frames import DetectedFace, FaceBox, FaceCrop, Frame
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
        self._black = BlackPicture()

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

    def with_head(self, head: Head | None) -> FacePipeline:
        """Return the same networks under another head; None: the one they were loaded with.

        A pipeline never changes its head, so whatever was begun with one ends with it. Both run in
        the same thread. Raises ModelCorrupt if the head does not fit.
        """
        return FacePipeline(
            self._detector, self._landmarks, self._embedder.with_head(head), self.liveness
        )

    def look(self, frame: Frame) -> Look:
        """See what a frame shows: the principal face, aligned and measured, and how many count."""
        faces = self.faces(frame)
        seen = self.see(frame, *self._track.follow(frame, faces)) if faces else None
        luma, spread = lumas(frame.pixels)
        return Look(
            captured_at=frame.captured_at,
            frame_size=(frame.width, frame.height),
            scene_brightness=luma,
            faces=0 if seen is None else counting(faces, seen.box),
            face=seen,
            black=self._black.holds(luma, spread, frame.captured_at),
        )

    def detect(self, frame: Frame) -> tuple[DetectedFace, ...]:
        """Return what the detector alone takes for faces, largest first; nothing is remembered."""
        return self._detector.detect(frame)

    def faces(self, frame: Frame) -> tuple[DetectedFace, ...]:
        """Return the faces of a frame, largest first, without what only resembles one beside them.

        No track is touched: who watches beside an attempt does not disturb it.
        """
        return self._confirmed(frame, self.detect(frame))

    def _confirmed(self, frame: Frame, faces: tuple[DetectedFace, ...]) -> tuple[DetectedFace, ...]:
        """Leave out what the landmark network does not take for a face, such as a printed shirt.

        Asked only where there are several; if it confirms none, all of them stay.
        """
        if len(faces) < 2:
            return faces
        real = tuple(face for face in faces if self._landmarks.find(frame, face).presence >= 0.5)
        return real or faces

    def see(self, frame: Frame, face: DetectedFace, track_id: int) -> SeenFace:
        """Return one face of a frame, aligned and measured; `track_id` is the caller's own."""
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
        """Forget the tracked face: something new begins."""
        self._track.lose()


def scene_brightness(frame: Frame) -> float:
    """Mean luma of the frame, 0-255."""
    return lumas(frame.pixels)[0]


def counting(faces: tuple[DetectedFace, ...], principal: FaceBox) -> int:
    """How many faces count: those that cover a quarter of the principal one's area or more."""
    return sum(face.box.area >= SECOND_FACE_AREA * principal.area for face in faces)


@dataclass(frozen=True, eq=False)
class Seen:
    """What became of one frame: what was seen, what it means, and what would help."""

    look: Look
    observation: Observation = field(repr=False)
    prompt: Prompt | None = None  # what liveness asks the person to do


class Recogniser:
    """Turns frames into observations: attacks are ruled out before anything is compared.

    The gallery is replaced whole. Frames of a simulated camera are compared only with a demo
    gallery and the other way round (threat-model row 3); there is no switch for that. Nor is there
    one for comparing what different networks made: NetworkMismatch.

    Match and liveness hold on one tracked face: whenever the probe begins anew, the evidence of
    liveness does too. Which layers count is part of the gallery.
    """

    def __init__(
        self, pipeline: FacePipeline, gallery: Gallery, limits: QualityLimits | None = None
    ) -> None:
        gallery.check_network(pipeline.model_sha256)
        self.pipeline = pipeline
        self.gallery = gallery
        self._limits = limits or (PROBE_LIMITS if gallery.eyes_required else WITHOUT_EYES)
        self._camera_id: str | None = None  # of the frame before
        self._in_force = gallery
        self._forget()
        self._has_begun = False  # liveness belongs to the thread that observes

    def _forget(self) -> None:
        self._probe = FusedProbe()
        self._after = FusedProbe()  # the frames since a challenge was met
        self._matched = False  # the last comparison of this probe was a match

    def restart(self) -> None:
        """Begin a new attempt: what was fused is forgotten, and what liveness gathered."""
        self._forget()
        self._has_begun = False
        self.pipeline.restart()

    def observe(self, frame: Frame) -> Seen:
        """Look at one frame. Raises SimulatedCameraRefused if it is of the wrong origin."""
        if frame.simulated is not self.gallery.demo:
            message = "a simulated frame met a real profile, or a camera frame a demo profile"
            raise SimulatedCameraRefused(message)
        if not self._has_begun:
            self._has_begun = True
            self.pipeline.liveness.begin(self.gallery.layers)
        self._face_camera(frame.camera_id)
        look = self.pipeline.look(frame)
        if look.face is None or look.faces > 1:
            self._start_over()
            if look.face is None:
                return Seen(look, NoFace(too_dark=look.too_dark, black=look.black))
            return Seen(look, SeveralFaces(look.faces))
        if not self.gallery.knows_camera(frame.camera_id):
            return Seen(look, NewCamera(frame.camera_id))
        return self._judge(frame, look, look.face)

    def _face_camera(self, camera_id: str) -> None:
        """Compare with who knows this camera; another one than before starts the attempt anew."""
        if camera_id == self._camera_id:
            return
        if self._camera_id is not None:
            self._start_over()
        self._camera_id, self._in_force = camera_id, self.gallery.seen_by(camera_id)

    def _start_over(self) -> None:
        """Another face, or none: neither what was fused nor what was shown belongs to the next."""
        self._forget()
        self.pipeline.liveness.restart()

    def _judge(self, frame: Frame, look: Look, face: SeenFace) -> Seen:
        defects = self._limits.defects(face.report)
        judged = self.pipeline.liveness.judge(frame, look, usable=not defects)
        if isinstance(judged, Denied):
            return Seen(look, PresentationAttack(judged.layer.value))
        prompt = judged.prompt if isinstance(judged, Wanting) else None
        if defects:
            return Seen(look, PoorQuality(defects), prompt)
        embedding = self.pipeline.embed(face)
        probe = self._probe.add(embedding, face.track_id)
        if self._probe.frames and probe.frames == 1:  # another track, or another face on it
            self._start_over()
            self._probe = probe
            return Seen(look, Gathering(1))
        self._probe = probe
        live = isinstance(judged, Shown)
        if live and self.gallery.layers & CHALLENGES:
            # Whoever turned as asked must be seen to be the owner afterwards too.
            self._after = self._after.add(embedding, face.track_id)
            live = self._after.frames >= LOOKS[0]
        return Seen(look, self._compare(live=live), prompt)

    def _compare(self, *, live: bool) -> Observation:
        """Compare at the looks; a probe that matched is compared again once liveness is shown."""
        frames = self._probe.frames
        if not (self._probe.is_due or (live and self._matched)):
            return Unproven(frames) if self._matched else Gathering(frames)
        nearest = self._nearest(self._probe)
        self._matched = nearest.is_match
        if nearest.is_match and live and self._after.frames:
            nearest = self._nearest(self._after)
        if not nearest.is_match:
            return NonMatch(frames, nearest.distance, nearest.threshold)
        if not live:
            return Unproven(frames)
        return Match(nearest.profile_id, frames, nearest.distance, nearest.threshold)

    def _nearest(self, probe: FusedProbe) -> Nearest:
        nobody = Nearest("", distance=4.0, threshold=0.0)
        return self._in_force.nearest(probe.fused()) or nobody
