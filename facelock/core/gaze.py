"""The eyes: open and on the camera, and do they blink.

Eye aspect ratio and blink after Soukupova and Cech (2016). A blink takes 0.1-0.4 s, so it is told
only from frames that come fast enough; seeing none is never a denial.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from facelock.core.frames import HeadPose
from facelock.core.liveness import Judgement, Prompt, Shown, Wanting

OPEN = 0.12  # eye aspect ratio from which eyes are open; that of quality's limit
FACING_YAW = 25.0  # degrees
FACING_PITCH = 28.0
ENOUGH_FRAMES = 4  # open and facing, of the last so many and one more

CLOSED = 0.65
"""Of the ratio before and after: the lids went down. The landmarks follow lids only part of the
way: on clips of people blinking the ratio fell to 0.50-0.70, on photographs to 0.70."""

LONGEST_BLINK = 0.6  # seconds, with the lids' way down and up
SLOWEST_FRAMES = 0.09  # seconds between frames: slower ones may step over the lids' way
STEADY = 4.0  # degrees: lids that sink because the head turns are no blink
_FEWEST = 6  # frames of a blink and its surroundings
_HISTORY = 24  # frames


@dataclass(frozen=True)
class EyeSample:
    """The eyes in one frame."""

    at: float  # seconds
    openness: float  # eye aspect ratio, mean of both
    pose: HeadPose

    @property
    def is_facing(self) -> bool:
        """True if they are open and the head is towards the camera."""
        return (
            self.openness >= OPEN
            and abs(self.pose.yaw) <= FACING_YAW
            and abs(self.pose.pitch) <= FACING_PITCH
        )


@dataclass(frozen=True)
class Gaze:
    """The eyes of one tracked face over the last frames. Starts empty."""

    samples: tuple[EyeSample, ...] = ()
    has_blinked: bool = False
    was_facing: bool = False

    def add(self, sample: EyeSample) -> Gaze:
        """Return what is known after one more frame."""
        samples = (*self.samples, sample)[-_HISTORY:]
        recent = samples[-ENOUGH_FRAMES - 1 :]
        return replace(
            self,
            samples=samples,
            has_blinked=self.has_blinked or ends_a_blink(samples),
            was_facing=self.was_facing or sum(one.is_facing for one in recent) >= ENOUGH_FRAMES,
        )

    def judge(self) -> Judgement:
        """Return `Shown` once open eyes have faced the camera for some frames."""
        if self.was_facing:
            return Shown()
        late = len(self.samples) >= _HISTORY // 2
        shut = late and float(np.median([one.openness for one in self.samples])) < OPEN
        return Wanting(Prompt.OPEN_EYES if shut else None)


def ends_a_blink(samples: tuple[EyeSample, ...]) -> bool:
    """True if the last sample ends a blink: lids down and up again in time, the head at rest."""
    span = [one for one in samples if samples[-1].at - one.at <= LONGEST_BLINK]
    if len(span) < _FEWEST or any(two.at - one.at > SLOWEST_FRAMES for one, two in pairwise(span)):
        return False
    ratios = [one.openness for one in span]
    lowest = int(np.argmin(ratios))
    if not 0 < lowest < len(span) - 1:
        return False
    open_enough = min(max(ratios[:lowest]), max(ratios[lowest + 1 :]))
    yaws, pitches = [one.pose.yaw for one in span], [one.pose.pitch for one in span]
    turned = max(max(yaws) - min(yaws), max(pitches) - min(pitches))
    return open_enough >= OPEN and ratios[lowest] < CLOSED * open_enough and turned <= STEADY
