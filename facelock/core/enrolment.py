"""The flow of an enrolment, without a window: what is wanted, what was taken, what to say.

The caller offers every look; the flow takes samples by itself when pose and quality fit and have
held for a moment. Guided mode covers five poses in any order after the first centre one, as the
face happens to turn; plain mode takes five pictures as they come, for people (and clips) that do
not turn the head.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from facelock.core.comparison import fuse, squared_distance
from facelock.core.frames import HeadPose
from facelock.core.look import Look
from facelock.core.quality import ENROLMENT_LIMITS, Defect, QualityLimits
from facelock.core.template import FIRST_APPEARANCE, Sample

SAME_PERSON = 1.0
"""Squared distance from the samples so far (fused) beyond which a sample is somebody else. Wider
than any threshold: a turned head lies farther off than a frontal one."""


class Pose(Enum):
    """The five sectors of the ring, from the person's own point of view."""

    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"


class Mode(Enum):
    """How samples are asked for."""

    GUIDED = "guided"
    PLAIN = "plain"


class Guidance(Enum):
    """The one sentence to show. The order of checks decides which one, not this order."""

    LOOK_AT_CAMERA = "look-at-camera"
    NO_FACE = "no-face"
    BLACK = "black"  # a closed shutter, or no light at all
    TOO_DARK = "too-dark"
    SEVERAL_FACES = "several-faces"
    MOVE_INTO_FRAME = "move-into-frame"
    COME_CLOSER = "come-closer"
    MOVE_BACK = "move-back"
    MORE_LIGHT = "more-light"
    LESS_LIGHT = "less-light"
    HOLD_STILL = "hold-still"
    STRAIGHTEN_HEAD = "straighten-head"
    OPEN_EYES = "open-eyes"
    UNCOVER_FACE = "uncover-face"
    TURN_LEFT = "turn-left"
    TURN_RIGHT = "turn-right"
    LOOK_UP = "look-up"
    LOOK_DOWN = "look-down"
    TURN_LESS = "turn-less"
    NOT_SAME_PERSON = "not-same-person"
    ALREADY_ENROLLED = "already-enrolled"
    GOOD = "good"
    DONE = "done"


_FOR_DEFECT = {
    Defect.CUT_OFF: Guidance.MOVE_INTO_FRAME,
    Defect.TOO_SMALL: Guidance.COME_CLOSER,
    Defect.TOO_CLOSE: Guidance.MOVE_BACK,
    Defect.TOO_DARK: Guidance.MORE_LIGHT,
    Defect.TOO_BRIGHT: Guidance.LESS_LIGHT,
    Defect.LOW_CONTRAST: Guidance.MORE_LIGHT,
    Defect.BLURRED: Guidance.HOLD_STILL,
    Defect.TURNED_AWAY: Guidance.TURN_LESS,
    Defect.TILTED: Guidance.STRAIGHTEN_HEAD,
    Defect.EYES_CLOSED: Guidance.OPEN_EYES,
    Defect.NOT_A_CLEAR_FACE: Guidance.UNCOVER_FACE,
}

_FOR_POSE = {
    Pose.CENTRE: Guidance.LOOK_AT_CAMERA,
    Pose.LEFT: Guidance.TURN_LEFT,
    Pose.RIGHT: Guidance.TURN_RIGHT,
    Pose.UP: Guidance.LOOK_UP,
    Pose.DOWN: Guidance.LOOK_DOWN,
}

_REFUSALS = frozenset({Guidance.NOT_SAME_PERSON, Guidance.ALREADY_ENROLLED})


@dataclass(frozen=True)
class EnrolmentRules:
    """How many samples, how far the head turns (degrees), how long a pose must hold (seconds)."""

    samples_per_pose: int = 2
    plain_samples: int = 6
    first_yaw: float = 14.0  # the first straight look: cameras sit above or below the eyes
    first_pitch: float = 20.0
    centre_yaw: float = 10.0
    centre_pitch: float = 10.0
    turn_yaw: float = 16.0
    turn_pitch: float = 11.0
    hold_seconds: float = 0.25
    gap_seconds: float = 0.20  # between two samples: one glance's frames are nearly identical
    plain_yaw: float = 28.0
    plain_pitch: float = 24.0
    limits: QualityLimits = ENROLMENT_LIMITS


