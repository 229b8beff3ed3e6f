"""Are the samples of who is enrolled what they say? Looked at before anything is trained on them.

A head trained on somebody else's pictures would draw that person nearer (threat-model row 19), and
one picture many times teaches nothing. What is checked here needs no training.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.comparison import Embedding
from facelock.core.enrolment import SAME_PERSON
from facelock.core.quality import ENROLMENT_LIMITS
from facelock.core.retraining import FEWEST_SAMPLES, Reason, Refusal
from facelock.core.template import Profile, Sample

SAME_PICTURE: Final = 1e-4
"""Squared distance: two frames of a camera, however still the person sits, differ by more (0.002 at
the least between neighbours of seven clips)."""
_FACE = (slice(30, 104), slice(18, 94))  # rows, columns of an aligned crop: what quality measures
_LUMA = np.array([0.114, 0.587, 0.299])  # blue, green, red: ITU-R BT.601


def check_samples(profiles: Sequence[Profile], trained: frozenset[str]) -> tuple[Refusal, ...]:
    """Return why these people's samples cannot be trained on; empty if they can.

    `profiles`: everybody enrolled, all of one network; `trained`: ids of those to be trained on.
    """
    chosen = [one for one in profiles if one.profile_id in trained]
    found = {
        Reason.TOO_FEW_SAMPLES: [one for one in chosen if len(one.samples) < FEWEST_SAMPLES],
        Reason.NO_PICTURES: [one for one in chosen if not any(s.crop for s in one.samples)],
        Reason.REPEATED_SAMPLES: [one for one in chosen if _are_repeated(one.samples)],
        Reason.TOO_DARK: [one for one in chosen if _are_dark(one.samples)],
        Reason.MIXED_PEOPLE: [one for one in chosen if not _are_one_person(one.samples)],
        Reason.SWAPPED_PEOPLE: [one for one in chosen if _belong_to_others(one, profiles)],
    }
    return tuple(
        Refusal(reason, tuple(one.profile_id for one in people))
        for reason, people in found.items()
        if people
    )


def _embeddings(samples: Sequence[Sample]) -> NDArray[np.float64]:
    return np.stack([sample.embedding for sample in samples]).astype(np.float64)


def _distances(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.clip(2.0 - 2.0 * one @ other.T, 0.0, 4.0))


def _groups(distances: NDArray[np.float64], limit: float) -> int:
    """Count the groups that hang together by distances up to `limit` (single linkage)."""
    left, count = set(range(len(distances))), 0
    while left:
        count += 1
        reached = {left.pop()}
        while reached:
            near = {int(row) for row in np.flatnonzero(distances[reached.pop()] <= limit)}
            reached |= near & left
            left -= near
    return count


def _are_repeated(samples: Sequence[Sample]) -> bool:
    """True if a third of the samples or more is a picture that is there already."""
    embeddings = _embeddings(samples)
    different = _groups(_distances(embeddings, embeddings), SAME_PICTURE)
    return len(samples) - different >= max(1.0, len(samples) / 3)


def _are_dark(samples: Sequence[Sample]) -> bool:
    """True if half of the pictures or more are darker than any that enrolment takes."""
    crops = [sample.crop.pixels for sample in samples if sample.crop is not None]
    dark = sum(
        float((crop[_FACE] @ _LUMA).mean()) < ENROLMENT_LIMITS.min_brightness for crop in crops
    )
    return bool(crops) and 2 * dark >= len(crops)


def _are_one_person(samples: Sequence[Sample]) -> bool:
    """True if all samples hang together as those of one person do."""
    embeddings = _embeddings(samples)
    return _groups(_distances(embeddings, embeddings), SAME_PERSON) == 1


def _belong_to_others(profile: Profile, profiles: Sequence[Profile]) -> bool:
    """True if a sample lies nearer to somebody else's references than to the person's own."""
    samples = _embeddings(profile.samples)
    own = _nearest(samples, [one.embedding for one in profile.references])
    return any(
        bool(np.any(_nearest(samples, [one.embedding for one in other.references]) < own))
        for other in profiles
        if other.profile_id != profile.profile_id
    )


def _nearest(samples: NDArray[np.float64], references: Sequence[Embedding]) -> NDArray[np.float64]:
    """Return each sample's distance to the nearest reference, (N,)."""
    return np.asarray(_distances(samples, np.stack(references).astype(np.float64)).min(axis=1))
