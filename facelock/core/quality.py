"""Which faces are fit for comparison. `vision.quality` measures, this judges.

The measures follow ISO/IEC 29794-5 in spirit (pose, illumination, sharpness, inter-eye distance,
eyes open); the limits are ours, set on LFW, NUAA and Yale faces and not on the demo clips.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from facelock.core.frames import HeadPose


class Defect(Enum):
    """One reason why a face cannot be used. The order is the order of what to mend first."""

    CUT_OFF = "cut-off"
    TOO_SMALL = "too-small"
    TOO_CLOSE = "too-close"
    TOO_DARK = "too-dark"
    TOO_BRIGHT = "too-bright"
    LOW_CONTRAST = "low-contrast"
    BLURRED = "blurred"
    TURNED_AWAY = "turned-away"
    TILTED = "tilted"
    EYES_CLOSED = "eyes-closed"
    NOT_A_CLEAR_FACE = "not-a-clear-face"


@dataclass(frozen=True)
class QualityReport:
    """What was measured on one face. All from pixels and landmarks; no decision in it."""

    eye_distance: float  # pixels between the eye centres, in the frame
    frame_share: float  # height of the face over the height of the frame
    sharpness: float  # gradient variance over luma variance, in the blurrier direction
    brightness: float  # mean luma of the face, 0-255
    contrast: float  # standard deviation of the luma of the face, 0-127
    clipped: float  # share of face pixels burnt out (luma > 250), 0-1
    pose: HeadPose
    eye_openness: float  # eye aspect ratio, mean of both (Soukupova & Cech 2016); about 0.3 open
    inside: float  # share of the landmarks that lie within the frame, 0-1
    presence: float  # the landmark network's own score, 0-1


@dataclass(frozen=True)
class QualityLimits:
    """Bounds a face must keep. One set for probes, a stricter one for enrolment samples."""

    min_eye_distance: float = 18.0
    max_frame_share: float = 0.95
    min_sharpness: float = 0.75
    min_brightness: float = 35.0
    max_brightness: float = 235.0
    min_contrast: float = 12.0
    max_clipped: float = 0.5
    max_yaw: float = 35.0
    max_pitch: float = 30.0
    max_roll: float = 35.0
    min_eye_openness: float = 0.12
    min_inside: float = 0.97
    min_presence: float = 0.5

    def defects(self, report: QualityReport) -> tuple[Defect, ...]:
        """Return what is wrong with a face, most pressing first; empty if it may be used."""
        pose = report.pose
        # Written as what is kept: a measure that is no number (NaN) keeps nothing.
        kept = {
            Defect.CUT_OFF: report.inside >= self.min_inside,
            Defect.TOO_SMALL: report.eye_distance >= self.min_eye_distance,
            Defect.TOO_CLOSE: report.frame_share <= self.max_frame_share,
            Defect.TOO_DARK: report.brightness >= self.min_brightness,
            Defect.TOO_BRIGHT: report.brightness <= self.max_brightness
            and report.clipped <= self.max_clipped,
            Defect.LOW_CONTRAST: report.contrast >= self.min_contrast,
            Defect.BLURRED: report.sharpness >= self.min_sharpness,
            Defect.TURNED_AWAY: abs(pose.yaw) <= self.max_yaw and abs(pose.pitch) <= self.max_pitch,
            Defect.TILTED: abs(pose.roll) <= self.max_roll,
            Defect.EYES_CLOSED: report.eye_openness >= self.min_eye_openness,
            Defect.NOT_A_CLEAR_FACE: report.presence >= self.min_presence,
        }
        return tuple(defect for defect in Defect if not kept[defect])


PROBE_LIMITS = QualityLimits()
WITHOUT_EYES = QualityLimits(min_eye_openness=0.0)
"""For probes, where the lock is set not to ask for open eyes."""

ENROLMENT_LIMITS = QualityLimits(
    min_eye_distance=22.0,
    min_sharpness=0.95,
    min_brightness=45.0,
    max_brightness=225.0,
    min_contrast=15.0,
    max_clipped=0.35,
    max_yaw=45.0,
    max_pitch=38.0,
    max_roll=25.0,
    min_eye_openness=0.14,
    min_inside=1.0,
    min_presence=0.7,
)
PICTURE_LIMITS = QualityLimits(
    min_eye_distance=12.0,
    max_frame_share=10.0,
    min_sharpness=0.0,
    min_brightness=15.0,
    max_brightness=250.0,
    min_contrast=4.0,
    max_clipped=0.8,
    max_yaw=180.0,
    max_pitch=180.0,
    max_roll=180.0,
    min_eye_openness=-1.0,
    min_inside=0.6,
    min_presence=0.1,
)
"""For single pictures given by hand (`compare`, benchmarks): only the hopeless is refused."""
