"""An enrolled person: samples, the references made from them, and the thresholds.

An appearance is one way a person looks (usual, glasses), enrolled, or remembered after a near miss
and the passphrase. Remembered ones (`core.adaptation`) never move the margin term, are not used at
Strict, and match only faces that lie near an enrolled reference too (`Gallery.anchors`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np

from facelock.core.comparison import UNREACHABLE, Embedding, Gallery, fuse
from facelock.core.frames import FaceCrop, HeadPose
from facelock.core.head import NetworkId
from facelock.core.levels import Level
from facelock.core.liveness import LAYERS, Layer
from facelock.core.threshold import Calibration, Threshold, derive_threshold

FIRST_APPEARANCE = "usual"
MAX_NAME_LENGTH = 60
MAX_APPEARANCES = 8  # each costs a comparison, which tightens every threshold of the person
ANCHOR_SLACK = 0.20
"""How far beyond the threshold a face may lie from the enrolled references and still be matched by
a remembered look. Whatever was remembered, nobody beyond it gets in."""


class Source(Enum):
    """Where an appearance came from. The value is its name on disk."""

    ENROLLED = "enrolled"
    REMEMBERED = "remembered"


@dataclass(frozen=True)
class Appearance:
    """One way a person looks. Samples and references refer to it by name."""

    name: str
    added_at: float  # seconds since the epoch
    source: Source = Source.ENROLLED
    expires_at: float | None = None  # seconds since the epoch; None: never

    def is_over(self, now: float) -> bool:
        """True if it has expired at `now`, seconds since the epoch."""
        return self.expires_at is not None and now >= self.expires_at


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
    appearances: tuple[Appearance, ...] = ()  # none given: those of the samples, as enrolled

    def __post_init__(self) -> None:
        if not self.appearances:
            object.__setattr__(self, "appearances", enrolled_as(self.samples, self.created_at))

    @property
    def remembered(self) -> frozenset[str]:
        """Names of the appearances that were remembered, not enrolled."""
        return _remembered(self.appearances)

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


def enrolled_as(samples: Sequence[Sample], at: float) -> tuple[Appearance, ...]:
    """Return the appearances of these samples, all enrolled at `at`."""
    return tuple(Appearance(name, at) for name in by_appearance(samples))


def _remembered(appearances: Sequence[Appearance]) -> frozenset[str]:
    return frozenset(one.name for one in appearances if one.source is Source.REMEMBERED)


def make_references(samples: Sequence[Sample]) -> tuple[Reference, ...]:
    """Fuse the samples of each appearance into one reference."""
    return tuple(
        Reference(fuse(embeddings), appearance)
        for appearance, embeddings in by_appearance(samples).items()
    )


def make_thresholds(
    samples: Sequence[Sample],
    references: Sequence[Reference],
    calibration: Calibration,
    appearances: Sequence[Appearance] = (),
) -> dict[Level, Threshold]:
    """Derive the threshold of every level, so that changing the level needs no samples.

    `appearances` says which were remembered; without it all of them were enrolled.
    """
    remembered = _remembered(appearances)
    groups = {
        name: group for name, group in by_appearance(samples).items() if name not in remembered
    }
    return {
        level: derive_threshold(
            level,
            groups,
            [one.embedding for one in _used_at(references, remembered, level)],
            calibration,
        )
        for level in Level
    }


def _used_at(
    references: Sequence[Reference], remembered: frozenset[str], level: Level
) -> tuple[Reference, ...]:
    if level is not Level.STRICT:
        return tuple(references)
    return tuple(one for one in references if one.appearance not in remembered)


def references_at(profile: Profile, level: Level) -> tuple[Reference, ...]:
    """Return what probes are compared with at a level: at Strict nothing that was remembered."""
    return _used_at(profile.references, profile.remembered, level)


def with_appearances(profile: Profile, appearances: Sequence[Appearance]) -> Profile:
    """Return the profile with these of its appearances only. Its thresholds stay as they were.

    With fewer references they are stricter than need be, never laxer.
    """
    kept = {one.name for one in appearances}
    return replace(
        profile,
        appearances=tuple(appearances),
        samples=tuple(one for one in profile.samples if one.appearance in kept),
        references=tuple(one for one in profile.references if one.appearance in kept),
    )


def without_expired(profile: Profile, now: float) -> Profile:
    """Return the profile without what has expired at `now`; itself if nothing has."""
    kept = [one for one in profile.appearances if not one.is_over(now)]
    return profile if len(kept) == len(profile.appearances) else with_appearances(profile, kept)


@dataclass(frozen=True, eq=False)
class _Row:
    reference: Reference
    owner: str
    threshold: float
    limit: float | None  # of the distance to the enrolled references; None: it is one itself


def make_gallery(
    profiles: Sequence[Profile],
    level: Level,
    *,
    demo: bool,
    model_sha256: str,
    only: str | None = None,
    at: Mapping[str, float] | None = None,
    layers: frozenset[Layer] | None = None,
) -> Gallery:
    """Put the references of all profiles into one gallery at a level.

    Profiles whose `demo` mark differs are left out: a demo face can never open a real profile. So
    are those of another network than the one that probes come from: their distance to a probe
    means nothing (threat-model row 12).
    `only`: this person alone can be matched; everybody is compared all the same (row 23).
    `at`: thresholds by profile id that tighten those of the profiles (1:N).
    `layers`: of liveness, if not the level's own; none at all is for a demo alone (ValueError).
    """
    rows = [
        row
        for profile in profiles
        if profile.demo is demo and profile.model_sha256 == model_sha256
        for row in _rows(profile, level, only, at or {})
    ]
    embeddings = [row.reference.embedding for row in rows]
    matrix = np.stack(embeddings) if rows else np.zeros((0, 192), np.float32)
    return Gallery(
        references=np.asfortranarray(matrix, dtype=np.float32),
        owners=tuple(row.owner for row in rows),
        thresholds=np.array([row.threshold for row in rows], dtype=np.float64),
        demo=demo,
        model_sha256=model_sha256,
        layers=LAYERS[level] if layers is None else layers,
        anchors={number: row.limit for number, row in enumerate(rows) if row.limit is not None},
    )


def _rows(
    profile: Profile, level: Level, only: str | None, at: Mapping[str, float]
) -> Sequence[_Row]:
    whole = profile.thresholds[level].value
    threshold = min(whole, at.get(profile.profile_id, whole))
    if only is not None and only != profile.profile_id:
        threshold = UNREACHABLE
    limit, remembered = whole + ANCHOR_SLACK, profile.remembered
    return [
        _Row(one, profile.profile_id, threshold, limit if one.appearance in remembered else None)
        for one in references_at(profile, level)
    ]
