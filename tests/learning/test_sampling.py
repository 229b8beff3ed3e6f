"""P people, K images of each, everybody in every epoch, and the same again for the same seed."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facelock.learning.sampling import PKSampler
from facelock.learning.seeds import generator

labels_of_several = st.lists(st.integers(0, 6), min_size=2, max_size=40).filter(
    lambda labels: len(set(labels)) > 1
)


@given(
    labels=labels_of_several,
    people=st.integers(2, 9),
    images=st.integers(2, 6),
    seed=st.integers(0),
)
def test_every_batch_has_p_people_with_k_images_each(
    labels: list[int], people: int, images: int, seed: int
) -> None:
    sampler = PKSampler(labels, people=people, images=images, seed=seed)
    batches = list(sampler.epoch(1))
    assert len(batches) == len(sampler)
    seen = set()
    for rows in batches:
        shown = np.asarray(labels)[rows].reshape(-1, images)
        assert (shown == shown[:, :1]).all()
        assert len(shown) == len(set(shown[:, 0])) == min(people, len(set(labels)))
        seen |= set(shown[:, 0].tolist())
    assert seen == set(labels)


@given(labels=labels_of_several, images=st.integers(2, 6), seed=st.integers(0))
def test_images_of_a_person_are_repeated_only_when_all_were_shown(
    labels: list[int], images: int, seed: int
) -> None:
    available = Counter(labels)
    for rows in PKSampler(labels, people=2, images=images, seed=seed).epoch(0):
        for own in rows.reshape(-1, images):
            times = Counter(own.tolist())
            person = labels[own[0]]
            assert len(times) == min(images, available[person])
            assert max(times.values()) - min(times.values()) <= 1


def test_an_epoch_is_known_by_seed_and_number_alone() -> None:
    labels = np.arange(60) // 3

    def rows(seed: int, number: int) -> list[list[int]]:
        sampler = PKSampler(labels, people=8, images=4, seed=seed)
        return [batch.tolist() for batch in sampler.epoch(number)]

    assert rows(1, 5) == rows(1, 5)
    assert rows(1, 5) != rows(1, 6)
    assert rows(1, 5) != rows(2, 5)


def test_different_places_have_different_numbers() -> None:
    places = [(), (0,), (1,), (0, 0), (0, 1), (1, 0)]
    drawn = {generator(3, *place).integers(2**62) for place in places}
    assert len(drawn) == len(places)
    assert generator(3, 1, 0).integers(2**62) in drawn


@pytest.mark.parametrize(
    ("labels", "people", "images"),
    [
        ([1, 1, 1], 2, 2),
        ([], 2, 2),
        ([1, 2], 1, 2),
        ([1, 2], 2, 1),
        ([[1, 2]], 2, 2),
        ([0.5], 2, 2),
    ],
)
def test_what_cannot_give_a_triplet_is_refused(
    labels: list[float], people: int, images: int
) -> None:
    with pytest.raises(ValueError, match=r"wanted|needs"):
        PKSampler(labels, people=people, images=images, seed=0)
