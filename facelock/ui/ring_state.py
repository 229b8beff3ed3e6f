"""What the ring shows, as values without Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from facelock.core.enrolment import EnrolmentFlow, Mode, Pose


class RingMood(Enum):
    """The state the ring is in. Each has its own icon, so that colour is never alone."""

    WAITING = "waiting"  # camera or models are on their way
    SCANNING = "scanning"
    ASKING = "asking"  # liveness asks for something; see `PreviewRing.ask`
    GUIDING = "guiding"  # enrolment
    SUCCESS = "success"
    REFUSED = "refused"
    COOLING = "cooling"
    WATCHING = "watching"  # the camera only tells whether somebody is there
    ASLEEP = "asleep"  # the camera is off until asked for
    FACE_GONE = "face-gone"  # only the passphrase opens
    NO_CAMERA = "no-camera"


MOOD_ICONS: dict[RingMood, str] = {
    RingMood.WAITING: "camera",
    RingMood.SCANNING: "face",
    RingMood.ASKING: "eye",
    RingMood.SUCCESS: "check",
    RingMood.REFUSED: "cross",
    RingMood.COOLING: "hourglass",
    RingMood.WATCHING: "eye",
    RingMood.ASLEEP: "sleep",
    RingMood.FACE_GONE: "key",
    RingMood.NO_CAMERA: "camera-off",
}


@dataclass(frozen=True)
class Coverage:
    """How far an enrolment is: `shares` of the poses, 0-1; in plain mode only `whole` counts."""

    shares: Mapping[Pose, float] = field(default_factory=dict)
    whole: float = 0.0
    plain: bool = False
    wanted: Pose | None = None


def coverage_of(flow: EnrolmentFlow) -> Coverage:
    """Return what the ring shows of an enrolment."""
    each = flow.rules.samples_per_pose
    return Coverage(
        shares={pose: min(flow.count(pose) / each, 1.0) for pose in Pose},
        whole=flow.progress,
        plain=flow.mode is Mode.PLAIN,
        wanted=flow.wanted,
    )
