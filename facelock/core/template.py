"""An enrolled person: samples, the references made from them, and the thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from facelock.core.comparison import Embedding, Gallery, fuse
from facelock.core.frames import FaceCrop, HeadPose
from facelock.core.head import NetworkId
from facelock.core.levels import Level
from facelock.core.threshold import Calibration, Threshold, derive_threshold

FIRST_APPEARANCE = "usual"
MAX_NAME_LENGTH = 60


@dataclass(frozen=True, eq=False)
class Sample:
    """One captured face of the person. The crop is None if they chose not to keep pictures.

    The feature is what the backbone gave, the embedding what the head made of it: a new head needs
    the feature alone.
    """

    embedding: Embedding = field(repr=False)
    feature: Embedding = field(repr=False)
    crop: FaceCrop | None = field(repr=False)
    pose: HeadPose
    appearance: str = FIRST_APPEARANCE


@dataclass(frozen=True, eq=False)
class Reference:
    """What probes are compared with: one appearance, its samples fused."""

    embedding: Embedding = field(repr=False)
    appearance: str


@dataclass(frozen=True, eq=False)
class Profile:
    """An enrolled person. `demo` is part of the sealed record and can never change."""

    profile_id: str  # random, 32 hex digits
    name: str
    created_at: float  # seconds since the epoch, wall clock
    demo: bool
    backbone_sha256: str  # of the backbone the features were made with
    model_sha256: str  # of backbone and head, that the embeddings were made with
    samples: tuple[Sample, ...] = field(repr=False)
    references: tuple[Reference, ...] = field(repr=False)
    thresholds: Mapping[Level, Threshold] = field(repr=False)
    poses: tuple[str, ...] = ()  # names of the poses covered at enrolment

    @property
    def network(self) -> NetworkId:
        """Which network its features and embeddings were made with."""
        return NetworkId(self.backbone_sha256, self.model_sha256)


@dataclass(frozen=True)
class Person:
    """Somebody who may type a passphrase. The name is None while their record cannot be read."""

    profile_id: str
    name: str | None


def people_of(profiles: Sequence[Profile], ids: Sequence[str]) -> tuple[Person, ...]:
    """Return everybody of `ids`, those whose profile can be read first and with their name."""
    known = tuple(Person(profile.profile_id, profile.name) for profile in profiles)
    read = {person.profile_id for person in known}
    return (*known, *(Person(one, None) for one in ids if one not in read))


def by_appearance(samples: Sequence[Sample]) -> dict[str, list[Embedding]]:
    """Group the sample embeddings by appearance, in order of first sight."""
    groups: dict[str, list[Embedding]] = {}
    for sample in samples:
        groups.setdefault(sample.appearance, []).append(sample.embedding)
    return groups


def make_references(samples: Sequence[Sample]) -> tuple[Reference, ...]:
    """Fuse the samples of each appearance into one reference."""
    return tuple(
        Reference(fuse(embeddings), appearance)
        for appearance, embeddings in by_appearance(samples).items()
    )


def make_thresholds(
    samples: Sequence[Sample], references: Sequence[Reference], calibration: Calibration
) -> dict[Level, Threshold]:
    """Derive the threshold of every level, so that changing the level needs no samples."""
    groups = by_appearance(samples)
    embeddings = [reference.embedding for reference in references]
    return {level: derive_threshold(level, groups, embeddings, calibration) for level in Level}


def make_gallery(
    profiles: Sequence[Profile], level: Level, *, demo: bool, model_sha256: str
) -> Gallery:
    """Put the references of all profiles into one gallery at a level.

    Profiles whose `demo` mark differs are left out: a demo face can never open a real profile. So
    are those of another network than the one that probes come from: their distance to a probe
    means nothing (threat-model row 12).
    """
    rows = [
        (reference.embedding, profile.profile_id, profile.thresholds[level].value)
        for profile in profiles
        if profile.demo is demo and profile.model_sha256 == model_sha256
        for reference in profile.references
    ]
    matrix = np.stack([row[0] for row in rows]) if rows else np.zeros((0, 192), np.float32)
    return Gallery(
        references=np.asfortranarray(matrix, dtype=np.float32),
        owners=tuple(row[1] for row in rows),
        thresholds=np.array([row[2] for row in rows], dtype=np.float64),
        demo=demo,
        model_sha256=model_sha256,
    )
