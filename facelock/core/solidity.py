"""Does a face move like a head, or like a picture of one? The decision; `vision` measures.

A flat or bent sheet moves as a smooth surface: wherever it goes, one low-order map takes all of its
points along. A head does not keep to such a map: the nose goes before the cheeks as it turns, lids
and lips move by themselves. So what is left of the points' motion after the best smooth map is
evidence of a head, and its lasting absence in a face that does move is evidence of a sheet (after
the homography tests of Kollreider et al. 2009; a cubic map in place of the homography allows for
the bend of paper). A replayed video shows a moving head too: this layer says nothing about replays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from facelock.core.liveness import Denied, Judgement, Layer, Prompt, Shown, Wanting

RESIDUAL_FLOOR = 0.008  # eye distances: what noise and tracking leave of a still picture
RESIDUAL_PER_MOTION = 0.18  # and what they leave of each eye distance it has moved
FARTHEST = 0.25  # eye distances: motion beyond this is tracked too badly to be evidence
FEWEST_TRACKED = 0.5  # share of the points that must have been found again

EVIDENCE = 0.5  # so much weight within EVIDENCE_SECONDS shows a head
MOST_OF_ONE = 0.2  # weight of one frame at most: a single mistake of the tracking shows nothing
EVIDENCE_SECONDS = 1.5
LITTLE = 0.1  # weight of all evidence together that noise alone may come to
ASK_AFTER = 1.2  # seconds without evidence before a small motion is asked for
MOVING = 0.02  # eye distances: from here on a face is said to move
FLAT_FRAMES = 36  # moving frames, and no more than FLAT_WEIGHT among them all: a sheet
FLAT_SECONDS = 2.0
FLAT_WEIGHT = 0.5  # a head that moves has shown itself by then; a sheet that bends comes to this
STILL_SECONDS = 4.5  # next to no evidence for so long, although asked: a picture
STILL_FRAMES = 30


@dataclass(frozen=True)
class MotionSample:
    """How the points on a face moved since the reference frame, about a second ago at most."""

    at: float  # seconds, of the frame
    motion: float  # RMS over the points, eye distances, the head's shift, size and roll taken out
    residual: float  # 85th percentile of what the best smooth map leaves, eye distances
    tracked: float  # share of the points that were found again, 0-1

    @property
    def weight(self) -> float:
        """How much this says for a head: 0 if a sheet can move like this, MOST_OF_ONE at most.

        It is the share by which the residual is beyond what a sheet would leave.
        """
        if not (self.tracked > FEWEST_TRACKED and self.motion < FARTHEST):
            return 0.0
        of_a_sheet = RESIDUAL_FLOOR + RESIDUAL_PER_MOTION * self.motion
        beyond = max(0.0, self.residual / of_a_sheet - 1)  # in this order: 0 if it is no number
        return min(beyond, MOST_OF_ONE)


@dataclass(frozen=True)
class Solidity:
    """What was seen of one tracked face so far. Starts empty."""

    began: float | None = None  # seconds, of the first sample
    frames: int = 0
    moving: int = 0
    evidence: tuple[tuple[float, float], ...] = field(default=())  # times and weights of all
    last: float = 0.0
    is_shown: bool = False

    def add(self, sample: MotionSample) -> Solidity:
        """Return what is known after one more sample."""
        weight = sample.weight
        evidence = (*self.evidence, (sample.at, weight)) if weight > 0 else self.evidence
        recent = sum(each for at, each in evidence if sample.at - at <= EVIDENCE_SECONDS)
        return replace(
            self,
            began=sample.at if self.began is None else self.began,
            frames=self.frames + 1,
            moving=self.moving + (sample.motion >= MOVING),
            evidence=evidence,
            last=sample.at,
            is_shown=self.is_shown or recent >= EVIDENCE,
        )

    def blinked(self) -> Solidity:
        """Return what is known after a natural blink: no photograph does that."""
        return replace(self, is_shown=True)

    def judge(self) -> Judgement:
        """Return `Shown`, `Denied`, or `Wanting`, with a prompt once the person should move."""
        if self.is_shown:
            return Shown()
        seconds = 0.0 if self.began is None else self.last - self.began
        weight = sum(each for _, each in self.evidence)
        moved = seconds >= FLAT_SECONDS and self.moving >= FLAT_FRAMES
        looked = seconds >= STILL_SECONDS and self.frames >= STILL_FRAMES
        if (moved and weight <= FLAT_WEIGHT) or (looked and weight <= LITTLE):
            return Denied(Layer.GEOMETRY)
        return Wanting(Prompt.MOVE_A_LITTLE if seconds >= ASK_AFTER else None)
