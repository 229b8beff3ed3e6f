"""Every person counts as much as any other, however many pictures there are of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from fakes import person_embedding

from facelock.core.comparison import squared_distance
from facelock.core.labelled_faces import LabelledFaces
from facelock.core.score_densities import BINS, mated_median, measure_densities

PEOPLE = (0, 0, 0, 0, 1, 1, 2)
NOISE = (0.2, 0.5, 0.9, 0.4, 1.5, 0.1, 0.0)


@pytest.fixture
def faces() -> LabelledFaces:
    rows = [
        person_embedding(person + 1, noise, n)
        for n, (person, noise) in enumerate(zip(PEOPLE, NOISE, strict=True))
    ]
    return LabelledFaces(np.stack(rows), np.array(PEOPLE))


def test_densities_are_what_counting_one_by_one_gives(faces: LabelledFaces) -> None:
    mated, non_mated = np.zeros(BINS), np.zeros(BINS)
    images = {person: PEOPLE.count(person) for person in PEOPLE}
    for (i, one), (j, other) in itertools.combinations(enumerate(PEOPLE), 2):
        into = int(squared_distance(faces.embeddings[i], faces.embeddings[j]) / 4 * BINS)
        if one == other:
            mated[into] += 2 / (images[one] * (images[one] - 1))
        else:
            non_mated[into] += 1 / (images[one] * images[other])
    found = measure_densities(faces)
    assert found.edges.tolist() == np.linspace(0, 4, BINS + 1).tolist()
    np.testing.assert_allclose(found.mated, mated / mated.sum(), atol=1e-12)
    np.testing.assert_allclose(found.non_mated, non_mated / non_mated.sum(), atol=1e-12)


def test_the_median_is_that_of_the_people_and_not_of_their_pictures(faces: LabelledFaces) -> None:
    first = np.median(
        [squared_distance(a, b) for a, b in itertools.combinations(faces.embeddings[:4], 2)]
    )
    second = squared_distance(faces.embeddings[4], faces.embeddings[5])
    assert mated_median(faces) == pytest.approx((first + second) / 2, abs=1e-6)


def test_without_two_images_of_anybody_there_is_nothing_mated() -> None:
    apart = LabelledFaces(np.stack([person_embedding(1), person_embedding(2)]), np.array([0, 1]))
    with pytest.raises(ValueError, match="nobody has two images"):
        mated_median(apart)
    with pytest.raises(ValueError, match="two images of somebody"):
        measure_densities(apart)


def test_without_a_second_person_there_is_nothing_non_mated() -> None:
    alone = LabelledFaces(
        np.stack([person_embedding(1, 0.3, n) for n in range(3)]), np.zeros(3, np.int64)
    )
    with pytest.raises(ValueError, match="two people"):
        measure_densities(alone)
