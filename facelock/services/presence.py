"""Who sits before the open lock: what is done with the two frames a second of the watch.

The detector looks at every frame; a face is compared only until it is shown to be the owner's, and
again every few seconds, in case somebody else has slipped into its place. Nothing here opens a
lock. Liveness is not asked: who holds up a picture of the owner keeps open what was open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from facelock.core.attempt import FusedProbe
from facelock.core.comparison import UNREACHABLE
from facelock.core.errors import SimulatedCameraRefused
from facelock.core.presence import Sighting, Who
from facelock.core.quality import WITHOUT_EYES
from facelock.services.recognition import counting
from facelock.vision.tracking import PrincipalTrack

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding, Gallery
    from facelock.core.frames import DetectedFace, Frame
    from facelock.services.recognition import FacePipeline

FORGET_AFTER = 1.2
"""Seconds without the face after which whoever comes next is somebody new: two frames may fail."""

STRANGER_LOOKS = 4
"""Usable frames of one face, fused and compared one by one, after which it is a stranger's."""

LOOK_AGAIN = 10.0
"""Seconds after which a face that was the owner's is compared again."""

_MOST_FACES = 4  # that are compared in one frame


class PresenceWork:
    """What the recognition loop does with a frame of the watch while the lock is open.

    `gallery` lets nobody match but the person inside. It keeps a track of its own: an attempt or a
    comparison under way in the same pipeline is not disturbed.

    Where nothing can be compared (no references, another network's, a camera that the person's face
    does not open with) no face is ever shown to be the owner's, nor to be a stranger's.
    """

    def __init__(self, pipeline: FacePipeline, gallery: Gallery) -> None:
        self._pipeline = pipeline
        self._gallery = gallery
        self._camera_id: str | None = None  # of the frame before
        self._in_force = gallery
        self._can_match = False
        self._track = PrincipalTrack(FORGET_AFTER)
        self._begin(0)

    @property
    def can_match(self) -> bool:
        """True if somebody can be shown to be the owner before the camera of the last frame."""
        return self._can_match

    def __call__(self, frame: Frame) -> Sighting:
        """Say who is there. Raises SimulatedCameraRefused if the frame is of the wrong origin."""
        if frame.simulated is not self._gallery.demo:
            message = "a simulated frame met a real profile, or a camera frame a demo profile"
            raise SimulatedCameraRefused(message)
        self._face_camera(frame.camera_id)
        faces = self._pipeline.faces(frame)
        if not faces:
            return Sighting(Who.NOBODY)
        principal, number = self._track.follow(frame, faces)
        if number != self._number:
            self._begin(number)
        if self._can_match:
            principal = self._judge(frame, faces, principal)
        return Sighting(self._who, counting(faces, principal.box) - 1)

    def _begin(self, number: int) -> None:
        """Another face is followed: nothing is known about it."""
        self._number = number
        self._who = Who.UNPROVEN
        self._probe = FusedProbe()
        self._compared_at = 0.0  # seconds, as in the frames: when it last was the owner's

    def _face_camera(self, camera_id: str) -> None:
        """Compare with who knows this camera; a face before another one is another face."""
        if camera_id == self._camera_id:
            return
        self._camera_id, self._in_force = camera_id, self._gallery.seen_by(camera_id)
        same_network = self._gallery.model_sha256 == self._pipeline.model_sha256
        reachable = bool((self._in_force.thresholds > UNREACHABLE).any())
        self._can_match = same_network and reachable
        self._track.lose()

    def _judge(
        self, frame: Frame, faces: tuple[DetectedFace, ...], principal: DetectedFace
    ) -> DetectedFace:
        """Find out who it is; return the principal face: another one, if that is the owner's."""
        if self._who is Who.OWNER:
            if frame.captured_at - self._compared_at >= LOOK_AGAIN:
                self._look_again(frame, principal)
            return principal
        if self._look(frame, principal):
            return principal
        others = [face for face in faces[:_MOST_FACES] if face is not principal]
        for face in others:
            embedding = self._embedding(frame, face)
            if embedding is not None and self._is_owner(embedding):
                self._begin(self._track.turn_to(frame, face))
                self._prove(frame)
                return face
        return principal

    def _look_again(self, frame: Frame, face: DetectedFace) -> None:
        """Compare a face that was the owner's; one poor look takes the proof, and no more."""
        embedding = self._embedding(frame, face)
        if embedding is None:
            return
        if self._is_owner(embedding):
            self._prove(frame)
        else:
            self._begin(self._number)

    def _look(self, frame: Frame, face: DetectedFace) -> bool:
        """Compare all that was seen of the face that is followed; True if it is the owner's."""
        embedding = self._embedding(frame, face)
        if embedding is None:
            return False
        self._probe = self._probe.add(embedding, self._number)
        if self._is_owner(self._probe.fused()):
            self._prove(frame)
            return True
        if self._probe.frames >= STRANGER_LOOKS:
            self._who, self._probe = Who.STRANGER, FusedProbe()
        return False

    def _prove(self, frame: Frame) -> None:
        self._who, self._probe = Who.OWNER, FusedProbe()
        self._compared_at = frame.captured_at

    def _embedding(self, frame: Frame, face: DetectedFace) -> Embedding | None:
        """Return the embedding of a face; None if it is not fit for comparison."""
        seen = self._pipeline.see(frame, face, self._number)
        return None if WITHOUT_EYES.defects(seen.report) else self._pipeline.embed(seen)

    def _is_owner(self, probe: Embedding) -> bool:
        nearest = self._in_force.nearest(probe)
        return nearest is not None and nearest.is_match
