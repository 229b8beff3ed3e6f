"""Samples of who is enrolled as the backbone sees them: as they are, and as webcams vary them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from facelock.core.errors import Cancelled
from facelock.core.frames import FaceCrop

if TYPE_CHECKING:
    from facelock.core.comparison import Embedding
    from facelock.core.template import Profile, Sample

MOST_VIEWS: Final = 24  # varied pictures of a sample
FEWEST_VIEWS: Final = 4
ALL_VIEWS: Final = 480
"""Varied pictures altogether, as long as everybody's samples get FEWEST_VIEWS: what one person with
twenty samples has. More people take longer."""


@dataclass(frozen=True, eq=False)
class PersonViews:
    """One person's samples, and the features of each: first the sample's own, then varied ones."""

    profile: Profile = field(repr=False)
    features: tuple[NDArray[np.float32], ...] = field(repr=False)  # (1 + V, D) of each sample

    def of(self, rows: Sequence[int]) -> NDArray[np.float32]:
        """Return all views of some samples, (N, D)."""
        return np.concatenate([self.features[row] for row in rows])


def views_each(samples: int) -> int:
    """Return how many varied pictures each of so many samples gets."""
    return min(MOST_VIEWS, max(FEWEST_VIEWS, ALL_VIEWS // max(samples, 1)))


def see(
    profiles: Sequence[Profile],
    feature_of: Callable[[FaceCrop], Embedding],
    *,
    seed: int,
    done: Callable[[float], None],
    should_stop: Callable[[], bool],
) -> list[PersonViews]:
    """Vary every picture that was kept, and run the backbone on it.

    A sample without a picture has its own feature alone. Depends on the seed and the pictures
    only, in whatever order people are. `done` is told the share that is done. Raises Cancelled.
    """
    each = views_each(sum(len(one.samples) for one in profiles))
    pictures = sum(sample.crop is not None for one in profiles for sample in one.samples)
    seen: list[PersonViews] = []
    count = 0
    for profile in profiles:
        features = []
        for row, sample in enumerate(profile.samples):
            if should_stop():
                raise Cancelled
            features.append(_views(sample, each, (seed, row), feature_of))
            count += sample.crop is not None
            done(count / max(pictures, 1))
        seen.append(PersonViews(profile, tuple(features)))
    return seen


def _views(
    sample: Sample,
    each: int,
    place: tuple[int, ...],
    feature_of: Callable[[FaceCrop], Embedding],
) -> NDArray[np.float32]:
    if sample.crop is None:
        return sample.feature[None]
    from facelock.learning.augmentation import WebcamAugmentation

    vary = WebcamAugmentation(np.random.default_rng(place))
    pixels = sample.crop.pixels
    varied = [feature_of(FaceCrop(np.ascontiguousarray(vary(pixels)))) for _ in range(each)]
    return np.stack([sample.feature, *varied])
