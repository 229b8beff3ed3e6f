"""A head trained on features alone."""

from __future__ import annotations

import numpy as np
import pytest
from made_up_people import SIZE, fnmr_at_one_percent, made_up_faces

from facelock.learning.heads import ResidualHead
from facelock.learning.triplet_head import held_out_people, triplet_head_training

FACES = made_up_faces(30, 6, seed=1)
FEATURES, PEOPLE = FACES.features.numpy(), FACES.labels.numpy()


def test_people_of_another_set_are_told_apart_better_than_before() -> None:
    head, strangers = ResidualHead(SIZE), made_up_faces(20, 6, seed=2)
    before = fnmr_at_one_percent(head, strangers)
    training = triplet_head_training(head, FEATURES, PEOPLE, seed=1, epochs=40)
    reports = list(training.epochs())
    assert fnmr_at_one_percent(head, strangers) < before
    assert training.initial_validation is not None
    assert min(report.validation or np.inf for report in reports) < training.initial_validation


def test_whoever_is_held_out_is_not_learnt_from() -> None:
    held_out = held_out_people(PEOPLE, 1)
    assert held_out.size == 6
    spoilt = FEATURES.copy()
    spoilt[np.isin(PEOPLE, held_out)] = np.random.default_rng(0).normal(size=SIZE)
    heads = [ResidualHead(SIZE), ResidualHead(SIZE)]
    for head, features in zip(heads, (FEATURES, spoilt), strict=True):
        next(triplet_head_training(head, features, PEOPLE, seed=1, epochs=1).epochs())
    mine, spoilts = (head.to_head_arrays()[0] for head in heads)
    assert np.array_equal(mine, spoilts)


def test_other_seeds_hold_out_others() -> None:
    assert not np.array_equal(held_out_people(PEOPLE, 1), held_out_people(PEOPLE, 2))


def test_three_people_are_too_few() -> None:
    with pytest.raises(ValueError, match="two people to learn from"):
        held_out_people(np.array([0, 0, 1, 1, 2, 2]), 1)