@dataclass(frozen=True, eq=False)
class EnrolmentFlow:
    """Where an enrolment stands. Immutable: every step returns a new one."""

    mode: Mode = Mode.GUIDED
    appearance: str = FIRST_APPEARANCE
    rules: EnrolmentRules = EnrolmentRules()
    samples: tuple[Sample, ...] = field(default=(), repr=False)
    earlier: tuple[Sample, ...] = field(default=(), repr=False)  # of other appearances
    taken: tuple[tuple[Pose, int], ...] = ()  # samples of each pose
    neutral: HeadPose = HeadPose(0.0, 0.0, 0.0)  # the person's own straight look
    held_pose: Pose | None = None
    held_since: float = 0.0
    last_taken_at: float = -1e9
    guidance: Guidance = Guidance.LOOK_AT_CAMERA

    def count(self, pose: Pose) -> int:
        """How many samples of `pose` were taken."""
        return dict(self.taken).get(pose, 0)

    @property
    def wanted(self) -> Pose | None:
        """The pose to ask for next; None when all are covered (or in plain mode)."""
        if self.mode is Mode.PLAIN:
            return None
        missing = (pose for pose in Pose if self.count(pose) < self.rules.samples_per_pose)
        return next(missing, None)

    @property
    def covered(self) -> tuple[Pose, ...]:
        """Poses with enough samples in guided mode, with any sample in plain mode."""
        enough = self.rules.samples_per_pose if self.mode is Mode.GUIDED else 1
        return tuple(pose for pose in Pose if self.count(pose) >= enough)

    @property
    def seen_poses(self) -> tuple[Pose, ...]:
        """Poses with at least one sample, in the order of the ring."""
        return tuple(pose for pose in Pose if self.count(pose) > 0)

    @property
    def same_person(self) -> float:
        """The squared distance beyond which a sample is somebody else's."""
        return SAME_PERSON

    @property
    def progress(self) -> float:
        """0 to 1."""
        if self.mode is Mode.PLAIN:
            return min(len(self.samples) / self.rules.plain_samples, 1.0)
        each = self.rules.samples_per_pose
        return sum(min(self.count(pose), each) for pose in Pose) / (each * len(Pose))

    @property
    def is_complete(self) -> bool:
        """True when enough was taken."""
        return self.progress >= 1.0

    def as_plain(self) -> EnrolmentFlow:
        """Return the flow in plain mode, keeping what was taken."""
        return replace(self, mode=Mode.PLAIN, held_pose=None)

    def wants(self, look: Look, now: float) -> EnrolmentFlow | None:
        """Return None if this look should become a sample now; else the flow with its guidance.

        `now`: seconds, the clock of the frames. The caller embeds the crop only if asked to, then
        calls `add`.
        """
        guidance = self._objection(look)
        if guidance is None:
            assert look.face is not None  # noqa: S101 - _objection answers for a missing face
            pose = self._pose_of(look.face.report.pose)
            if pose is None or (self.wanted and self.count(pose) >= self.rules.samples_per_pose):
                wanted = self.wanted
                guidance = _FOR_POSE[wanted] if wanted else Guidance.TURN_LESS
            else:
                return self._held(pose, now)
        return replace(self, guidance=guidance, held_pose=None)

    def _held(self, pose: Pose, now: float) -> EnrolmentFlow | None:
        # A refusal stays to be read while the face that was refused is held out again.
        guidance = self.guidance if self.guidance in _REFUSALS else Guidance.GOOD
        # In plain mode any pose will do, so a turn from one sector to the next breaks no hold.
        goes_on = self.held_pose is not None if self.mode is Mode.PLAIN else pose is self.held_pose
        if not goes_on:
            return replace(self, held_pose=pose, held_since=now, guidance=guidance)
        ready = (
            now - self.held_since >= self.rules.hold_seconds
            and now - self.last_taken_at >= self.rules.gap_seconds
        )
        return None if ready else replace(self, guidance=guidance)

    def _objection(self, look: Look) -> Guidance | None:
        """Return what keeps this look from being used whatever its pose, None if nothing."""
        if self.is_complete:
            return Guidance.DONE
        if look.face is None:
            if look.black:
                return Guidance.BLACK
            return Guidance.TOO_DARK if look.too_dark else Guidance.NO_FACE
        if look.faces > 1:
            return Guidance.SEVERAL_FACES
        defects = self.rules.limits.defects(look.face.report)
        return _FOR_DEFECT[defects[0]] if defects else None

    def _pose_of(self, pose: HeadPose) -> Pose | None:
        """Return the sector a head pose falls into, None between sectors."""
        yaw, pitch = pose.yaw - self.neutral.yaw, pose.pitch - self.neutral.pitch
        rules = self.rules
        if self.mode is Mode.PLAIN:
            usable = abs(yaw) <= rules.plain_yaw and abs(pitch) <= rules.plain_pitch
            return self._nearest_sector(yaw, pitch) if usable else None
        if not self.samples:
            straight = abs(yaw) <= rules.first_yaw and abs(pitch) <= rules.first_pitch
            return Pose.CENTRE if straight else None
        if abs(yaw) <= rules.centre_yaw and abs(pitch) <= rules.centre_pitch:
            return Pose.CENTRE
        return self._turned(yaw, pitch)

    def _turned(self, yaw: float, pitch: float) -> Pose | None:
        """Return the side a turned head looks to: the stronger of the two turns."""
        sideways, upwards = abs(yaw) / self.rules.turn_yaw, abs(pitch) / self.rules.turn_pitch
        if max(sideways, upwards) < 1:
            return None
        if sideways >= upwards:
            return Pose.LEFT if yaw > 0 else Pose.RIGHT
        return Pose.UP if pitch > 0 else Pose.DOWN

    def _nearest_sector(self, yaw: float, pitch: float) -> Pose:
        return self._turned(yaw, pitch) or Pose.CENTRE

    def add(self, sample: Sample, now: float) -> EnrolmentFlow:
        """Take a sample, or refuse it as somebody else's (guidance says which).

        Poses are measured from the person's first straight look, since cameras sit above or below
        the eyes.
        """
        same = [other.embedding for other in (*self.earlier, *self.samples)]
        if same and squared_distance(fuse(same), sample.embedding) > SAME_PERSON:
            return replace(self, guidance=Guidance.NOT_SAME_PERSON, held_pose=None)
        held = self._pose_of(sample.pose) if self.mode is Mode.PLAIN else self.held_pose
        pose = held or Pose.CENTRE
        neutral = sample.pose if not self.samples and pose is Pose.CENTRE else self.neutral
        counts = dict(self.taken)
        counts[pose] = counts.get(pose, 0) + 1
        taken = replace(
            self,
            samples=(*self.samples, replace(sample, appearance=self.appearance)),
            taken=tuple(counts.items()),
            neutral=neutral,
            last_taken_at=now,
            held_pose=None,
            guidance=Guidance.GOOD,
        )
        if taken.is_complete:
            return replace(taken, guidance=Guidance.DONE)
        return taken

    def refuse_enrolled(self) -> EnrolmentFlow:
        """Return the flow after a sample that matches somebody already enrolled."""
        return replace(self, guidance=Guidance.ALREADY_ENROLLED, held_pose=None)
