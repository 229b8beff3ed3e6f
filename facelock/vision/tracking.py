"""Follows the principal face from frame to frame."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facelock.core.frames import DetectedFace, FaceBox, Frame

_SAME_TRACK = 0.25  # overlap of the boxes of two frames from which it is the same face
_FORGET_AFTER = 0.5  # seconds; frames come many times as fast


class PrincipalTrack:
    """Numbers the principal face; a new number whenever continuity is lost.

    The face that was principal stays so while it is there, so that a passer-by coming close does
    not take over in the middle of an attempt (they count as a second face instead).
    """

    def __init__(self, forget_after: float = _FORGET_AFTER) -> None:
        """`forget_after`: seconds without the face, after which whoever comes is a new track."""
        self._forget_after = forget_after
        self._number = 0
        self._box: FaceBox | None = None
        self._seen_at = 0.0

    def follow(self, frame: Frame, faces: tuple[DetectedFace, ...]) -> tuple[DetectedFace, int]:
        """Return the principal one of the `faces` (one or more) of `frame` and its track number.

        Time going back (a clip that starts anew) ends the track.
        """
        now = frame.captured_at
        lapse = now - self._seen_at
        known = self._box if 0 <= lapse <= self._forget_after else None
        principal = None if known is None else _continued(faces, known)
        if principal is None:
            principal = max(faces, key=lambda face: _prominence(face, frame))
            return principal, self.turn_to(frame, principal)
        self._box, self._seen_at = principal.box, now
        return principal, self._number

    def turn_to(self, frame: Frame, face: DetectedFace) -> int:
        """From now on follow this face of `frame`; return the number of its new track."""
        self._number += 1
        self._box, self._seen_at = face.box, frame.captured_at
        return self._number

    def lose(self) -> None:
        """End the track: the next face is a new one."""
        self._box = None


def _prominence(face: DetectedFace, frame: Frame) -> float:
    """Area, discounted towards the edges: who sits at a computer is in the middle of its picture.

    Half the weight at half the way from the centre to the nearer edge.
    """
    x, y = face.box.centre
    half = min(frame.width, frame.height) / 2
    off_centre = math.hypot(x - frame.width / 2, y - frame.height / 2) / half
    return face.box.area / (1 + (2 * off_centre) ** 2)


def _continued(faces: tuple[DetectedFace, ...], known: FaceBox) -> DetectedFace | None:
    """Return the face that goes on from `known`, None if none does."""
    best = max(faces, key=lambda face: face.box.overlap(known))
    return best if best.box.overlap(known) >= _SAME_TRACK else None
