"""Collects samples from frames through the enrolment flow and makes a profile of them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from facelock.core.comparison import fuse, squared_distance
from facelock.core.enrolment import EnrolmentFlow, Mode, Pose
from facelock.core.errors import (
    LooksLikeAnotherProfile,
    NotOnePerson,
    SimulatedCameraRefused,
    TooFewSamples,
)
from facelock.core.renewal import check_calibration
from facelock.core.template import (
    MAX_NAME_LENGTH,
    Profile,
    Sample,
    make_references,
    make_thresholds,
)

if TYPE_CHECKING:
    from facelock.core.comparison import Gallery
    from facelock.core.frames import Frame
    from facelock.core.look import Look
    from facelock.core.threshold import Calibration
    from facelock.services.recognition import FacePipeline

MIN_SAMPLES = 5
"""Fewer samples than this make no profile, in either mode."""


@dataclass(frozen=True, eq=False)
class EnrolmentView:
    """What one frame did to the enrolment."""

    look: Look
    flow: EnrolmentFlow
    sample_taken: bool


@dataclass
class Enroller:
    """One enrolment under way. Owned by one thread.

    `gallery`: everybody already enrolled, at the level in force; a face that matches one of them
    is refused. `demo` frames make demo profiles and no others. Raises NetworkMismatch unless
    pipeline, gallery and calibration are of one network.
    """

    pipeline: FacePipeline
    gallery: Gallery
    calibration: Calibration
    demo: bool
    keep_crops: bool = True
    flow: EnrolmentFlow = field(default_factory=EnrolmentFlow)
    camera_id: str = ""  # of the camera that took the last sample
    _seen_before: frozenset[Pose] = frozenset()  # of the appearances before this one

    def __post_init__(self) -> None:
        check_calibration(self.calibration, self.pipeline.model_sha256)
        self.gallery.check_network(self.pipeline.model_sha256)

    def offer(self, frame: Frame) -> EnrolmentView:
        """Show one frame to the enrolment; a sample is taken if it fits.

        Raises SimulatedCameraRefused if the frame's origin does not fit the profile's kind.
        """
        if frame.simulated is not self.demo:
            message = "a simulated camera can enrol only a demo profile"
            raise SimulatedCameraRefused(message)
        look = self.pipeline.look(frame)
        waiting = self.flow.wants(look, frame.captured_at)
        if waiting is not None:
            self.flow = waiting
            return EnrolmentView(look, self.flow, sample_taken=False)
        before = len(self.flow.samples)
        self.flow = self._take(look, frame.captured_at)
        taken = len(self.flow.samples) > before
        self.camera_id = frame.camera_id if taken else self.camera_id
        return EnrolmentView(look, self.flow, sample_taken=taken)

    def _take(self, look: Look, now: float) -> EnrolmentFlow:
        if look.face is None:
            return self.flow
        feature = self.pipeline.feature_of(look.face.crop)
        embedding = self.pipeline.head.apply(feature)
        nearest = self.gallery.nearest(embedding)
        if nearest is not None and nearest.is_match:
            return self.flow.refuse_enrolled()
        crop = look.face.crop if self.keep_crops else None
        return self.flow.add(Sample(embedding, feature, crop, look.face.report.pose), now)

    def use_plain_mode(self) -> None:
        """Go on without turning the head, keeping what was taken."""
        self.flow = self.flow.as_plain()

    def add_appearance(self, name: str) -> None:
        """Begin a second pass (glasses, other light): plain mode, counted anew."""
        self._seen_before |= frozenset(self.flow.seen_poses)
        self.flow = replace(
            EnrolmentFlow(mode=Mode.PLAIN, appearance=name, rules=self.flow.rules),
            earlier=(*self.flow.earlier, *self.flow.samples),
        )

    def profile(self, *, name: str, created_at: float) -> Profile:
        """Make the profile. `created_at`: seconds since the epoch.

        Raises TooFewSamples, NotOnePerson, LooksLikeAnotherProfile, ValueError on a bad name.
        """
        samples = (*self.flow.earlier, *self.flow.samples)
        if len(samples) < MIN_SAMPLES:
            message = f"{len(samples)} samples, {MIN_SAMPLES} are needed"
            raise TooFewSamples(message)
        check_one_person(samples, self.flow.same_person)
        references = make_references(samples)
        for reference in references:
            nearest = self.gallery.nearest(reference.embedding)
            if nearest is not None and nearest.is_match:
                raise LooksLikeAnotherProfile(nearest.profile_id)
        seen = self._seen_before.union(self.flow.seen_poses)
        return Profile(
            profile_id=secrets.token_hex(16),
            name=checked_name(name),
            created_at=created_at,
            demo=self.demo,
            backbone_sha256=self.pipeline.network.backbone_sha256,
            model_sha256=self.pipeline.model_sha256,
            samples=samples,
            references=references,
            thresholds=make_thresholds(samples, references, self.calibration),
            poses=tuple(pose.value for pose in Pose if pose in seen),
        )


def check_one_person(samples: tuple[Sample, ...], limit: float) -> None:
    """Raise NotOnePerson if a sample lies farther than `limit` from all the others fused."""
    embeddings = [sample.embedding for sample in samples]
    for index, one in enumerate(embeddings):
        others = fuse([*embeddings[:index], *embeddings[index + 1 :]])
        if squared_distance(one, others) > limit:
            message = f"sample {index + 1} is not like the others"
            raise NotOnePerson(message)


def checked_name(name: str) -> str:
    """Return the name without surrounding blanks. Raises ValueError if empty or too long."""
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > MAX_NAME_LENGTH or not cleaned.isprintable():
        message = f"a name has 1 to {MAX_NAME_LENGTH} printable characters"
        raise ValueError(message)
    return cleaned
