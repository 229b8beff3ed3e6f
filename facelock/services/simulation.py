"""Enrols and probes from clips, through the same pipeline, flow, attempt and policy as the window.

For demo profiles only: everything here is made of simulated frames, lives in memory and is gone
afterwards (threat-model row 3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from facelock.core.attempt import Accepted, Attempt, Inconclusive, Rejected, Verdict
from facelock.core.enrolment import Mode, Pose
from facelock.core.frames import Frame
from facelock.core.levels import RULES, Level
from facelock.core.observation import (
    Gathering,
    Match,
    NoFace,
    NonMatch,
    Observation,
    PoorQuality,
    PresentationAttack,
    SeveralFaces,
    Unproven,
)
from facelock.core.policy import AttemptEnded, Locked, LockState, ScanStarted, Unlocked, advance
from facelock.core.template import Profile, make_gallery
from facelock.services.answering import AnsweringCamera
from facelock.services.enrolling import Enroller
from facelock.services.recognition import FacePipeline, Recogniser

if TYPE_CHECKING:
    from facelock.core.liveness import Layer
    from facelock.core.ports import FrameSource
    from facelock.core.threshold import Calibration, Threshold

NOT_SHOWN = "not shown to be live before the clip ended"
"""The reason when a clip matched and ended before liveness had seen enough: no verdict at all."""

_GAP = 10.0  # seconds put between two clips, so that no track or hold reaches across


@dataclass(frozen=True, eq=False)
class SimulatedEnrolment:
    """How the enrolment went. `complete` is False if the clips ended before the flow had all."""

    profile: Profile = field(repr=False)
    mode: Mode
    poses: tuple[Pose, ...]
    complete: bool
    frames: int

    def threshold(self, level: Level) -> Threshold:
        """The threshold of the profile at a level."""
        return self.profile.thresholds[level]


@dataclass(frozen=True)
class SimulatedProbe:
    """What became of one probe clip."""

    probe: str
    verdict: str  # "accepted", "rejected", "no-usable-face"
    reason: str
    frames: int  # seen up to the verdict
    usable_frames: int
    seconds_to_verdict: float  # on the clip's own clock, from its first frame
    distance: float | None  # smallest of the comparisons made; None if none was
    threshold: float | None


def frames_of(sources: Sequence[FrameSource]) -> Iterator[Frame]:
    """Yield the frames of all sources, one after the other, on one clock that only grows."""
    offset = 0.0
    for source in sources:
        last = 0.0
        source.open()
        with closing(source):
            while True:
                try:
                    frame = source.read()
                except EOFError:
                    break
                last = max(last, frame.captured_at)
                yield replace(frame, captured_at=frame.captured_at + offset)
        offset += last + _GAP


def enrol_from(
    sources: Callable[[], Sequence[FrameSource]],
    pipeline: FacePipeline,
    calibration: Calibration,
    *,
    name: str = "Owner",
) -> SimulatedEnrolment:
    """Enrol a demo profile from clips, guided where they show the poses, plainly where not.

    `sources` is called again for the second, plain pass. Raises TooFewSamples, NotOnePerson.
    """
    gallery = make_gallery((), Level.BALANCED, demo=True, model_sha256=pipeline.model_sha256)
    enroller = Enroller(pipeline, gallery, calibration, demo=True)
    pipeline.restart()
    frames = _offer_all(enroller, sources())
    if not enroller.flow.is_complete:
        enroller.use_plain_mode()
        if not enroller.flow.is_complete:
            pipeline.restart()
            frames += _offer_all(enroller, sources())
    flow = enroller.flow
    profile = enroller.profile(name=name, created_at=0.0)
    return SimulatedEnrolment(profile, flow.mode, flow.seen_poses, flow.is_complete, frames)


def _offer_all(enroller: Enroller, sources: Sequence[FrameSource]) -> int:
    frames = 0
    for frame in frames_of(sources):
        frames += 1
        enroller.offer(frame)
        if enroller.flow.is_complete:
            break
    # The clock of a later pass starts at zero again.
    enroller.flow = replace(enroller.flow, last_taken_at=-1e9, held_pose=None)
    return frames


@dataclass
class _Tally:
    """What a probe clip showed so far."""

    frames: int = 0
    usable: int = 0
    nearest: NonMatch | Match | None = None
    causes: Counter[str] = field(default_factory=Counter)

    def add(self, seen: Observation) -> None:
        self.frames += 1
        match seen:
            case Gathering():
                self.usable += 1
            case Unproven():
                self.usable += 1
                self.causes[NOT_SHOWN] += 1
            case Match() | NonMatch():
                self.usable += 1
                if self.nearest is None or seen.distance < self.nearest.distance:
                    self.nearest = seen
            case NoFace(too_dark):
                self.causes["too dark" if too_dark else "no face"] += 1
            case SeveralFaces():
                self.causes["several faces"] += 1
            case PoorQuality(defects):
                self.causes[defects[0].value] += 1
            case PresentationAttack(layer):
                self.causes[layer] += 1


def probe_with(
    source: FrameSource,
    probe: str,
    profile: Profile,
    pipeline: FacePipeline,
    level: Level,
    layers: frozenset[Layer] | None = None,
) -> SimulatedProbe:
    """Play one clip to a locked app with one enrolled demo profile; return the first verdict.

    `layers`: of liveness, if not the level's own; none at all judges by recognition alone.
    """
    pipeline.restart()
    model = pipeline.model_sha256
    gallery = make_gallery((profile,), level, demo=True, model_sha256=model, layers=layers)
    recogniser = Recogniser(pipeline, gallery)
    state: LockState = advance(Locked(), ScanStarted(), 0.0, RULES[level])
    attempt, tally = Attempt(), _Tally()
    first = last = 0.0
    verdict: Verdict | None = None
    for frame in frames_of((source,)):
        first = frame.captured_at if tally.frames == 0 else first
        last = frame.captured_at
        told = recogniser.observe(frame)
        if isinstance(source, AnsweringCamera):
            source.hear(told.prompt)
        tally.add(told.observation)
        result = attempt.observe(told.observation, frame.captured_at, RULES[level].attempt_seconds)
        if isinstance(result, Attempt):
            attempt = result
        elif isinstance(result, Inconclusive):
            attempt = attempt.carried_over()
        else:
            verdict = result
            break
    if verdict is None and attempt.non_matches:
        verdict = Rejected("the clip ended without a match")
    state = advance(state, AttemptEnded(verdict or Inconclusive()), last, RULES[level])
    return _report(probe, verdict, state, tally, last - first)


def _report(
    probe: str, verdict: Verdict | None, state: LockState, tally: _Tally, seconds: float
) -> SimulatedProbe:
    match verdict:
        case Accepted() if isinstance(state, Unlocked):
            name, reason = "accepted", "the face matches"
        case Rejected(why):
            name, reason = "rejected", why
        case _:
            name = "no-usable-face"
            commonest = tally.causes.most_common(1)
            reason = commonest[0][0] if commonest else "too few frames"
            reason = NOT_SHOWN if NOT_SHOWN in tally.causes else reason
    return SimulatedProbe(
        probe=probe,
        verdict=name,
        reason=reason,
        frames=tally.frames,
        usable_frames=tally.usable,
        seconds_to_verdict=round(seconds, 3),
        distance=None if tally.nearest is None else round(tally.nearest.distance, 4),
        threshold=None if tally.nearest is None else round(tally.nearest.threshold, 4),
    )
